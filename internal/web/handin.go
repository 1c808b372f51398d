package web

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

// handIn is the form by which a material is handed in.
type handIn struct {
	Values                   url.Values
	Key                      string
	Parties, Accounts, Links int // fields shown of each
	Failure                  *failure
	Files                    []string // names of those that came and must be chosen anew
}

// groupsOf are the lists of the form, with the fields that say nothing by
// themselves: a group that has no others is left out.
var groupsOf = map[string][]string{
	"parties":  {"key", "subject.kind"},
	"accounts": {"key", "type", "holder"},
	"links":    nil,
}

func (v *visit) newMaterial() error {
	return v.showHandIn(http.StatusOK, handIn{Values: v.r.URL.Query()})
}

func (v *visit) showHandIn(status int, f handIn) error {
	f.Key = cmp.Or(f.Values.Get("_key"), rand.Text())
	f.Parties = max(f.Parties, elements(f.Values, "parties"), 1)
	f.Accounts = max(f.Accounts, elements(f.Values, "accounts"))
	f.Links = max(f.Links, elements(f.Values, "links"))
	return v.render(status, frame(say(v.own(), "Hand in a material"), handInPage(f)))
}

// giveMaterial hands a material in, and goes to its receipt. Refused, the form
// stands as it was, but for the files, which no browser gives twice.
func (v *visit) giveMaterial() error {
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	f := handIn{Values: e.values, Files: e.sent()}
	switch more := e.values.Get("_more"); more {
	case "parties":
		f.Parties = elements(e.values, more) + 1
	case "accounts":
		f.Accounts = elements(e.values, more) + 1
	case "links":
		f.Links = elements(e.values, more) + 1
	}
	if e.values.Get("_more") != "" {
		return v.showHandIn(http.StatusOK, f)
	}
	cmd, _ := clerk.CommandNamed("material.submit")
	done, err := v.do(cmd, "", entry{withoutEmpty(e.values), e.files, e.names})
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		failed := failureOf(err)
		f.Failure = &failed
		return v.showHandIn(failed.Status, f)
	}
	if err != nil {
		return err
	}
	v.say(done)
	return v.goTo(pathOf(done.Stream) + "/receipt")
}

// withoutEmpty leaves out the groups in which nothing was typed.
func withoutEmpty(values url.Values) url.Values {
	out := url.Values{}
	for path, texts := range values {
		if list, element, ok := groupOf(path); ok && !typed(values, list, element) {
			continue
		}
		out[path] = texts
	}
	return out
}

// groupOf splits "parties.1.key" into the list and the element.
func groupOf(path string) (list, element string, ok bool) {
	parts := strings.SplitN(path, ".", 3)
	if len(parts) < 3 {
		return "", "", false
	}
	_, ok = groupsOf[parts[0]]
	return parts[0], parts[0] + "." + parts[1] + ".", ok
}

// typed reports whether somebody typed something into an element.
func typed(values url.Values, list, element string) bool {
	for path, texts := range values {
		field, ok := strings.CutPrefix(path, element)
		if !ok || strings.TrimSpace(strings.Join(texts, "")) == "" {
			continue
		}
		mute := false
		for _, m := range groupsOf[list] {
			mute = mute || m == field
		}
		if !mute {
			return true
		}
	}
	return false
}

// of is the value of a field.
func (f handIn) of(path string) string { return strings.Join(texts(f.Values, path), "\n") }

func (f handIn) at(list string, i int, field string) string {
	return list + "." + strconv.Itoa(i) + "." + field
}

// keyed is a party or account that a tie may lead to, with what the reader typed.
type keyed struct{ Key, Text string }

func (f handIn) keys(accounts bool) []keyed {
	var out []keyed
	for i := range f.Parties {
		out = append(out, keyed{"p" + strconv.Itoa(i+1), f.of(f.at("parties", i, "subject.names.0.full"))})
	}
	if accounts {
		for i := range f.Accounts {
			out = append(out, keyed{"a" + strconv.Itoa(i+1), f.of(f.at("accounts", i, "number"))})
		}
	}
	return out
}

// gradeScale is a scheme of grades with what its letters mean (docs/casework.md).
type gradeScale struct {
	Scheme, Title       string
	Source, Information []grade
}

type grade struct{ Letter, Means string }

var gradeScales = []gradeScale{
	{
		"admiralty", "Admiralty (6 × 6)",
		[]grade{{"A", "completely reliable"}, {"B", "usually reliable"}, {"C", "fairly reliable"}, {"D", "not usually reliable"}, {"E", "unreliable"}, {"F", "cannot be judged"}},
		[]grade{{"1", "confirmed by others"}, {"2", "probably true"}, {"3", "possibly true"}, {"4", "doubtful"}, {"5", "improbable"}, {"6", "cannot be judged"}},
	},
	{
		"3x5x2", "3 × 5 × 2",
		[]grade{{"1", "reliable"}, {"2", "untested"}, {"3", "not reliable"}},
		[]grade{{"A", "known directly"}, {"B", "known indirectly, corroborated"}, {"C", "known indirectly"}, {"D", "not known"}, {"E", "suspected to be false"}},
	},
	{
		"europol-4x4", "Europol (4 × 4)",
		[]grade{{"A", "no doubt"}, {"B", "mostly reliable"}, {"C", "mostly unreliable"}, {"X", "cannot be assessed"}},
		[]grade{{"1", "known to be true"}, {"2", "known personally to the source"}, {"3", "not known personally to the source"}, {"4", "cannot be corroborated"}},
	},
}

// tlpMeanings says of each label who may have it (TLP 2.0).
var tlpMeanings = []struct{ Label, Means string }{
	{"red", "for the named persons alone"},
	{"amber+strict", "for the recipient organisation alone"},
	{"amber", "for the recipient organisation and those of its clients who need it"},
	{"green", "for the community"},
	{"clear", "for everybody"},
}

var sortWords = []string{"intelligence", "law_enforcement", "judicial", "media", "admission", "financial"}

var accountTypes = []string{"iban", "account", "card", "wallet"}

var linkRoles = []string{"owns", "controls", "acts_for", "directs", "associate", "family", "finances"}
