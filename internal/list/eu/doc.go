// Package eu reads the consolidated list of persons, groups and entities
// subject to EU financial sanctions, as the Commission's FSF service publishes
// it: XML 1.1, CSV 1.1 (118 columns) and the older CSV of 59 columns.
//
// It promises one record for each entity: the rows of a CSV are gathered by
// logical id, wherever they stand. Key is the logicalId, Reference the
// euReferenceNumber, and each At names the element and its own logicalId.
// Listed on is the earlier of the designation date and the entry into force
// (publication, where that is all) of the entity's regulations; the regulations of single names,
// addresses and papers are legal bases too, their publications are amendments.
//
// A name is weak if the list says strong="false" or "low quality" in a remark.
// CSV 1.1 has no such mark: there only the remark tells. Where the whole name
// and its parts disagree, both stand as names. regulationLanguage "en" is not
// kept, and dates of papers and regulations are those of the Gregorian
// calendar. It holds a CSV in memory, and one entity of an XML.
package eu
