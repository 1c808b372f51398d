package payment

import (
	"regexp"
	"strings"
)

// account takes the leading account or clearing code off a party field.
func (r *mtReader) account(f *mtField, path string) {
	if len(f.lines) == 0 || !strings.HasPrefix(f.lines[0].text, "/") {
		return
	}
	line := f.lines[0]
	text := strings.TrimLeft(line.text, "/")
	if len(text) > 2 && (text[0] == 'C' || text[0] == 'D') && text[1] == '/' {
		text = text[2:]
	}
	r.add(Field{Path: path + "/account", Class: Identifier, Text: text, Offset: int64(line.offset + len(line.text) - len(text)), Party: path})
	f.lines = f.lines[1:]
}

// coded reads options A, C, G and L: account and BIC. What is neither is
// screened as any text.
func (r *mtReader) coded(f mtField, path string) {
	r.account(&f, path)
	for _, line := range f.lines {
		text := strings.TrimSpace(line.text)
		if bic.MatchString(text) {
			r.add(Field{Path: path + "/bic", Class: Identifier, Text: text, Offset: int64(line.offset), Party: path})
			continue
		}
		r.add(Field{Path: path, Class: AnyText, Text: text, Offset: int64(line.offset)})
	}
}

// nameAndAddress reads options D, H, K and no option: account, name, address.
// The border between name and address is not marked, so the first two lines
// are given as a name too.
func (r *mtReader) nameAndAddress(f mtField, path string, name Class) {
	r.account(&f, path)
	if len(f.lines) == 0 {
		return
	}
	first := f.lines[0]
	r.add(Field{Path: path + "/name", Class: name, Text: first.text, Offset: int64(first.offset), Party: path})
	if len(f.lines) == 1 {
		return
	}
	for _, j := range joins([]string{first.text, f.lines[1].text}) {
		r.add(Field{Path: path + "/name", Class: name, Text: j.text, Variant: j.how, Offset: int64(first.offset), Party: path})
	}
	rest := mtField{tag: f.tag, lines: f.lines[1:]}
	for _, line := range rest.lines {
		r.add(Field{Path: path + "/address", Class: Address, Text: line.text, Offset: int64(line.offset), Party: path})
	}
	r.joined(f, path, Address, path)
	if len(rest.lines) > 1 {
		r.joined(rest, path+"/address", Address, path)
	}
}

// joined adds the joined forms of a field's lines.
func (r *mtReader) joined(f mtField, path string, class Class, party string) {
	texts := make([]string, len(f.lines))
	for i, line := range f.lines {
		texts[i] = strings.TrimSpace(line.text)
	}
	for _, j := range joins(texts) {
		r.add(Field{Path: path, Class: class, Text: j.text, Variant: j.how, Offset: int64(f.lines[0].offset), Party: party})
	}
}

// lines reads a field of running text. In fields 72 and 77 a line that begins
// with // continues the line before.
func (r *mtReader) lines(f mtField, path string, class Class) {
	if class == Place {
		r.account(&f, path)
	}
	for i, line := range f.lines {
		if i > 0 {
			f.lines[i].text = strings.TrimPrefix(line.text, "//")
			f.lines[i].offset += len(line.text) - len(f.lines[i].text)
		}
		one := f.lines[i]
		r.add(Field{Path: path, Class: class, Text: one.text, Offset: int64(one.offset), Party: path})
	}
	if len(f.lines) > 1 {
		r.joined(f, path, class, path)
	}
}

var (
	mtNumbered = regexp.MustCompile(`^([1-8])/(.*)$`)
	mtCountry  = regexp.MustCompile(`^([A-Z]{2})(?:/(.*))?$`)
)

// mtLineCodes are the line codes of options 50F and 59F.
var mtLineCodes = map[string]string{
	"1": "name", "2": "address", "3": "town", "4": "born", "5": "birthplace", "6": "customer", "7": "identity", "8": "more",
}

// numberedParty reads options 50F and 59F. Lines of one code belong together.
func (r *mtReader) numberedParty(f mtField, path string) {
	byCode := map[string][]mtLine{}
	var order []string
	loose := false
	for i, line := range f.lines {
		m := mtNumbered.FindStringSubmatch(line.text)
		switch {
		case m == nil && i == 0:
			r.partyIdentifier(line, path)
		case m == nil:
			loose = true
			r.add(Field{Path: path, Class: AnyText, Text: line.text, Offset: int64(line.offset)})
		default:
			if byCode[m[1]] == nil {
				order = append(order, m[1])
			}
			byCode[m[1]] = append(byCode[m[1]], mtLine{m[2], line.offset + 2})
		}
	}
	for _, code := range order {
		r.numberedLines(mtField{lines: byCode[code]}, code, path)
	}
	if loose {
		r.joined(f, path, AnyText, path)
	}
}

func (r *mtReader) numberedLines(f mtField, code, path string) {
	sub := path + "/" + mtLineCodes[code]
	class := map[string]Class{"1": PartyName, "2": Address, "3": Place, "5": Place, "8": FreeText}[code]
	for i, line := range f.lines {
		text, offset := line.text, int64(line.offset)
		switch code {
		case "4":
			r.add(Field{Path: sub, Class: BirthDate, Text: isoDate(text), Offset: offset, Party: path})
			continue
		case "6", "7":
			r.identifier(text, offset, sub, path)
			continue
		case "3", "5":
			if m := mtCountry.FindStringSubmatch(text); m != nil && i == 0 {
				r.add(Field{Path: path + "/country", Class: Country, Text: m[1], Offset: offset, Party: path})
				text, offset = m[2], offset+3
				f.lines[0] = mtLine{text, int(offset)}
			}
		}
		r.add(Field{Path: sub, Class: class, Text: text, Offset: offset, Party: path})
	}
	if len(f.lines) > 1 && class != "" {
		r.joined(f, sub, class, path)
	}
}

// partyIdentifier reads the first line of 50F: /account, or CODE/CC/number,
// or CODE/CC/issuer/number.
func (r *mtReader) partyIdentifier(line mtLine, path string) {
	if strings.HasPrefix(line.text, "/") {
		f := mtField{lines: []mtLine{line}}
		r.account(&f, path)
		return
	}
	r.identifier(line.text, int64(line.offset), path+"/identifier", path)
}

// identifier gives the number at the end, the country and whatever else holds
// letters.
func (r *mtReader) identifier(text string, offset int64, path, party string) {
	parts := strings.Split(text, "/")
	number := parts[len(parts)-1]
	r.add(Field{Path: path, Class: Identifier, Text: number, Offset: offset + int64(len(text)-len(number)), Party: party})
	if len(parts) > 1 {
		r.add(Field{Path: path, Class: AnyText, Text: text, Offset: offset})
	}
}
