package name

import "testing"

func TestALegalFormWithASlip(t *testing.T) {
	for in, want := range map[string]string{
		"Tactical Missiles Joint Stock Company": "~jsc",
		"Tactical Missiles Joynt Stock Company": "~jsc",
		"Tactical Missiles Joint Stokc Company": "~jsc",
		"Tactical Missiles Joint Stock Compan":  "~jsc",
		"Alpha Trading Limted":                  "~ltd",
		"Alpha Trading Company Limtied":         "~ltd",
		"Alpha Limited Liabilty Company":        "~llc",
		"Alpha Handels Gmhb":                    "~llc",
		"Alpha Aktiengeselschaft":               "~jsc",
		"Alpha Incorperated":                    "~inc",
		"Alpha Joynt Stokc Company":             "", // two slips
		"Alpha Joynt Venture":                   "", // no phrase
		"Alpha Society":                         "", // a word of its own
		"Alpha Gmba":                            "", // short words: neighbours exchanged only
		"Alpha Kral":                            "", // too short for sarl
	} {
		t.Run(in, func(t *testing.T) {
			var remembers Reader
			for _, r := range []Reading{Analyse(in, AsOrganisation), remembers.Analyse(in, AsOrganisation), remembers.Analyse(in, AsOrganisation)} {
				got := ""
				for _, p := range r.Positions {
					if p.Class() == Form {
						got += p.Alts[0].Surface
					}
				}
				if got != want {
					t.Errorf("legal form %q, want %q", got, want)
				}
			}
		})
	}
}

func TestAMisspeltFormIsStillTheWordAsPrinted(t *testing.T) {
	p := Analyse("Deutsche Limitex", AsOrganisation).Positions[1]
	if len(p.Alts) != 2 || p.Alts[0].Surface != "~ltd" || p.Alts[1].Class != Word || p.Alts[1].Surface != "limitex" {
		t.Errorf("readings %+v, want the form and the word", p.Alts)
	}
}
