package pack

import (
	"fmt"
	"strings"
)

// readme tells whoever opens the pack what it is and how to verify it.
func (p *Pack) readme(documents int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "EVIDENCE PACK OF %s\n%s\n\n", p.Of, mark(p.Label))
	fmt.Fprintf(&b, "Made by %s at %s, when the ledger had %d entries.\n", p.printedBy(), p.At.Format("2006-01-02 15:04:05 UTC"), p.Entries)
	if p.Purpose != "" {
		fmt.Fprintf(&b, "Purpose: %s\n", p.Purpose)
	}
	b.WriteString("It holds what its maker may see and no more; that it was made stands in the ledger.\n" +
		"What it names and does not hold is not its maker's to see, or was erased.\n")
	if p.Less {
		fmt.Fprintf(&b, "Parts were left out for the ceiling %s.\n", mark(p.Ceiling))
	}
	fmt.Fprintf(&b, `
WHAT IS IN IT
  pack.pdf       what is in pack.json, to be read and printed
  pack.json      what the maker was shown, as the ledger's records have it
  originals/     documents, byte for byte as they were handed in
  derived/       texts made of documents, by a program or a translator
  receipts/      a proof for each entry of the ledger, named by its number
  checkpoint     the signed state of the ledger when the pack was made
  MANIFEST.json  the SHA-256 of every file here but itself

There are %d documents and %d receipts.

HOW TO VERIFY IT, WITHOUT THE COMMISSION'S MACHINE
1. Get the ledger's verifier key from the commission by another way than this
   pack: from its public site, or on paper. Keep it in a file, ledger.pub.
2. Verify each receipt; it ends with exit code 0 if it holds:
     interdict ledger receipt receipts/000000000.receipt --key ledger.pub
   It says which event was recorded, when and by whom, and the hash of what it
   says; nobody can have added, changed or moved it since without the
   signature on the checkpoint failing.
3. Compare the hashes of the files with MANIFEST.json (sha256sum). The hash of
   an original is in pack.json too, where its material lists its documents.
4. Whoever can reach the commission's ledger can check that it still holds all
   that the checkpoint covers:
     interdict ledger verify --checkpoint checkpoint --key ledger.pub
`, documents, len(p.receipts))
	return []byte(b.String())
}

func (p *Pack) printedBy() string {
	if p.By.Name == "" {
		return string(p.By.ID)
	}
	return fmt.Sprintf("%s (%s)", p.By.Name, p.By.ID)
}
