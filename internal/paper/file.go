package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"time"
)

// file collects the objects of a PDF file (PDF 32000-1, 7.5).
type file struct{ objects [][]byte }

// reserve keeps a number for an object that is set later.
func (f *file) reserve() int {
	f.objects = append(f.objects, nil)
	return len(f.objects)
}

func (f *file) set(number int, object string) { f.objects[number-1] = []byte(object) }

func (f *file) add(object string) int {
	n := f.reserve()
	f.set(n, object)
	return n
}

// stream adds content, compressed.
func (f *file) stream(entries string, content []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(content) // a buffer takes everything
	z.Close()
	return f.add(fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", entries, packed.Len(), packed.Bytes()))
}

// writeTo writes the file; its identifier is the hash of what is in it.
func (f *file) writeTo(w io.Writer, root, info int) error {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(f.objects))
	for i, o := range f.objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	sum := sha256.Sum256(out.Bytes())
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, root, info, sum[:16], sum[:16], table)
	_, err := w.Write(out.Bytes())
	return err
}

// said writes a text string (7.9.2.2).
func said(text string) string { return "<FEFF" + utf16Hex(text) + ">" }

// dated writes a date (7.9.4).
func dated(t time.Time) string { return t.UTC().Format("(D:20060102150405Z)") }
