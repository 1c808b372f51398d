package screen_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"interdict/internal/match"
	"interdict/internal/screen"
)

var update = flag.Bool("update", false, "write the numbers of this program into testdata/numbers.txt")

// A profile stands for the numbers that answers follow from: they do not change
// without it.
func TestNumbersAreOfTheProfile(t *testing.T) {
	const golden = "testdata/numbers.txt"
	got := match.Profile() + "\n" + screen.Numbers()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	profile, numbers, _ := strings.Cut(string(b), "\n")
	switch {
	case numbers != screen.Numbers() && profile == match.Profile():
		t.Errorf("numbers changed, and the profile is still %s: give match.Profile a new engine, then renew %s with -update", profile, golden)
	case string(b) != got:
		t.Errorf("%s is of profile %s, the program of %s: renew it with -update", golden, profile, match.Profile())
	}
}
