package ftm

// parts are the schemata of model 4.5.2 that are no subjects, with those
// properties of theirs that hold ids of other objects.
var parts = map[string][]string{
	"Address": nil, "Analyzable": nil, "Article": nil, "Asset": nil, "Audio": nil, "CourtCase": nil,
	"Folder": nil, "HyperText": nil, "Interest": nil, "Package": nil, "Pages": nil, "PlainText": nil, "Project": nil,
	"Table": nil, "Thing": nil, "Value": nil, "Video": nil, "Workbook": nil,
	"Associate":          {"associate", "person"},
	"BankAccount":        {"bank"},
	"Call":               {"caller", "receiver"},
	"CallForTenders":     {"authority", "onBehalfOf", "tenderers"},
	"Contract":           {"authority", "project"},
	"ContractAward":      {"callForTenders", "contract", "supplier"},
	"CourtCaseParty":     {"case", "party"},
	"Debt":               {"creditor", "debtor"},
	"Directorship":       {"director", "organization"},
	"Document":           {"ancestors", "parent"},
	"Documentation":      {"document", "entity"},
	"EconomicActivity":   {"bankAccount", "bankForeign", "bankRub", "contract", "contractHolder", "declarant", "receiver", "sender", "transport"},
	"Email":              {"emitters", "inReplyToEmail", "recipients"},
	"Employment":         {"employee", "employer"},
	"Event":              {"involved", "organizer"},
	"Family":             {"person", "relative"},
	"Identification":     {"holder"},
	"Image":              {"pictured"},
	"Interval":           {"proof"},
	"License":            {"authority", "project"},
	"Membership":         {"member", "organization"},
	"Mention":            {"document", "resolved"},
	"Message":            {"inReplyToMessage", "recipientAccount", "recipients", "sender", "senderAccount"},
	"Note":               {"entity"},
	"Occupancy":          {"holder", "post"},
	"Ownership":          {"asset", "owner"},
	"Page":               {"document"},
	"Passport":           {"holder"},
	"Payment":            {"beneficiary", "beneficiaryAccount", "contract", "payer", "payerAccount", "project"},
	"Position":           {"organization"},
	"ProjectParticipant": {"participant", "project"},
	"RealEstate":         {"parent"},
	"Representation":     {"agent", "client"},
	"Risk":               {"entity"},
	"Sanction":           {"entity"},
	"Security":           {"issuer"},
	"Similar":            {"candidate", "match"},
	"Succession":         {"predecessor", "successor"},
	"TaxRoll":            {"taxee"},
	"Trip":               {"endLocation", "involved", "organizer", "startLocation", "vehicle"},
	"UnknownLink":        {"object", "subject"},
	"UserAccount":        {"owner"},
	"Vehicle":            {"operator", "owner"},
}

// links are the properties of subjects that hold ids of other objects.
var links = []string{"addressEntity", "holder", "operator", "owner", "parent", "proof"}

// identifiers are the properties that hold numbers, and the type of each.
var identifiers = map[string]string{
	"passportNumber": "passport", "socialSecurityNumber": "national-id", "idNumber": "national-id",
	"taxNumber": "tax", "vatCode": "tax", "innCode": "tax", "irsCode": "tax", "voenCode": "tax",
	"registrationNumber": "registration", "ogrnCode": "registration", "okpoCode": "registration", "kppCode": "registration",
	"uscCode": "registration", "licenseNumber": "registration", "jibCode": "registration", "mbsCode": "registration",
	"leiCode": "lei", "swiftBic": "bic", "imoNumber": "imo", "mmsi": "mmsi", "callSign": "call-sign",
	"publicKey": "wallet", "accountId": "account", "email": "email", "phone": "phone", "website": "website",
	"wikidataId": "other", "dunsCode": "other", "uniqueEntityId": "other", "npiCode": "other", "cageCode": "other", "giiNumber": "other",
	"permId": "other", "isinCode": "other", "ticker": "other", "ricCode": "other", "cikCode": "other", "bikCode": "other",
	"fnsCode": "other", "fssCode": "other", "ipoCode": "other", "pfrNumber": "other", "crsNumber": "other", "serialNumber": "other", "icaoCode": "other",
	"brightQueryId": "other", "brightQueryOrgId": "other", "bvdId": "other", "sayariId": "other", "icijId": "other",
}

// countries are the properties that hold country codes, and their roles.
var countries = map[string]string{
	"country": "country", "jurisdiction": "jurisdiction", "mainCountry": "main country", "flag": "flag", "pastFlags": "past flag",
}

// plain are the properties of the model that no field of a record fits.
var plain = set(
	"alephUrl", "amount", "amountEur", "amountUsd", "appearance", "balance", "balanceDate", "caemCode", "capital", "classification",
	"coatoCode", "creationDate", "currency", "currencySymbol", "deadweightTonnage", "deregistrationDate", "education", "ethnicity", "eyeColor",
	"grossRegisteredTonnage", "hairColor", "height", "indexText", "keywords", "legalForm", "managingExchange", "manufacturer", "model",
	"nameChangeDate", "navigationArea", "okopfCode", "oksmCode", "okvedCode", "opencorporatesUrl", "pastTypes", "political", "profession",
	"publisher", "publisherUrl", "registrationDate", "registrationPort", "religion", "retrievedAt", "sector", "sourceUrl", "spokenLanguage",
	"status", "taxStatus", "tonnage", "topics", "type", "weight", "wikipediaUrl",
)

func set(words ...string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}
