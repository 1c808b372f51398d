package paper

import (
	"fmt"
	"io"
	"strings"
)

// Write writes a sheet as a PDF file with the fonts given.
func Write(w io.Writer, s Sheet, fonts *Fonts) error {
	setter := newTypesetter(fonts)
	l := &layout{sheet: s, ink: &ink{setter: setter, fonts: map[*Font]*embedded{}}}
	frame := l.frame()
	l.top, l.end = pageHeight-46-frame.head, 46+frame.foot
	l.newPage()
	l.text(s.Title, true, titleSize)
	l.y -= 8
	for _, b := range s.Blocks {
		l.block(b)
	}
	for _, b := range lostBlocks(l.lost) {
		l.block(b)
	}
	l.draw(frame)
	if setter.err != nil {
		return setter.err
	}
	return l.write(w)
}

// frame is what stands on every page around the text.
type frame struct {
	header, mark, footer []line
	head, foot           float64 // heights
}

const markWidth, numberWidth = 130.0, 80.0

func (l *layout) frame() frame {
	f := frame{
		header: l.set(l.sheet.Header, false, smallSize, textWidth-markWidth),
		mark:   l.set(l.sheet.Mark, true, textSize, markWidth-gutter),
		footer: l.set(l.sheet.Footer, false, smallSize, textWidth-numberWidth),
	}
	f.head = max(height(f.header, smallSize), height(f.mark, textSize)) + 12
	f.foot = height(f.footer, smallSize) + 12
	return f
}

// draw puts the frame on every page.
func (l *layout) draw(f frame) {
	for i, p := range l.pages {
		y := pageHeight - 40.0
		l.stack(p, f.header, margin, y, textWidth-markWidth, smallSize)
		l.stack(p, f.mark, pageWidth-margin-widest(f.mark)*textSize, y, widest(f.mark)*textSize, textSize)
		p.rule(margin, pageHeight-46-f.head+8, textWidth)
		p.rule(margin, 46+f.foot-6, textWidth)
		l.stack(p, f.footer, margin, 46+f.foot-10, textWidth-numberWidth, smallSize)
		number := l.set(fmt.Sprintf("page %d of %d", i+1, len(l.pages)), false, smallSize, numberWidth)
		l.stack(p, number, pageWidth-margin-widest(number)*smallSize, 46+f.foot-10, numberWidth, smallSize)
	}
}

func widest(lines []line) (w float64) {
	for _, l := range lines {
		w = max(w, l.width)
	}
	return w
}

// stack draws lines below one another from a top on.
func (l *layout) stack(p *page, lines []line, x, top, width, size float64) {
	for _, at := range lines {
		left := x
		if at.right {
			left += width - at.width*size
		}
		l.ink.line(p, at, left, top-at.up()*size, size)
		top -= (at.up() + at.down()) * size
	}
}

func (l *layout) write(w io.Writer) error {
	f := &file{}
	root, tree := f.reserve(), f.reserve()
	info := f.add(fmt.Sprintf("<< /Title %s /Subject %s /Producer (Interdict) /CreationDate %s >>", said(l.sheet.Title), said(l.sheet.Mark), dated(l.sheet.At)))
	numbers := map[string]int{}
	for _, e := range l.ink.order {
		numbers[e.name] = e.write(f)
	}
	var kids []string
	var pages []int
	for _, p := range l.pages {
		content := f.stream("", p.content.Bytes())
		n := f.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources %s /Contents %d 0 R >>", tree, pt(pageWidth), pt(pageHeight), p.resources(numbers), content))
		pages, kids = append(pages, n), append(kids, fmt.Sprintf("%d 0 R", n))
	}
	f.set(tree, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " ")))
	f.set(root, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> %s >>", tree, l.outline(f, pages)))
	return f.writeTo(w, root, info)
}

// outline writes the headings of the first level as bookmarks (12.3.3).
func (l *layout) outline(f *file, pages []int) string {
	var marks []bookmark
	for _, b := range l.bookmarks {
		if b.level == 1 {
			marks = append(marks, b)
		}
	}
	if len(marks) == 0 {
		return ""
	}
	root := f.reserve()
	first := len(f.objects) + 1
	for i, b := range marks {
		item := fmt.Sprintf("/Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ 0 %s 0]", said(b.title), root, pages[b.page], pt(b.y))
		if i > 0 {
			item += fmt.Sprintf(" /Prev %d 0 R", first+i-1)
		}
		if i < len(marks)-1 {
			item += fmt.Sprintf(" /Next %d 0 R", first+i+1)
		}
		f.add("<< " + item + " >>")
	}
	f.set(root, fmt.Sprintf("<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>", first, first+len(marks)-1, len(marks)))
	return fmt.Sprintf("/Outlines %d 0 R", root)
}
