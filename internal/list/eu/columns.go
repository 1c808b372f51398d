package eu

import (
	"fmt"
	"strings"
)

// column says which field of which block a CSV column holds; block "" is the
// entity itself.
type column struct{ block, name string }

// fieldNames are the names of FSF XML 1.1, which CSV 1.1 writes in another case.
var fieldNames = lower(
	"logicalId", "designationDate", "designationDetails", "unitedNationId", "remark",
	"regulationType", "organisationType", "publicationDate", "entryIntoForceDate", "numberTitle", "programme", "publicationUrl",
	"firstName", "middleName", "lastName", "wholeName", "function", "gender", "title", "nameLanguage", "regulationLanguage",
	"city", "street", "poBox", "zipCode", "region", "place", "asAtListingTime", "contactInfo", "countryIso2Code", "countryDescription",
	"yearRangeFrom", "yearRangeTo", "circa", "calendarType", "year", "birthdate", "strong",
	"number", "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer", "issuedBy", "validFrom", "validTo",
	"latinNumber", "nameOnDocument",
)

// prefixes of columns, CSV 1.1 and the older one. Those of the regulation that
// brought a child follow the child's own.
var prefixes = []struct{ prefix, block, name string }{
	{"entityregulation", "regulation", ""},
	{"leba", "regulation", ""},
	{"entity", "", ""},
	{"namealiasregulation", "nameAlias", summary},
	{"naalleba", "nameAlias", summary},
	{"addressregulation", "address", summary},
	{"addrleba", "address", summary},
	{"birthdateregulation", "birthdate", summary},
	{"birtleba", "birthdate", summary},
	{"identificationregulation", "identification", summary},
	{"idenleba", "identification", summary},
	{"citizenshipregulation", "citizenship", summary},
	{"citileba", "citizenship", summary},
	{"namealias", "nameAlias", ""},
	{"naal", "nameAlias", ""},
	{"address", "address", ""},
	{"addr", "address", ""},
	{"birthdate", "birthdate", ""},
	{"birt", "birthdate", ""},
	{"identification", "identification", ""},
	{"iden", "identification", ""},
	{"citizenship", "citizenship", ""},
	{"citi", "citizenship", ""},
}

// renamed are columns that are named otherwise than their XML fields.
var renamed = map[string]column{
	"filegenerationdate":                  {"", "fileGenerationDate"},
	"datefile":                            {"", "fileGenerationDate"},
	"datefilexxxx":                        {"", "fileGenerationDate"},
	"eurefnum":                            {"", "euReferenceNumber"},
	"subjecttype":                         {"", "subjectType/classificationCode"},
	"programme":                           {"regulation", "programme"},
	"entityremark":                        {"remark", "text"},
	"entitysubjecttype":                   {"", "subjectType/code"},
	"entityeureferencenumber":             {"", "euReferenceNumber"},
	"entityunreferencenumber":             {"", "unitedNationId"},
	"entitysubjecttypeclassificationcode": {"", "subjectType/classificationCode"},
	"birthdateday":                        {"birthdate", "dayOfMonth"},
	"birthdatemonth":                      {"birthdate", "monthOfYear"},
	"birtdate":                            {"birthdate", "birthdate"},
	"identificationissueddate":            {"identification", "issueDate"},
	"identificationissuedate":             {"identification", "issueDate"},
	"identificationtypecode":              {"identification", "identificationTypeCode"},
	"identificationtypedescription":       {"identification", "identificationTypeDescription"},
	"naallanguage":                        {"nameAlias", "nameLanguage"},
	"naalprogramme":                       {"nameAlias", summary + "programme"},
	"addrprogramme":                       {"address", summary + "programme"},
	"birtprogramme":                       {"birthdate", summary + "programme"},
	"idenprogramme":                       {"identification", summary + "programme"},
	"citiprogramme":                       {"citizenship", summary + "programme"},
	"addrother":                           {"address", "contactInfo"},
}

// suffixes are fields whose column is named otherwise in several blocks.
var suffixes = map[string]string{
	"type": "regulationType", "numtitle": "numberTitle", "url": "publicationUrl", "country": "countryDescription",
}

// columnsOf maps a header row. Columns that are not known keep their name and
// so end up among what is not understood.
func columnsOf(head []string) []column {
	out := make([]column, len(head))
	for i, h := range head {
		out[i] = columnOf(h)
		if out[i].name == "" {
			out[i] = column{"", fmt.Sprintf("column %d %s", i+1, strings.TrimSpace(h))}
		}
	}
	return out
}

func columnOf(head string) column {
	key := strings.ToLower(strings.NewReplacer("_", "", " ", "", "\t", "").Replace(head))
	if c, ok := renamed[key]; ok {
		return c
	}
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(key, p.prefix)
		if !ok {
			continue
		}
		if name := fieldNames[rest]; name != "" {
			return column{p.block, p.name + name}
		}
		if name := suffixes[rest]; name != "" {
			return column{p.block, p.name + name}
		}
	}
	return column{}
}

func lower(names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[strings.ToLower(n)] = n
	}
	return out
}
