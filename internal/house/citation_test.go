package house_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// citation is how the code cites a page: "matching.md 5.2", "list-formats 0.9".
var citation = regexp.MustCompile(`\b(matching\.md|names\.md|list-formats(?:\.md)?),? (?:section )?([0-9]+(?:\.[0-9]+)*)`)

var cited = map[string]string{
	"matching": "docs/matching.md", "names": "docs/names.md", "list-formats": "docs/formats/README.md",
}

func TestCitedSectionsExist(t *testing.T) {
	sections := map[string]string{}
	for page, file := range cited {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		sections[page] = string(text)
	}
	all, err := rooms(root)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, r := range all {
		files := slices.Concat(r.pkg.GoFiles, r.pkg.TestGoFiles, r.pkg.XTestGoFiles)
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(r.dir, file))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range citation.FindAllStringSubmatch(string(text), -1) {
				found++
				page := strings.TrimSuffix(m[1], ".md")
				if !hasSection(sections[page], m[2]) {
					t.Errorf("%s/%s cites %s %s, which %s does not have", r.name, file, m[1], m[2], cited[page])
				}
			}
		}
	}
	if found == 0 {
		t.Error("no citation found: is the pattern of this test wrong?")
	}
}

// hasSection reports whether a page has a heading or a table row of that number.
func hasSection(page, number string) bool {
	n := regexp.QuoteMeta(number)
	return regexp.MustCompile(fmt.Sprintf(`(?m)^(#+ %s[. ]|\| %s \|)`, n, n)).MatchString(page)
}

func TestSectionsAreToldApart(t *testing.T) {
	page := strings.Join([]string{"## 5. Score", "### 5.1 Formula", "| 0.10 | a rule |"}, "\n")
	for number, want := range map[string]bool{"5": true, "5.1": true, "0.10": true, "0.1": false, "5.2": false, "1": false} {
		if hasSection(page, number) != want {
			t.Errorf("section %s: found %v", number, !want)
		}
	}
}
