package ledger

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// Receipt proves offline, with the ledger's verifier key alone, that an event
// stands in the ledger at an index.
//
// Its text is a header line, the envelope, an empty line, and a C2SP tlog-proof
// (c2sp.org/tlog-proof@v1) with the checkpoint: any verifier of that format can
// check it by the hash of the envelope.
type Receipt struct {
	Index      int64
	Leaf       []byte // the envelope, byte for byte
	Proof      tlog.RecordProof
	Checkpoint []byte // signed note
}

const (
	receiptHeader = "interdict receipt v1\n"
	proofHeader   = "c2sp.org/tlog-proof@v1\n"
	maxReceipt    = 1 << 20
)

// Text returns the receipt as it is given out.
func (r Receipt) Text() []byte {
	var b bytes.Buffer
	b.WriteString(receiptHeader)
	b.Write(r.Leaf)
	b.WriteByte('\n')
	b.Write(r.ProofText())
	return b.Bytes()
}

// ProofText returns the C2SP tlog-proof in the receipt alone.
func (r Receipt) ProofText() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%sindex %d\n", proofHeader, r.Index)
	for _, h := range r.Proof {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteByte('\n')
	b.Write(r.Checkpoint)
	return b.Bytes()
}

// ReadReceipt reads the text of a receipt and checks its form only. Use
// VerifyReceipt to believe it.
func ReadReceipt(text []byte) (Receipt, error) {
	r, err := readReceipt(text)
	if err == nil && !bytes.Equal(r.Text(), text) {
		err = fmt.Errorf("not in canonical form")
	}
	if err != nil {
		return Receipt{}, fault.As(fault.Invalid, fmt.Errorf("reading a receipt: %w", err))
	}
	return r, nil
}

func readReceipt(text []byte) (Receipt, error) {
	var r Receipt
	if len(text) > maxReceipt {
		return r, fmt.Errorf("%d bytes are too many", len(text))
	}
	rest, ok := strings.CutPrefix(string(text), receiptHeader)
	if !ok {
		return r, fmt.Errorf("it does not begin with %q", strings.TrimSpace(receiptHeader))
	}
	leaf, rest, ok := strings.Cut(rest, "\n\n")
	if !ok {
		return r, fmt.Errorf("no empty line after the event")
	}
	r.Leaf = []byte(leaf + "\n")
	rest, ok = strings.CutPrefix(rest, proofHeader+"index ")
	if !ok {
		return r, fmt.Errorf("no proof after the event")
	}
	proof, checkpoint, ok := strings.Cut(rest, "\n\n")
	if !ok {
		return r, fmt.Errorf("no checkpoint after the proof")
	}
	r.Checkpoint = []byte(checkpoint)
	index, hashes, more := strings.Cut(proof, "\n")
	var err error
	if r.Index, err = strconv.ParseInt(index, 10, 64); err != nil || r.Index < 0 {
		return r, fmt.Errorf("index %q", index)
	}
	if !more {
		return r, nil
	}
	for line := range strings.SplitSeq(hashes, "\n") {
		h, err := parseHash(line)
		if err != nil {
			return r, err
		}
		r.Proof = append(r.Proof, h)
	}
	return r, nil
}

// VerifyReceipt reads a receipt and checks the signature and the proof with
// nothing but the verifier. It returns the event and the checkpoint that holds
// it; anything that does not hold is Invalid.
func VerifyReceipt(text []byte, v note.Verifier) (Receipt, event.Envelope, Checkpoint, error) {
	r, err := ReadReceipt(text)
	if err != nil {
		return r, event.Envelope{}, Checkpoint{}, err
	}
	c, err := OpenCheckpoint(r.Checkpoint, v)
	if err == nil {
		err = tlog.CheckRecord(r.Proof, c.Size, c.Root, r.Index, tlog.RecordHash(r.Leaf))
	}
	var e event.Envelope
	if err == nil {
		e, err = event.Decode(r.Leaf)
	}
	if err != nil {
		return Receipt{}, event.Envelope{}, Checkpoint{}, fault.As(fault.Invalid, fmt.Errorf("receipt of entry %d does not hold: %w", r.Index, err))
	}
	return r, e, c, nil
}
