package uk

import (
	"strings"
	"unicode"
)

// A group is a set of columns that belong together: rows repeat it whole.
const (
	inName      = "name"
	inScript    = "script"
	inAddress   = "address"
	inBirth     = "birth"
	inPassport  = "passport"
	inNational  = "national"
	inListing   = "listing"
	inKey       = "key"
	inUnknown   = "unknown"
	inIndicator = "indicator"
)

// field is one column or leaf element: its group and its name in the group.
// Single values are a group of their own.
type field struct{ group, name string }

// fields maps plain headers and element names to fields. Sources: format
// notice of the UK Sanctions List (list-formats 4.1), ConList headers of 2018
// and 2022 (4.2).
var fields = map[string]field{
	"uniqueid": {inKey, "unique"}, "ofsigroupid": {inKey, "group"}, "groupid": {inKey, "group"},
	"unreferencenumber": {inKey, "un"}, "unreference": {inKey, "un"},
	"designationtype": {inKey, "kind"}, "individualentityship": {inKey, "kind"}, "grouptype": {inKey, "kind"},

	"name": {inName, "whole"}, "name1": {inName, "1"}, "name2": {inName, "2"}, "name3": {inName, "3"},
	"name4": {inName, "4"}, "name5": {inName, "5"}, "name6": {inName, "6"},
	"nametype": {inName, "type"}, "aliastype": {inName, "type"},
	"aliasstrength": {inName, "strength"}, "aliasquality": {inName, "strength"},

	"namenonlatinscript": {inScript, "text"}, "nonlatinscripttype": {inScript, "type"}, "nonlatinscriptlanguage": {inScript, "language"},

	"addressline1": {inAddress, "1"}, "addressline2": {inAddress, "2"}, "addressline3": {inAddress, "3"},
	"addressline4": {inAddress, "4"}, "addressline5": {inAddress, "5"}, "addressline6": {inAddress, "6"},
	"address1": {inAddress, "1"}, "address2": {inAddress, "2"}, "address3": {inAddress, "3"},
	"address4": {inAddress, "4"}, "address5": {inAddress, "5"}, "address6": {inAddress, "6"},
	"addresspostalcode": {inAddress, "postcode"}, "postzipcode": {inAddress, "postcode"},
	"addresscountry": {inAddress, "country"}, "country": {inAddress, "country"},

	"townofbirth": {inBirth, "town"}, "countryofbirth": {inBirth, "country"},
	"passportnumber": {inPassport, "number"}, "passportadditionalinformation": {inPassport, "info"}, "passportdetails": {inPassport, "info"},
	"nationalidentifiernumber": {inNational, "number"}, "nationalidentifieradditionalinformation": {inNational, "info"},
	"nationalidentificationnumber": {inNational, "number"}, "nationalidentificationdetails": {inNational, "info"}, "ninumber": {inNational, "info"},

	"regime": {inListing, "regime"}, "regimename": {inListing, "regime"},
	"listedon": {inListing, "listed"}, "datedesignated": {inListing, "listed"}, "uksanctionslistdatedesignated": {inListing, "uk"},
	"lastupdated": {inListing, "updated"}, "designationsource": {inListing, "source"},
	"sanctionsimposed": {inListing, "measures"}, "ukstatementofreasons": {inListing, "reasons"},

	"title": {"title", ""}, "dob": {"dob", ""}, "nationality": {"nationality", ""}, "nationalityies": {"nationality", ""},
	"position": {"position", ""}, "gender": {"gender", ""}, "otherinformation": {"info", ""},
	"phonenumber": {"phone", ""}, "website": {"website", ""}, "emailaddress": {"email", ""},
	"typeofentity": {"entity type", ""}, "subsidiaries": {"subsidiary", ""}, "subsidiary": {"subsidiary", ""},
	"parentcompany": {"parent", ""}, "businessregistrationnumbers": {"registration", ""}, "businessregistrationnumber": {"registration", ""},
	"imonumber": {"imo", ""}, "imonumbers": {"imo", ""},
	"currentowneroperators": {"owner", ""}, "currentowneroperator": {"owner", ""},
	"previousowneroperators": {"previous owner", ""}, "previousowneroperator": {"previous owner", ""},
	"currentbelievedflagofship": {"flag", ""}, "currentbelievedflagofships": {"flag", ""},
	"previousflags": {"previous flag", ""}, "previousflag": {"previous flag", ""},
	"typeofship": {"ship type", ""}, "tonnageofship": {"tonnage", ""}, "lengthofship": {"length", ""},
	"yearbuilt": {"built", ""}, "hullidentificationnumber": {"hull", ""}, "hullidentificationnumberhin": {"hull", ""},
}

// plain is a header or an element name without case, blanks and punctuation:
// "Nationality(/ies)" and "NationalityIes" are the same.
func plain(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, header)
}

// piece is one group of values as one row or element prints it.
type piece struct {
	group  string
	values map[string]string
	at     string
	ats    map[string]string // of single values, where the group has many columns
}

// where is the column or element of one value.
func (p piece) where(name string) string {
	if at := p.ats[name]; at != "" {
		return at
	}
	return p.at
}

func (p piece) get(name string) string { return p.values[name] }

// entry is everything that a file says of one designation.
type entry struct {
	file, element string
	line          int
	authority     string
	pieces        []piece
}
