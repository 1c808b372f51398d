package match_test

import "testing"

func TestSyllables(t *testing.T) {
	for _, c := range []struct {
		given, query, listed string
		least, most          int
	}{
		{"the same name by one system", "김정은", "Kim Jong Un", 9500, 10000},
		{"the same name, given name first", "정은 김", "Kim Jong Un", 9500, 10000},
		{"the same name, its given name as one word", "习近平", "Xi Jinping", 9000, 10000},
		{"a syllable differs", "정수 김", "Kim Song Su", 0, 8000},
		{"a syllable more in the list", "玉 李", "Li Cheng Yu", 0, 6999},
		{"a word more in the query", "준영 이", "Young-Chun", 0, 6999},
		{"a syllable of each is missing in the other", "도현 김", "Kim, Hyon U", 0, 6999},
		{"the given name turned round", "은정 김", "Kim, Jong Un", 0, 6999},
		{"a first letter", "信宏 林", "Lynn S", 0, 6000},
		{"a whole name as one word", "凯 甘", "Kayhan", 0, 6000},
	} {
		if got := points(c.query, c.listed); got < c.least || got > c.most {
			t.Errorf("%s: %s against %s has %d, not between %d and %d", c.given, c.query, c.listed, got, c.least, c.most)
		}
	}
}
