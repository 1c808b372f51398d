package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/material"
	"interdict/internal/paper"
	"interdict/internal/roster"
)

// format names what is in the pack, for programs that read it.
const format = "interdict-pack/1"

// Write writes the pack. It reads the documents one by one, so a fault may come
// when much is written: what was written then is no ZIP and must not be kept.
func (p *Pack) Write(ctx context.Context, w io.Writer) error {
	z := &archive{zip: zip.NewWriter(w), at: p.At}
	said, all := quotes{}, p.originals()
	spans := p.quoted()
	for _, o := range all {
		content, err := p.document(ctx, o)
		if err != nil {
			return err
		}
		said.take(spans, o, content)
		if err := z.put(o.Path, content); err != nil {
			return err
		}
	}
	if err := p.papers(z, said, all); err != nil {
		return err
	}
	for _, r := range p.receipts {
		if err := z.put(fmt.Sprintf("receipts/%09d.receipt", r.Index), r.Text()); err != nil {
			return err
		}
	}
	if err := z.put("checkpoint", p.checkpoint); err != nil {
		return err
	}
	if err := z.put("README.txt", p.readme(len(all))); err != nil {
		return err
	}
	return z.end()
}

// papers writes the PDF and the JSON.
func (p *Pack) papers(z *archive, said quotes, all []original) error {
	var pdf bytes.Buffer
	if err := paper.Write(&pdf, p.sheet(said, all), p.fonts); err != nil {
		return fmt.Errorf("printing the pack: %w", err)
	}
	if err := z.put("pack.pdf", pdf.Bytes()); err != nil {
		return err
	}
	text, err := json.MarshalIndent(packJSON{
		Format: format, Of: p.Of, TLP: p.Label, Ceiling: p.Ceiling, Less: p.Less, At: p.At, By: p.By.ID, Organisation: p.By.Organisation,
		Purpose: p.Purpose, Entries: p.Entries, Things: p.Things, Originals: all,
	}, "", "  ")
	if err != nil {
		return err
	}
	return z.put("pack.json", text)
}

// packJSON is pack.json.
type packJSON struct {
	Format       string                `json:"format"`
	Of           string                `json:"of"`
	TLP          material.TLP          `json:"tlp"`
	Ceiling      material.TLP          `json:"ceiling,omitempty"`
	Less         bool                  `json:"parts_left_out_for_ceiling,omitempty"`
	At           time.Time             `json:"at"`
	By           roster.PersonID       `json:"by"`
	Organisation roster.OrganisationID `json:"organisation"`
	Purpose      string                `json:"purpose,omitempty"`
	Entries      int64                 `json:"ledger_entries"`
	Things       []clerk.Seen          `json:"things"`
	Originals    []original            `json:"originals,omitempty"`
}

// archive is a ZIP that remembers what is in it.
type archive struct {
	zip   *zip.Writer
	at    time.Time
	files []listed
}

// listed is a line of MANIFEST.json.
type listed struct {
	Path   string `json:"path"`
	Size   int    `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

func (a *archive) put(path string, content []byte) error {
	f, err := a.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: a.at})
	if err == nil {
		_, err = f.Write(content)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	sum := sha256.Sum256(content)
	a.files = append(a.files, listed{path, len(content), hex.EncodeToString(sum[:])})
	return nil
}

// end writes the manifest and closes the ZIP.
func (a *archive) end() error {
	text, err := json.MarshalIndent(struct {
		Format string   `json:"format"`
		Files  []listed `json:"files"`
	}{format, a.files}, "", "  ")
	if err != nil {
		return err
	}
	if err := a.put("MANIFEST.json", text); err != nil {
		return err
	}
	return a.zip.Close()
}
