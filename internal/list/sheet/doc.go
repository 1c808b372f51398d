// Package sheet reads the lists that are tables: CSV files, workbooks (XLSX)
// and HTML pages, each by a mapping, one small YAML file that says which
// column means what (docs/formats/mapping.md).
//
// It promises that a mapping is data, not code: a new list needs a file, no
// programmer. Every row or group of rows comes out as a record or an error
// with its place; a column no mapping names is kept in Other and reported; a
// row above the header, an unknown sheet and an unknown word are reported.
// A page or workbook in which nothing looks like the list is an error, never
// an empty edition. A CSV file with its header and no rows is an edition
// without entries.
//
// It never guesses: not the kind of a subject, not a missing date, not the
// pairing of several birth dates with several places.
package sheet
