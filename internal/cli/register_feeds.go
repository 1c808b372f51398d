package cli

// feed is where a publisher offers the files of a list. Several files are one
// edition.
type feed struct {
	source string
	files  []download
}

type download struct{ name, url string }

// feeds are the official addresses, as their publishers name them. A list
// that is not here has no stable address of a file, or none for machines.
var feeds = []feed{
	{"un", []download{
		{"consolidated.xml", "https://scsanctions.un.org/resources/xml/en/consolidated.xml"},
	}},
	{"ofac", []download{
		{"SDN_ADVANCED.XML", "https://sanctionslistservice.ofac.treas.gov/api/download/SDN_ADVANCED.XML"},
		{"CONS_ADVANCED.XML", "https://sanctionslistservice.ofac.treas.gov/api/download/CONS_ADVANCED.XML"},
	}},
	// The token is the one that the Commission gives to everybody.
	{"eu", []download{
		{"xmlFullSanctionsList_1_1.xml", "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"},
	}},
	{"uk", []download{
		{"UK-Sanctions-List.csv", "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"},
	}},
	{"ch", []download{
		{"consolidated-list.xml", "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction"},
	}},
	{"ca", []download{
		{"sema-lmes.xml", "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml"},
	}},
	{"au", []download{
		{"Australian_Sanctions_Consolidated_List.xlsx", "https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx"},
	}},
}
