package document

import (
	"encoding/xml"
	"strings"
)

// word walks WordprocessingML (ECMA-376 part 1, chapter 17) and hands over its
// text. A paragraph with tracked changes is given as it reads now and, as part
// "deleted", as it read before. Text boxes come after the paragraph that they
// hang on, so that they do not cut it in two.
type word struct {
	part    string
	add     func(name, text string)
	frames  []*frame // the text being read; text boxes lie on top
	boxes   []string // finished text boxes that await the end of the text around them
	images  []string // alternative texts
	path    []string
	deleted int    // open elements of deleted text
	added   int    // open elements of inserted text
	choices []bool // whether each open AlternateContent has given text
}

// frame is the text of the body or of one box.
type frame struct {
	now, before strings.Builder // the paragraph as it is and as it was
	changed     bool
	text        strings.Builder // whole paragraphs
	old         []string        // paragraphs as they were
}

func (w *word) top() *frame { return w.frames[len(w.frames)-1] }

func (w *word) start(t xml.StartElement) {
	name := t.Name.Local
	w.path = append(w.path, name)
	switch name {
	case "del", "moveFrom":
		w.deleted++
	case "ins", "moveTo":
		w.added++
	case "tab", "ptab":
		w.write("\t")
	case "br", "cr":
		w.write("\n")
	case "noBreakHyphen":
		w.write("-")
	case "txbxContent":
		w.frames = append(w.frames, &frame{})
	case "AlternateContent":
		w.choices = append(w.choices, false)
	case "docPr", "cNvPr":
		for _, a := range t.Attr {
			if a.Name.Local == "descr" || a.Name.Local == "title" {
				w.images = append(w.images, a.Value)
			}
		}
	}
}

func (w *word) end(name string) {
	w.path = w.path[:len(w.path)-1]
	switch name {
	case "del", "moveFrom":
		w.deleted--
	case "ins", "moveTo":
		w.added--
	case "p", "v":
		w.paragraph()
	case "txbxContent":
		w.closeBox()
	case "AlternateContent":
		w.choices = w.choices[:len(w.choices)-1]
	default:
		if w.part == "properties" {
			w.paragraph()
		}
	}
}

// chars takes the text of t, delText and the like; text elsewhere is white
// space, or codes.
func (w *word) chars(s string) {
	if len(w.path) == 0 {
		return
	}
	last := w.path[len(w.path)-1]
	if !isAny(last, "t", "delText", "v") && w.part != "properties" || w.isFallback() {
		return
	}
	if last == "delText" && w.deleted == 0 {
		w.deleted++
		defer func() { w.deleted-- }()
	}
	if len(w.choices) > 0 && strings.TrimSpace(s) != "" {
		w.choices[len(w.choices)-1] = true
	}
	w.write(s)
}

// isFallback says whether this is the older form of what was read already.
func (w *word) isFallback() bool {
	if len(w.choices) == 0 || !w.choices[len(w.choices)-1] {
		return false
	}
	for i := len(w.path) - 1; i >= 0; i-- {
		switch w.path[i] {
		case "Fallback":
			return true
		case "Choice", "AlternateContent":
			return false
		}
	}
	return false
}

// write adds to the paragraph as it is, as it was, or both.
func (w *word) write(s string) {
	f := w.top()
	if w.deleted == 0 {
		f.now.WriteString(s)
	} else {
		f.changed = true
	}
	if w.added == 0 {
		f.before.WriteString(s)
	}
}

func (w *word) paragraph() {
	f := w.top()
	if f.now.Len() > 0 {
		f.text.WriteString(f.now.String())
		f.text.WriteByte('\n')
	}
	if f.changed {
		f.old = append(f.old, f.before.String())
	}
	f.now.Reset()
	f.before.Reset()
	f.changed = false
}

// closeBox ends a text box; its text waits for the end of the member.
func (w *word) closeBox() {
	if len(w.frames) < 2 {
		return
	}
	w.paragraph()
	box := w.top()
	w.frames = w.frames[:len(w.frames)-1]
	w.boxes = append(w.boxes, box.text.String())
	w.top().old = append(w.top().old, box.old...)
}

// finish hands over everything.
func (w *word) finish() {
	w.paragraph()
	f := w.top()
	w.add(w.part, f.text.String())
	for _, box := range w.boxes {
		w.add("text box", box)
	}
	for _, old := range f.old {
		w.add("deleted", old)
	}
	for _, text := range w.images {
		w.add("alternative text", text)
	}
}
