package ofac

import "strings"

// use says what a labelled fact becomes in a record.
type use uint8

const (
	identifier use = iota
	birthDate
	bornAt
	gender
	nationality
	citizenship
	countryTie // a tie to a country; the role is the label's
	dated      // a date with the label's role
	linked     // another subject, by name
	measure
	wallet
	vesselNumber // "IMO 1234567", or another registration of a ship
	remark       // stays in the remarks, is no fact of the subject
	other        // kept under the label's role
	position
)

// label is one kind of fact: what it becomes, and the identifier's type or
// the role of the value.
type label struct {
	use  use
	kind string
}

// labels are the words that OFAC puts before a fact, normalised by words():
// the types of identifiers of the legacy files, and the types of features and
// documents of the advanced one (seen in the files; treasury's list of types).
var labels = collect([]labelled{
	{label{birthDate, ""}, "DOB|Birthdate|Date of Birth"},
	{label{bornAt, ""}, "POB|Place of Birth"},
	{label{gender, ""}, "Gender"},
	{label{nationality, "nationality"}, "nationality|Nationality Country"},
	{label{citizenship, "citizenship"}, "citizen|Citizenship Country"},
	{label{countryTie, "flag"}, "Vessel Flag"},
	{label{countryTie, "former flag"}, "Former Vessel Flag"},
	{label{countryTie, "other flag"}, "Other Vessel Flag"},
	{label{countryTie, "registration"}, "Nationality of Registration"},
	{label{countryTie, "residence"}, "Country of Residence"},
	{label{dated, "founded"}, "Organization Established Date|Company Established Date"},
	{label{dated, "built"}, "Aircraft Manufacture Date|Vessel Year of Build|Year of Build|Construction Date"},
	{label{linked, "linked to"}, "Linked To"},
	{label{linked, "operator"}, "Aircraft Operator|Vessel Operator"},
	{label{linked, "owner"}, "Vessel Owner|Aircraft Owner|Beneficial Owner"},
	{label{linked, "manager"}, "Vessel Manager|Commercial Manager|Technical Manager"},
	{label{wallet, "wallet"}, "Digital Currency Address"},
	{label{vesselNumber, "imo"}, "Vessel Registration Identification|Vessel Registration Number|IMO Number|International Maritime Organization No."},
	{label{position, ""}, "Title"},
	{label{other, "vessel type"}, "Vessel Type|Former Vessel Type|Other Vessel Type|Previous Vessel Type"},
	{label{other, "tonnage"}, "Vessel Tonnage|Dead Weight Tonnage|Deadweight Tonnage"},
	{label{other, "gross tonnage"}, "Vessel Gross Registered Tonnage|Vessel Gross Tonnage|Gross Registered Tonnage"},
	{label{other, "aircraft model"}, "Aircraft Model|Aircraft Type"},
	{label{other, "organisation type"}, "Organization Type"},
	{label{other, "target type"}, "Target Type"},
	{label{other, "physical feature"}, "Height|Hair Color|Eye Color|Complexion"},
	{label{identifier, "passport"}, "Passport|Diplomatic Passport|Official Passport|Service Passport|Stateless Person Passport|Travel Document Number|British National Overseas Passport|Refugee Travel Document|Seafarer's Identification Document"},
	{label{identifier, "call-sign"}, "Vessel Call Sign|Other Vessel Call Sign|Call Sign"},
	{label{identifier, "mmsi"}, "MMSI|Maritime Mobile Service Identity"},
	{label{identifier, "bic"}, "SWIFT/BIC"},
	{label{identifier, "lei"}, "Legal Entity Identifier|LEI|Legal Entity Number LEI"},
	{label{identifier, "email"}, "Email Address|Email"},
	{label{identifier, "website"}, "Website|Web site"},
	{label{identifier, "phone"}, "Telephone|Telephone Number|Phone Number|Phone|Tel|Fax|Facsimile|Mobile"},
	{label{identifier, "account"}, "Account Number|Bank Account Number|IBAN"},
	{label{identifier, "national-id"}, nationalIDs},
	{label{identifier, "tax"}, taxNumbers},
	{label{identifier, "registration"}, registrations},
	{label{identifier, "other"}, otherNumbers},
	{label{measure, "secondary sanctions"}, "Secondary sanctions risk"},
	{label{measure, "information"}, "Additional Sanctions Information|Executive Order 13662 Directive Determination|IFCA Determination|" +
		"Executive Order 13846 information|Executive Order 14024 Directive Information|CAATSA Section 235 Information|" +
		"Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions|PEESA Information|UKRAINE-EO13662 Directive Determination|" +
		"Executive Order 13599 Information|NDAA Section 1245 Information"},
	{label{dated, "listing"}, "Listing Date (CMIC)|Listing Date (EO 14024 Directive 1a)|Listing Date (EO 14024 Directive 2)|Listing Date (EO 14024 Directive 3)"},
	{label{dated, "effective"}, "Effective Date (CMIC)|Effective Date (EO 14024 Directive 1a)|Effective Date (EO 14024 Directive 2)|Effective Date (EO 14024 Directive 3)"},
	{label{dated, "divestment"}, "Purchase/Sales For Divestment Date (CMIC)"},
	{label{remark, ""}, "For more information, please see|For more information on directives, please visit the following link|More information"},
})

const (
	nationalIDs = "National ID No.|Cedula No.|Cedula de Ciudadania|Cedula de Residencia|Cedula de Extranjeria|D.N.I.|C.U.R.P.|C.U.I.P.|I.F.E.|" +
		"Identification Number|Personal ID Card|National Foreign ID Number|Citizen's Card Number|Credencial electoral|" +
		"Electoral Registry No.|LE Number|C.I.N.|Bosnian Personal ID No.|Kenyan ID No.|Afghan Tazkira|Birth Certificate|" +
		"Birth Certificate Number|Residency Number|Residence Permit|SSN|Driver's License No.|N.I.E.|" +
		"Turkish Identification Number|Turkish Identificiation Number|Unique Master Citizen Number|Numero de Identidad|Tarjeta de Identidad|Tarjeta Profesional|" +
		"UAE Identification|Moroccan Personal ID No.|Interior Ministry ID|Stateless Person ID Card|Refugee ID Card|Cartilla de Servicio Militar Nacional|" +
		"Federal ID Card|Voter Card|Voter ID|Military ID|Military Registration Number|" +
		"Permanent Resident Card|Professional ID|Resident Visa Number|" +
		"Registro Civil|CURP|Czech Birth Number|Belgian National Registry Number|Swedish Personal Number"
	taxNumbers = "Tax ID No.|NIT|RUC|RIF|R.F.C.|V.A.T. Number|US FEIN|RTN|C.U.I.T.|Fiscal Code|Italian Fiscal Code|C.N.P.J.|RNC|R.U.T.|RUT|" +
		"Cadastral Number|Numero Unico de Identificacion Tributaria (NUIT)|" +
		"Tax Identification Number|Permanent Account Number (PAN)|N.I.F.|NIF|C.I.F.|CIF|CNPJ|CPF|I.T.I.N."
	registrations = "Registration ID|Registration Number|Company Number|UK Company Number|Business Registration Document|" +
		"Business Registration Number|Business Number|Commercial Registry Number|Commercial Registry|Matricula Mercantil No|Folio Mercantil No.|" +
		"Trade License No.|License|Chamber of Commerce Number|Public Registration Number|Certificate of Incorporation Number|C.R. No.|" +
		"Enterprise Number|Government Gazette Number|Unified Social Credit Code (USCC)|Organization Code|Registered Charity No.|" +
		"Istanbul Chamber of Comm. No.|Dubai Chamber of Commerce Membership No.|Economic Register Number (CBLS)|Legal Entity Number|" +
		"Branch Unit Number|File Number|Central Registration System Number|Company ID|Entity Number|" +
		"Registration Certificate Number|Registration Certificate Number (Dubai)|Dubai Trade License|Trademark number|" +
		"N.R.C.|Aircraft Tail Number|Previous Aircraft Tail Number|Aircraft Registration Number|" +
		"Aircraft Mode S Transponder Code|Number of Registration|Chinese Unified Social Credit Code|Global Intermediary Identification Number"
	otherNumbers = "D-U-N-S Number|BIK (RU)|BIK|MICEX Code|ISIN|Equity Ticker|Chinese Commercial Code|" +
		"Aircraft Construction Number (also called L/N or S/N or F/N)|Aircraft Serial Identification|" +
		"Aircraft Manufacturer's Serial Number (MSN)|Hull Number|Vessel Official Number|Bank Identifier Code|Bank Sort Code|" +
		"Serial No."
)

type labelled struct {
	label label
	names string
}

// collect panics on a label that is given twice: the table is ours.
func collect(in []labelled) map[string]label {
	out := map[string]label{}
	for _, l := range in {
		for _, n := range strings.Split(l.names, "|") {
			key := strings.Join(labelWords(n), " ")
			if _, twice := out[key]; twice {
				panic("ofac: label given twice: " + n)
			}
			out[key] = l.label
		}
	}
	return out
}

// labelWords cuts a label into words without the marks that the formats put
// around them: "RUC #", "Tax ID No.", "Secondary sanctions risk:".
func labelWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if w = strings.Trim(w, ":#-,;"); w != "" {
			out = append(out, strings.TrimRight(w, "."))
		}
	}
	return out
}

// longest is the number of words of the longest label that starts with a word.
var longest = func() map[string]int {
	out := map[string]int{}
	for key := range labels {
		first, _, _ := strings.Cut(key, " ")
		out[first] = max(out[first], strings.Count(key, " ")+1)
	}
	return out
}()

// lookup finds the longest label at the start of s; rest is what follows it.
func lookup(s string) (l label, printed, rest string, ok bool) {
	var words []string // of the label, normalised
	var ends []int     // where each of them ends in s
	for pos := 0; pos < len(s); {
		start := pos + len(s[pos:]) - len(strings.TrimLeft(s[pos:], " "))
		end := len(s)
		if i := strings.IndexByte(s[start:], ' '); i >= 0 {
			end = start + i
		}
		if w := labelWords(s[start:end]); len(w) > 0 {
			words, ends = append(words, w[0]), append(ends, end)
		}
		if pos = end; len(words) > 0 && len(words) >= longest[words[0]] {
			break
		}
	}
	for n := len(words); n > 0; n-- {
		if l, ok = labels[strings.Join(words[:n], " ")]; ok {
			end := ends[n-1]
			return l, strings.TrimRight(s[:end], " :-#"), strings.TrimLeft(s[end:], " :-#"), true
		}
	}
	return label{}, "", s, false
}
