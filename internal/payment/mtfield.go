package payment

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mtField is one field of block 4 with its lines.
type mtField struct {
	tag   string
	lines []mtLine
}

type mtLine struct {
	text   string
	offset int
}

// mtReader gathers the fields of one message.
type mtReader struct {
	kind     string
	shared   *bundle // what stands before the first transaction
	bundle   *bundle // where the next field goes
	warned   []string
	cyrillic bool // names are written in RUR6
}

// numbered writes name[n].
func numbered(name string, n int) string { return name + "[" + strconv.Itoa(n) + "]" }

func (r *mtReader) add(f Field) {
	if f.Text, _ = trim(f.Text); f.Text == "" {
		return
	}
	switch f.Class {
	case Identifier, BirthDate:
	default:
		if isTelegraph(f.Text) {
			r.warned = append(r.warned, telegraphWarning(f.Path))
		} else if !hasLetter(f.Text) && (f.Class != AnyText || !hasID(f.Text)) {
			return
		}
	}
	if f.Class == FreeText || f.Class == Reference || f.Class == Code || f.Class == AnyText {
		f.Party = ""
	}
	r.bundle.fields = append(r.bundle.fields, f)
	if f.Class == Identifier || f.Class == Code || f.Class == Reference || f.Class == Country || f.Class == BirthDate {
		return
	}
	if r.cyrillic || looksRUR6(f.Text) {
		if text := fromRUR6(f.Text); text != f.Text {
			f.Text, f.Variant = text, strings.TrimPrefix(f.Variant+", RUR6", ", ")
			r.bundle.fields = append(r.bundle.fields, f)
		}
	}
}

// bic is an ISO 9362 code.
var bic = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$`)

// address reads blocks 1 and 2: the logical terminals of sender and receiver.
func (r *mtReader) address(b block) {
	role, from := "sender", 3
	if b.id == "2" {
		role, from = "receiver", 4
		if strings.HasPrefix(b.body, "O") {
			role, from = "sender", 14
		}
	} else if len(r.shared.evidence["sender"]) > 0 {
		role = "receiver"
	}
	path := "MT/" + b.id
	if len(b.body) >= from+12 {
		code := b.body[from:from+8] + b.body[from+9:from+12]
		if bic.MatchString(code) {
			r.add(Field{Path: path + "/bic", Class: Identifier, Text: code, Offset: int64(b.offset + from), Party: path})
			r.cyrillic = r.cyrillic || slices.Contains(cyrillicCountries, code[4:6])
			if role == "sender" && r.shared.evidence["sender"] != "" {
				r.shared.evidence["receiver"] = r.shared.evidence["sender"]
			}
			r.shared.evidence[role] = code
			return
		}
	}
	r.add(Field{Path: path, Class: AnyText, Text: b.body, Offset: int64(b.offset)})
}

var mtTags = regexp.MustCompile(`\{([0-9A-Z]{3}):([^{}]*)\}`)

// tags reads the blocks of {tag:value} pairs: 3, 5, S and system messages.
func (r *mtReader) tags(b block) {
	rest := b.body
	for _, m := range mtTags.FindAllStringSubmatchIndex(b.body, -1) {
		tag, value := b.body[m[2]:m[3]], b.body[m[4]:m[5]]
		rest = strings.Replace(rest, b.body[m[0]:m[1]], "", 1)
		switch {
		case tag == "121" && isUUID(value):
			r.shared.evidence["UETR"] = value
			continue
		case tag == "121" || tag == "108":
			r.shared.evidence[map[string]string{"121": "UETR", "108": "MUR"}[tag]] = value
		case mtKnownTags[tag] != nil && mtKnownTags[tag].MatchString(value):
			continue
		}
		r.add(Field{Path: "MT/" + b.id + "/" + tag, Class: AnyText, Text: value, Offset: int64(b.offset + m[4])})
	}
	if hasLetter(rest) {
		r.add(Field{Path: "MT/" + b.id, Class: AnyText, Text: rest, Offset: int64(b.offset)})
	}
}

// mtKnownTags are the values of service tags that say nothing about a party.
var mtKnownTags = map[string]*regexp.Regexp{
	"103": regexp.MustCompile(`^[A-Z]{3}$`),
	"111": regexp.MustCompile(`^[0-9]{3}$`),
	"113": regexp.MustCompile(`^[A-Z]{4}$`),
	"119": regexp.MustCompile(`^(STP|REMIT|RFDD|COV|REJT|RETN)$`),
	"CHK": regexp.MustCompile(`^[0-9A-F]{12}$`),
	"MAC": regexp.MustCompile(`^[0-9A-F]{8}$`),
}

// mtKnown are the values of text fields that say nothing about a party.
var mtKnown = map[string]*regexp.Regexp{
	"13C": regexp.MustCompile(`^/(CLSTIME|RNCTIME|SNDTIME|TILTIME|FROTIME|REJTIME)/[0-9]{4}[+-][0-9]{4}$`),
	"23B": regexp.MustCompile(`^(CRED|CRTS|SPAY|SPRI|SSTD)$`),
	"23E": regexp.MustCompile(`^(CHQB|CORT|HOLD|INTC|PHOB|PHOI|PHON|REPA|SDVA|TELB|TELE|TELI)$`),
	"26T": regexp.MustCompile(`^[A-Z0-9]{3}$`),
	"71A": regexp.MustCompile(`^(OUR|SHA|BEN)$`),
}

// mtMoney fits an optional date, a currency and an amount.
var mtMoney = regexp.MustCompile(`^(C|D|RC|RD)?([0-9]{6})?([A-Z]{3})([0-9]{1,15},[0-9]{0,6})$`)

// field reads one field of the text block.
func (r *mtReader) field(f mtField, repeated bool, nth int) {
	path := "MT/" + f.tag
	if repeated {
		path = numbered(path, nth)
	}
	if r.evidence(f) {
		return
	}
	number, option := f.tag[:min(2, len(f.tag))], f.tag[min(2, len(f.tag)):]
	isParty := number == "50" || number == "59" || number == "51" || "52" <= number && number <= "58"
	name := BankName
	if number == "50" || number == "59" {
		name = PartyName
	}
	switch {
	case isParty && option == "F":
		r.numberedParty(f, path)
	case isParty && (option == "A" || option == "C" || option == "G" || option == "L"):
		r.coded(f, path)
	case isParty && option == "B":
		r.lines(f, path, Place)
	case isParty:
		r.nameAndAddress(f, path, name)
	case number == "20" || number == "21":
		r.lines(f, path, Reference)
	case slices.Contains([]string{"70", "72", "73", "74", "75", "76", "77", "79", "86"}, number):
		r.lines(f, path, FreeText)
	default:
		r.lines(f, path, AnyText)
	}
}

// evidence keeps references, amounts and dates, and says whether the field
// holds nothing else.
func (r *mtReader) evidence(f mtField) bool {
	value := strings.TrimSpace(f.lines[0].text)
	keep := func(key, value string) {
		if _, have := r.bundle.evidence[key]; !have && value != "" {
			r.bundle.evidence[key] = value
		}
	}
	if len(f.lines) > 1 {
		return false
	}
	if f.tag == "20" || f.tag == "21" {
		keep(f.tag, value)
		return false
	}
	if known := mtKnown[f.tag]; known != nil && known.MatchString(value) {
		return true
	}
	m := mtMoney.FindStringSubmatch(value)
	if m == nil || !table.tables["currency"][m[3]] {
		return false
	}
	keep("currency", m[3])
	keep("amount", strings.TrimSuffix(strings.Replace(m[4], ",", ".", 1), "."))
	if m[2] != "" {
		keep("date", isoDate("20"+m[2]))
	}
	return true
}

// isoDate writes YYYYMMDD with hyphens.
func isoDate(s string) string {
	if len(s) != 8 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}
