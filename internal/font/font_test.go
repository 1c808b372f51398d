package font_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"

	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/font"
	"interdict/internal/paper"
)

// names are names of people who do not exist, by script.
var names = []struct{ script, name string }{
	{"Latin", "Nguyễn Văn Thử"},
	{"Cyrillic", "Абдуррахман Примеров"},
	{"Arabic", "محمد صلاح الدين المثال"},
	{"Persian", "ابراهیم پژوهشگر گچی"},
	{"Arabic with vowels", "جُمِّد الحساب"},
	{"Hebrew", "יוסף לדוגמה"},
	{"Greek", "Παράδειγμα Ελληνικό"},
	{"Chinese", "張例子 王小明"},
	{"Japanese", "山田 れい テスト"},
	{"Korean", "김예시 조선"},
	{"Thai", "สมชาย ตัวอย่าง น้ำ กำลัง"},
	{"Devanagari", "किशोर क्षत्रिय प्रसाद"},
}

func printed(t *testing.T, fonts *paper.Fonts, blocks ...paper.Block) []byte {
	t.Helper()
	var b bytes.Buffer
	s := paper.Sheet{Title: "A test", Mark: "TLP:AMBER", Header: "h", Footer: "f", At: time.Unix(0, 0), Blocks: blocks}
	if err := paper.Write(&b, s, fonts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read takes the text out of a PDF, by our reader and, where it is installed, by
// another.
func read(t *testing.T, pdf []byte) map[string]string {
	t.Helper()
	text, err := document.Read("a.pdf", bytes.NewReader(pdf))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"PDFium": text.Body}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("ABSENT: pdftotext (Debian: poppler-utils): read by PDFium only")
		return out
	}
	c := exec.CommandContext(t.Context(), tool, "-", "-")
	c.Stdin = bytes.NewReader(pdf)
	other, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	// It marks which way words run.
	out["pdftotext"] = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "").Replace(string(other))
	return out
}

// TestEveryScriptIsReadAsItWasGiven prints names with the fonts of the system and
// reads them back.
func TestEveryScriptIsReadAsItWasGiven(t *testing.T) {
	fonts, err := font.System()
	if err != nil {
		t.Skipf("NO FONTS: %v", err)
	}
	var blocks []paper.Block
	for _, n := range names {
		blocks = append(blocks, paper.Paragraph{Text: n.name})
	}
	texts := read(t, printed(t, fonts, blocks...))
	for reader, text := range texts {
		if reader == "pdftotext" && strings.Contains(text, "no font here") {
			t.Log("FONTS ARE ABSENT for some of these scripts (Debian: fonts-noto-core, fonts-noto-cjk): read by PDFium only")
			continue
		}
		for _, n := range names {
			for _, word := range strings.Fields(n.name) {
				if reader == "PDFium" && n.script == "Arabic with vowels" {
					continue // PDFium puts two marks on one letter out of order
				}
				if !strings.Contains(text, word) {
					t.Errorf("%s: %s: %q is not there", reader, n.script, word)
				}
			}
		}
		if !strings.Contains(text, "محمد صلاح الدين المثال") && reader == "pdftotext" {
			t.Errorf("%s: the words of a name are out of order:\n%s", reader, text)
		}
	}
}

// TestWhereNoFontHasTheSigns prints with Latin fonts only: the page says so, and
// what is read is what was given.
func TestWhereNoFontHasTheSigns(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string][]byte{"regular.ttf": goregular.TTF, "broken.ttf": []byte("no font"), "notes.txt": goregular.TTF, "empty.otf": nil} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fonts, err := font.In(dir, dir)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("سلام ", 40) // over more than one line
	texts := read(t, printed(t, fonts, paper.Labelled{Label: "name", Text: "張例子"}, paper.Labelled{Label: "name", Text: "Ann Example"}, paper.Paragraph{Text: long}))
	for reader, text := range texts {
		if reader == "PDFium" && !strings.Contains(text, "سلام سلام") {
			// pdftotext turns what stands for such a place around.
			t.Errorf("%s: what was given is not there:\n%s", reader, text)
		}
		for _, want := range []string{"張例子", "[Zhanglizi", "in Han, no font here", "in Arabic, no font here", "Ann Example", "Signs that no font here has", "U+5F35 U+4F8B U+5B50", "TLP:AMBER", "page 1 of"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not there:\n%s", reader, want, text)
			}
		}
	}
}

// TestAMachineWithoutFonts prints what it can by the fonts that come with the
// program, and says the rest.
func TestAMachineWithoutFonts(t *testing.T) {
	fonts, err := font.In()
	if err != nil {
		t.Fatal(err)
	}
	pdf := printed(t, fonts, paper.Paragraph{Text: "Ann Пример 張例子"})
	for _, name := range []string{"+GoRegular", "+Go"} {
		if bytes.Contains(pdf, []byte(name)) {
			return
		}
	}
	t.Error("no font of ours is in the paper")
}

func TestAFolderThatIsNotThere(t *testing.T) {
	_, err := font.Find(filepath.Join(t.TempDir(), "absent"))()
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "absent") {
		t.Errorf("%v", err)
	}
}

// TestAFolderIsCheckedBeforeItIsNeeded: one that is named by a link is as good.
func TestAFolderIsCheckedBeforeItIsNeeded(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	file := filepath.Join(dir, "one.ttf")
	if err := os.WriteFile(file, gomono.TTF, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(elsewhere, "fonts")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip("no links here: ", err)
	}
	for folder, want := range map[string]fault.Kind{filepath.Join(dir, "absent"): fault.Invalid, file: fault.Invalid} {
		if err := font.Check(folder); fault.KindOf(err) != want || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
	for _, folder := range []string{"", dir, link} {
		if err := font.Check(folder); err != nil {
			t.Errorf("%q: %v", folder, err)
		}
	}
	for _, folder := range []string{dir, link} {
		fonts, err := font.In(folder)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(printed(t, fonts, paper.Paragraph{Text: "Ann"}), []byte("+GoMono")) {
			t.Errorf("the font in %s is not found", folder)
		}
	}
}
