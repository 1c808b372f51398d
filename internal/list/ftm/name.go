package ftm

import (
	"slices"
	"strings"

	"interdict/internal/record"
)

// nameProps are the properties that hold names.
var nameProps = []struct {
	prop    string
	typ     record.NameType
	quality record.Quality
}{
	{"name", record.Alias, record.Strong},
	{"alias", record.Alias, record.Unspecified},
	{"abbreviation", record.Alias, record.Unspecified},
	{"previousName", record.Former, record.FormerName},
	{"weakAlias", record.Alias, record.Weak},
}

// partProps are the properties that hold pieces of a person's names. FtM does
// not say to which name a piece belongs.
var partProps = []struct {
	prop string
	role record.Role
}{
	{"firstName", record.Given},
	{"secondName", record.Middle},
	{"middleName", record.Middle},
	{"fatherName", record.Father},
	{"lastName", record.Family},
	{"motherName", record.Matronymic},
	{"nameSuffix", record.Suffix},
}

// names reads all names, the caption first where it is one of them.
func (r *reader) names() {
	o := r.object
	for _, np := range nameProps {
		for i, v := range o.props[np.prop] {
			n := record.Name{Full: v, Type: np.typ, Quality: np.quality, At: at(np.prop, i)}
			if np.prop == "abbreviation" {
				n.Note = np.prop
			}
			r.rec.Names = append(r.rec.Names, n)
		}
	}
	if whole, pieces := o.pieces(); len(r.rec.Names) == 0 && whole != "" {
		r.rec.Names = []record.Name{{Full: whole, Parts: pieces, Type: record.Primary, Quality: record.Strong, At: "firstName"}}
		for i, v := range o.props["motherName"] {
			r.keep("motherName", v, at("motherName", i))
		}
		return
	}
	r.primary()
	r.parts()
}

// primary puts the caption in front, or else the first name. Wallets have no
// name but the caption.
func (r *reader) primary() {
	names := r.rec.Names
	first := slices.IndexFunc(names, func(n record.Name) bool {
		return n.Full == r.caption && n.Type == record.Alias && n.Quality != record.Weak
	})
	if first < 0 && len(r.props["name"]) > 0 {
		first = 0
	}
	if first < 0 && r.caption != "" {
		names = append(names, record.Name{Full: r.caption, Quality: record.Strong, Note: "caption", At: "caption"})
		first = len(names) - 1
	}
	if first < 0 {
		return
	}
	n := names[first]
	n.Type = record.Primary
	r.rec.Names = slices.Concat([]record.Name{n}, names[:first], names[first+1:])
}

// parts gives each name the pieces whose words it holds; a piece that no name
// holds is kept apart.
func (r *reader) parts() {
	o := r.object
	placed := map[string]bool{}
	for i := range r.rec.Names {
		n := &r.rec.Names[i]
		left := " " + strings.Join(words(n.Full), " ") + " "
		for _, pp := range partProps {
			for _, v := range o.props[pp.prop] {
				piece := " " + strings.Join(words(v), " ") + " "
				if strings.TrimSpace(piece) == "" || !strings.Contains(left, piece) {
					continue
				}
				left = strings.Replace(left, piece, " ", 1)
				n.Parts = append(n.Parts, record.Part{Role: pp.role, Text: v})
				placed[pp.prop+v] = true
			}
		}
	}
	for _, pp := range partProps {
		for i, v := range o.props[pp.prop] {
			if !placed[pp.prop+v] {
				r.keep(pp.prop, v, at(pp.prop, i))
			}
		}
	}
}

// pieces makes one name of the pieces, where no name is printed whole.
func (o *object) pieces() (whole string, out []record.Part) {
	var texts []string
	for _, pp := range partProps {
		for _, v := range o.props[pp.prop] {
			if pp.prop != "motherName" {
				texts, out = append(texts, v), append(out, record.Part{Role: pp.role, Text: v})
			}
		}
	}
	return strings.Join(texts, " "), out
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return strings.ContainsRune(" ,.-", c) })
}
