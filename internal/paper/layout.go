package paper

import "strings"

// Sizes, in points: A4, its margins, and the text.
const (
	pageWidth, pageHeight = 595.28, 841.89
	margin                = 56.0
	textWidth             = pageWidth - 2*margin
	labelWidth            = 118.0
	gutter                = 8.0 // between columns

	titleSize, partSize, sectionSize, textSize, cellSize, smallSize = 18.0, 13.5, 11.0, 9.5, 8.5, 7.5
)

// bookmark is a heading with where it stands.
type bookmark struct {
	level, page int
	title       string
	y           float64
}

// layout puts blocks on pages, from top to bottom.
type layout struct {
	sheet     Sheet
	ink       *ink
	pages     []*page
	bookmarks []bookmark
	lost      []lost
	top, end  float64 // of the text of a page
	y         float64 // top of what comes next
}

// set breaks a text at its line feeds and to a width in points.
func (l *layout) set(text string, bold bool, size, width float64) []line {
	var out []line
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		s := l.ink.setter.fonts.show(part)
		l.lost = append(l.lost, s.lost...)
		lines := l.ink.setter.lines(s, bold, width/size)
		if len(lines) == 0 {
			lines = []line{{}}
		}
		out = append(out, lines...)
	}
	return out
}

// height is the height of lines at a size.
func height(lines []line, size float64) (h float64) {
	for _, l := range lines {
		h += (l.up() + l.down()) * size
	}
	return h
}

func (l *layout) newPage() {
	l.pages = append(l.pages, &page{fonts: map[string]bool{}})
	l.y = l.top
}

// room begins a page unless there is room for a height; what is higher than a
// page begins where it is.
func (l *layout) room(h float64) {
	if l.y-h < l.end && l.y < l.top {
		l.newPage()
	}
}

// column is lines that stand side by side with other columns.
type column struct {
	x, width float64
	lines    []line
}

// across draws columns side by side, line by line, over pages if need be; again
// is drawn at the top of each page after the first.
func (l *layout) across(size float64, again func(), columns ...column) {
	for i := 0; ; i++ {
		up, down, more := 0.0, 0.0, false
		for _, c := range columns {
			if i < len(c.lines) {
				up, down, more = max(up, c.lines[i].up()*size), max(down, c.lines[i].down()*size), true
			}
		}
		if !more {
			return
		}
		if l.y-up-down < l.end {
			l.newPage()
			again()
		}
		for _, c := range columns {
			if i < len(c.lines) {
				l.place(c.lines[i], c.x, l.y-up, c.width, size)
			}
		}
		l.y -= up + down
	}
}

// place draws a line at the side of a column where its text begins.
func (l *layout) place(at line, x, baseline, width, size float64) {
	if at.right {
		x += width - at.width*size
	}
	l.ink.line(l.pages[len(l.pages)-1], at, x, baseline, size)
}

func nothing() {}

func (l *layout) text(text string, bold bool, size float64) {
	l.across(size, nothing, column{margin, textWidth, l.set(text, bold, size, textWidth)})
}

func (l *layout) block(b Block) {
	switch b := b.(type) {
	case Heading:
		size, before := partSize, 14.0
		if b.Level > 1 {
			size, before = sectionSize, 8.0
		}
		lines := l.set(b.Text, true, size, textWidth)
		l.room(before + height(lines, size) + 4*textSize) // not alone at the foot of a page
		if l.y < l.top {
			l.y -= before
		}
		l.bookmarks = append(l.bookmarks, bookmark{b.Level, len(l.pages) - 1, b.Text, l.y})
		l.across(size, nothing, column{margin, textWidth, lines})
		l.y -= 3
	case Paragraph:
		l.text(b.Text, false, textSize)
		l.y -= 5
	case Labelled:
		label := l.set(b.Label, true, textSize, labelWidth-gutter)
		text := l.set(b.Text, false, textSize, textWidth-labelWidth)
		if len(text) == 1 {
			text[0].right = false // a name stands beside its label, whichever way it runs
		}
		l.room(min(height(text, textSize), 3*textSize))
		l.across(textSize, nothing, column{margin, labelWidth, label}, column{margin + labelWidth, textWidth - labelWidth, text})
		l.y -= 2
	case Table:
		l.table(b)
	}
}

func (l *layout) table(t Table) {
	columns := func(cells []string, bold bool) (out []column) {
		total := 0.0
		for i := range t.Head {
			total += t.share(i)
		}
		x := margin
		for i := range t.Head {
			width := textWidth * t.share(i) / total
			text := ""
			if i < len(cells) {
				text = cells[i]
			}
			out = append(out, column{x, width - gutter, l.set(text, bold, cellSize, width-gutter)})
			x += width
		}
		return out
	}
	line := func() {
		l.y -= 2
		l.pages[len(l.pages)-1].rule(margin, l.y, textWidth)
		l.y -= 2
	}
	head := func() {
		l.across(cellSize, nothing, columns(t.Head, true)...)
		line()
	}
	l.room(6 * cellSize)
	head()
	for _, row := range t.Rows {
		cells := columns(row, false)
		highest := 0.0
		for _, c := range cells {
			highest = max(highest, height(c.lines, cellSize))
		}
		if l.y-highest < l.end && highest < (l.top-l.end)/2 {
			l.newPage()
			head()
		}
		l.across(cellSize, head, cells...)
		line()
	}
	l.y -= 6
}

func (t Table) share(i int) float64 {
	if i < len(t.Widths) {
		return t.Widths[i]
	}
	return 1
}
