package name_test

import (
	"fmt"
	"strings"
	"testing"

	"interdict/internal/name"
)

// show writes a reading as its positions: surface/class initial, alternatives
// by "|".
func show(r name.Reading) string {
	var out []string
	for _, p := range r.Positions {
		var alts []string
		for _, t := range p.Alts {
			s := t.Surface
			if t.Abjad {
				s += "°"
			}
			alts = append(alts, s)
		}
		out = append(out, fmt.Sprintf("%s:%s", strings.Join(alts, "|"), p.Class().String()[:1]))
	}
	return strings.Join(out, " ")
}

func TestShow(t *testing.T) {
	for _, s := range []string{"Bashar al-Assad", "Abd al-Rahman bin Khalid", "ABDURRAHMAN", "Abdel-Kader", "Nur al-Din", "Noureddine", "Hizb Allah", "صدام حسين التكريتي", "Сергей Владимирович Карчевский", "习近平", "김정은", "ооо Ромашка", "O'Neil, Patrick J.", "Тунджай Рамадан Рашид", "عبد الرحمن", "Usama bin Ladin"} {
		t.Log(s, "=>", show(name.Analyse(s, name.AsPerson)))
	}
	for _, s := range []string{"Volkswagen Aktiengesellschaft", "44th Brigade", "ООО «Ромашка»", "Islamic State of Iraq and the Levant", "Исламское государство", "الدولة الإسلامية", "S.A. Bank Ltd."} {
		t.Log(s, "=>", show(name.Analyse(s, name.AsOrganisation)))
	}
}
