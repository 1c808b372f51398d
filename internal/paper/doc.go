// Package paper writes PDF from a plain description: headings, paragraphs,
// labelled lines and tables, with a header and a footer on every page.
//
// It promises: text of any script is shaped and ordered as its readers expect,
// with the font that has its signs; what is shown can be searched and copied as
// it was given; fonts are embedded, the signs in use only; equal input gives
// equal bytes. Where no font has a sign, the place says so and gives the
// romanised form, and the end of the paper lists the code points.
//
// It never loses text, never shows an empty box for a sign, never reads a disk
// or a clock: fonts and times come in.
package paper
