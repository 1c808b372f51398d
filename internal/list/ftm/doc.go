// Package ftm reads lists in the FollowTheMoney exchange format: JSON lines of
// entities with related objects on lines of their own (entities.ftm.json) or
// nested in properties (targets.nested.json), and targets.simple.csv. Model
// 4.5.2; 3.x is read too, for values count as text.
//
// Persons, organisations (Organization, Company, PublicBody, LegalEntity),
// vessels, airplanes and wallets are records; Key is the id. All other objects
// are parts: addresses, sanctions, papers and links are folded into the
// records they belong to, and counted in Report.Parts. A part that belongs to
// no record, such as a security alone, is reported whole as a warning. An
// object of a schema that the model does not have is a record of unknown kind
// if it has a name.
//
// A Sanction is a listing; an object without one gets a listing by its
// datasets. A sanction has ended if its end is not after the object's last
// sighting. Entities with target=false are records too: what makes them
// relevant stands in their listing's measures. The report's date is the latest
// sighting. FtM grades no alias but weakAlias and loses which value said what;
// where persons have one birth date and one place, the two are one birth.
//
// The whole file is held, since parts may stand anywhere. A delta is no
// edition: it is refused, and [Apply] puts it over its base.
package ftm
