// Package un reads the consolidated list of the UN Security Council, in every
// shape it has been published in since 2014, and the lists of its committees,
// which share the format.
//
// It promises one record or one error for each INDIVIDUAL and ENTITY, every
// printed value in the record, and a warning for each element or code that it
// does not know. The numbering of the file (VERSIONNUM, SORT_KEY,
// SORT_KEY_LAST_MOD and "UN List" as the type of list) says nothing about a
// subject and changes with every publication; it is left in the raw bytes.
// What comments and notes tell in words is extracted where the wording is
// regular, and always kept as printed too. The package never guesses: the
// parts FIRST_NAME .. FOURTH_NAME get only their probable roles.
package un
