package name_test

import (
	"testing"

	"interdict/internal/match"
	"interdict/internal/name"
)

// Full names of institutions have most of their words in the genitive, in Russian,
// Ukrainian and Belarusian: each form is the word of organisations that it is one of.
func TestFormsOfGenericWords(t *testing.T) {
	for given, then := range map[string]string{
		"промышленных": "industrial", "заводов": "plant", "международного": "international", "технологий": "technology",
		"компанией": "company", "институтом": "institute", "нефтяная": "oil", "агентства": "agency", "державного": "state", "дзяржаўнага": "state",
	} {
		p := name.Analyse(given, name.AsOrganisation).Positions
		want := name.Analyse(then, name.AsOrganisation).Positions
		if len(p) != 1 || p[0].Class() != name.Generic {
			t.Errorf("%s is no generic word", given)
			continue
		}
		if rel, s := match.RelatePositions(p[0].Alts, want[0].Alts); s < 900 {
			t.Errorf("%s for %s: %s %d", given, then, rel, s)
		}
	}
}

// Words of the lexicon stand for their translations in every form; English words of
// firms that are spelt in another script stand for themselves.
func TestFormsOfTranslations(t *testing.T) {
	for given, then := range map[string]string{
		"инновационных": "innovative", "спутниковые": "satellite", "гвардейская": "guards", "детского": "children", "морского": "naval",
		"выставки": "exhibition", "редукторами": "gearboxes", "західного": "western", "заходняга": "western",
		"прайм": "prime", "шиппинг": "shipping", "солюшнс": "solutions", "هولدينغ": "holding", "مقررات": "regulation",
	} {
		p, want := name.Analyse(given, name.AsOrganisation).Positions, name.Analyse(then, name.AsOrganisation).Positions
		if rel, s := match.RelatePositions(p[0].Alts, want[0].Alts); s < 850 {
			t.Errorf("%s for %s: %s %d", given, then, rel, s)
		}
	}
}

// Given the tables, when they are spelt again, then it is what the program holds.
func TestTheSpeltTablesAreOfTheTables(t *testing.T) {
	lexicon, organisations := name.Spelt()
	held, heldOrganisations := name.SpeltFiles()
	if lexicon != held || organisations != heldOrganisations {
		t.Error("a table has changed since its spellings were made: go generate ./internal/name")
	}
}
