package statute

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"interdict/internal/deadline"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// Check returns everything that is wrong with the statute, each with its place
// in it, or nil.
func (s Statute) Check() error {
	var errs []error
	for _, w := range s.check() {
		errs = append(errs, fault.At(fault.Place{Element: w.path}, "%s", w.text))
	}
	return errors.Join(errs...)
}

// wrong is one thing that is wrong.
type wrong struct{ path, text string }

// faults gathers them.
type faults []wrong

func (f *faults) say(path, format string, args ...any) {
	*f = append(*f, wrong{path, fmt.Sprintf(format, args...)})
}

// need says that a text is missing.
func (f *faults) need(path, text string) {
	if strings.TrimSpace(text) == "" {
		f.say(path, "is missing")
	}
}

// once says that an id is missing or stands twice.
func (f *faults) once(path, id string, seen map[string]bool) {
	f.need(path, id)
	if seen[id] {
		f.say(path, "%q stands twice", id)
	}
	seen[id] = true
}

// among says that a value is none of those known.
func among[T ~string](f *faults, path string, v T, known ...T) {
	if !slices.Contains(known, v) {
		f.say(path, "%q: want one of %q", v, known)
	}
}

func (s Statute) check() []wrong {
	var f faults
	s.checkHead(&f)
	s.checkBases(&f)
	s.checkRules(&f)
	s.checkGrounds(&f)
	s.checkBody(&f)
	s.checkTracks(&f)
	s.checkClocks(&f)
	s.checkAfter(&f)
	s.checkPublic(&f)
	return f
}

var (
	idShape       = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	stateShape    = regexp.MustCompile(`^[A-Z]{2}$`)
	languageShape = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]+)*$`)
)

func (s Statute) checkHead(f *faults) {
	if !idShape.MatchString(s.ID) {
		f.say("id", "%q: want small letters, digits and hyphens", s.ID)
	}
	f.need("version", s.Version)
	f.need("title.en", s.Title.English)
	if !stateShape.MatchString(s.Jurisdiction) {
		f.say("jurisdiction", "%q: want two capital letters of ISO 3166-1, or XX", s.Jurisdiction)
	}
	if !languageShape.MatchString(s.Language) {
		f.say("language", "%q: want a language tag as en", s.Language)
	}
	if s.AsOf.IsZero() {
		f.say("as_of", "is missing")
	}
	if v := s.Valid; !v.From.IsZero() && !v.Until.IsZero() && v.Until.Before(v.From) {
		f.say("valid", "ends on %s, before it begins", v.Until)
	}
	if _, err := deadline.Named(s.Calendar); err != nil {
		f.say("calendar", "%v", err)
	}
	seen := map[string]bool{}
	for i, a := range s.Acts {
		f.once(fmt.Sprintf("acts[%d].id", i), a.ID, seen)
		f.need(fmt.Sprintf("acts[%d].title.en", i), a.Title.English)
	}
}

// checkBases finds rules that do not say where they stand, or cite an act that
// the statute does not name.
func (s Statute) checkBases(f *faults) {
	s.bases(func(path string, b Basis) {
		switch {
		case !slices.Contains(deadline.Levels, b.Verified):
			f.say(path, "verified is %q: want one of %q", b.Verified, deadline.Levels)
		case b.Verified == deadline.Assumed && (b.Act != "" || b.Article != "" || b.Seen != "" || b.Note == ""):
			f.say(path, "what is assumed has a note that says why, and no act, article or source")
		case b.Verified != deadline.Assumed && !slices.ContainsFunc(s.Acts, func(a Act) bool { return a.ID == b.Act }):
			f.say(path, "act %q is none of the acts of this statute", b.Act)
		case (b.Verified == deadline.Official || b.Verified == deadline.Secondary) && b.Seen == "":
			f.say(path, "%s, but seen does not say where", b.Verified)
		}
	})
}

// checkRules finds rules of clocks that could not run.
func (s Statute) checkRules(f *faults) {
	s.rules(func(path string, r *deadline.Rule) {
		if *r == (deadline.Rule{Calendar: s.Calendar}) {
			f.say(path, "has no time: want amount, unit, start, roll and on_expiry")
			return
		}
		if err := r.Check(); err != nil {
			f.say(path, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
		}
		if _, err := deadline.Named(r.Calendar); err != nil {
			f.say(path, "%v", err)
		}
	})
}

func (s Statute) checkGrounds(f *faults) {
	kinds := []record.Kind{record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet}
	if len(s.Scope.Subjects) == 0 {
		f.say("scope.subjects", "names nobody")
	}
	for i, k := range s.Scope.Subjects {
		among(f, fmt.Sprintf("scope.subjects[%d]", i), k, kinds...)
	}
	if len(s.Grounds) == 0 {
		f.say("grounds", "are missing")
	}
	seen := map[string]bool{}
	for i, g := range s.Grounds {
		path := fmt.Sprintf("grounds[%d]", i)
		f.once(path+".code", g.Code, seen)
		f.need(path+".text", g.Text)
		if len(g.Elements) == 0 {
			f.say(path, "has no element that evidence could show")
		}
		elements := map[string]bool{}
		for j, e := range g.Elements {
			f.once(fmt.Sprintf("%s.elements[%d].code", path, j), e.Code, elements)
			f.need(fmt.Sprintf("%s.elements[%d].text", path, j), e.Text)
		}
	}
	f.need("threshold.code", s.Threshold.Code)
	f.need("threshold.text", s.Threshold.Text)
	if len(s.Measures.Codes) == 0 {
		f.say("measures.codes", "name nothing that a freeze does")
	}
	for i, c := range s.Measures.Codes {
		among(f, fmt.Sprintf("measures.codes[%d]", i), c, "asset_freeze", "no_funds", "travel_ban", "arms", "transport", "dealing_ban", "expulsion")
	}
}
