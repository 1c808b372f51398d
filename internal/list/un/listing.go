package un

import (
	"fmt"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// regimes says which regime an UN_LIST_TYPE means, and which prefixes its
// references have (list-formats 1.1; QI, QE, TI, TE until March 2015).
var regimes = map[string]struct {
	name     string
	prefixes []string
}{
	"al-qaida":    {"ISIL (Da'esh) and Al-Qaida", []string{"QD", "QI", "QE"}},
	"taliban":     {"Taliban", []string{"TA", "TI", "TE"}},
	"dprk":        {"Democratic People's Republic of Korea", []string{"KP"}},
	"iran":        {"Iran", []string{"IR"}},
	"iraq":        {"Iraq", []string{"IQ"}},
	"drc":         {"Democratic Republic of the Congo", []string{"CD"}},
	"libya":       {"Libya", []string{"LY"}},
	"somalia":     {"Somalia", []string{"SO"}},
	"car":         {"Central African Republic", []string{"CF"}},
	"haiti":       {"Haiti", []string{"HT"}},
	"yemen":       {"Yemen", []string{"YE"}},
	"gb":          {"Guinea-Bissau", []string{"GB"}},
	"sudan":       {"Sudan", []string{"SD"}},
	"southsudan":  {"South Sudan", []string{"SS"}},
	"liberia":     {"Liberia", []string{"LR"}},
	"cdi":         {"Côte d'Ivoire", []string{"CI"}},
	"mali":        {"Mali", []string{"ML"}},
	"lebanon":     {"Lebanon", []string{"LB"}},
	"eritrea":     {"Eritrea", []string{"ER"}},
	"afghanistan": {"Taliban", []string{"TA"}},
}

func (r *reader) listing() {
	r.lst.Reference = cleanReference(r.one("REFERENCE_NUMBER"))
	if r.lst.Reference == "" {
		r.warn("REFERENCE_NUMBER", "the entry has no reference")
	}
	r.programme()
	r.lst.ListedOn = isoDate(r.one("LISTED_ON"))
	for _, t := range r.values("LAST_DAY_UPDATED") {
		r.lst.Updated = append(r.lst.Updated, isoDate(t.Text))
	}
	if v := r.one("SUBMITTED_ON"); v != "" {
		r.lst.History = append(r.lst.History, record.Dated{Role: "submitted", Date: isoDate(v), At: "SUBMITTED_ON"})
	}
	if v := r.one("DELISTED_ON"); v != "" {
		r.lst.Delisted, r.lst.Ended = isoDate(v), true
	}
	for _, t := range r.values("LIST_TYPE") {
		if !strings.EqualFold(t.Text, "UN List") {
			r.keep(t.At, t.Text)
		}
	}
}

// programme names the regime and checks that list type and reference agree.
func (r *reader) programme() {
	printed := r.one("UN_LIST_TYPE")
	if printed == "" {
		r.warn("UN_LIST_TYPE", "the entry has no list type")
		return
	}
	p := record.Text{Role: printed, Text: printed, At: "UN_LIST_TYPE"}
	regime, ok := regimes[strings.ToLower(printed)]
	if ok {
		p.Text = regime.name
	} else {
		r.warn("UN_LIST_TYPE", fmt.Sprintf("unknown list type %q", printed))
	}
	r.lst.Programmes = append(r.lst.Programmes, p)
	if ok && r.lst.Reference != "" && !hasPrefix(r.lst.Reference, regime.prefixes) {
		r.warn("REFERENCE_NUMBER", fmt.Sprintf("reference %q does not belong to list type %q", r.lst.Reference, printed))
	}
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// cleanReference strips the blanks and trailing dots that references have
// been printed with: "QI.A.325.14." and "KPi.034 ".
func cleanReference(s string) string {
	return strings.Trim(strings.Join(strings.Fields(list.Squeeze(s)), ""), ".")
}
