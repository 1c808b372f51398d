package match_test

import "testing"

func TestFamilyNames(t *testing.T) {
	for _, c := range []struct {
		given, query, listed string
		least, most          int
	}{
		{"the first of two family names", "Martha Garcia", "GARCIA RODRIGUEZ, Martha", 8000, 9500},
		{"the second of two, a common one", "Martha Rodriguez", "GARCIA RODRIGUEZ, Martha", 6000, 6999},
		{"the second of two, a rare one", "Akbar Rafsanjani", "HASHEMI RAFSANJANI, Akbar", 8000, 9500},
		{"the second of two, with both given names", "Jose Luis Rodriguez", "GARCIA RODRIGUEZ, Jose Luis", 8500, 9500},
		{"both family names", "Martha Garcia Rodriguez", "GARCIA RODRIGUEZ, Martha", 10000, 10000},
		{"a husband's name", "Maria Castillo", "VALENCIA DE CASTILLO, Maria", 7500, 9500},
		{"a list that does not tell family names", "Martha Rodriguez", "Martha Garcia Rodriguez", 8000, 9500},
		{"a family in Arabic letters, and a given name", "محمد كمالی", "KAMAL, Mohammad", 0, 7999},
		{"a given name in Arabic letters, and a family", "طه سعید", "Saidi, Taha", 0, 7999},
		{"the family in both", "محمد كمالی", "KAMALI, Mohammad", 9000, 10000},
		{"the given name in both", "طه سعید", "SAID, Taha", 8500, 10000},
		{"two spellings in Latin letters", "Vitali Sinilo", "Vital Sinilo", 8500, 10000},
	} {
		if got := points(c.query, c.listed); got < c.least || got > c.most {
			t.Errorf("%s: %s against %s has %d, not between %d and %d", c.given, c.query, c.listed, got, c.least, c.most)
		}
	}
}

// Two known names with the same consonants are two names: of the few words that
// match, one that is another name counts for little.
func TestOtherKnownNames(t *testing.T) {
	for _, c := range []struct{ query, right, wrong string }{
		{"محمد حامد", "Mohammed Hamid", "Mahmoud Hamid"},
		{"محمود سليم", "Mahmoud Salim", "Mohammed Salim"},
	} {
		if right, wrong := points(c.query, c.right), points(c.query, c.wrong); right < 9500 || wrong > 8500 {
			t.Errorf("%s: %d for %s, %d for %s", c.query, right, c.right, wrong, c.wrong)
		}
	}
}
