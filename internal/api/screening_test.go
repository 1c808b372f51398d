package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"
)

// post sends bytes that are no JSON.
func (h *house) post(who, path string, content []byte) (int, []byte) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url+path, bytes.NewReader(content))
	must(h.t, err)
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Header.Set("Authorization", "Bearer "+who)
	resp, err := http.DefaultClient.Do(r)
	must(h.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	must(h.t, err)
	return resp.StatusCode, answer
}

const transfer = `{1:F01AAAABB99AXXX0000000000}{2:I103CCCCDD22XXXXN}{4:
:20:REF1
:23B:CRED
:32A:260302EUR100,00
:50K:/123
Ivan Ivanov
:59:/456
Anna Schmidt
:70:bread
:71A:SHA
-}`

// TestScreeningWhatIsNotKept: documents and payments are answered one by one,
// what cannot be read is "not screened", and not everybody may ask.
func TestScreeningWhatIsNotKept(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	var document struct{ Status string }
	status, text := h.post("analyst-1", "/v1/screen/document?name=a.txt", []byte("Nobody is named here but the baker."))
	must(t, json.Unmarshal(text, &document))
	if status != http.StatusOK || document.Status != "none" {
		t.Errorf("a document without hits: %d %s", status, text)
	}
	_, text = h.post("analyst-1", "/v1/screen/document?name=a.bin", []byte{0, 1, 2, 3})
	must(t, json.Unmarshal(text, &document))
	if document.Status != "not_screened" {
		t.Errorf("a document that cannot be read: %s", text)
	}
	var payments struct{ Messages []struct{ Status string } }
	status, text = h.post("analyst-1", "/v1/screen/payment?name=p.txt", []byte(transfer+"\n"+transfer))
	must(t, json.Unmarshal(text, &payments))
	if status != http.StatusOK || len(payments.Messages) != 2 || payments.Messages[1].Status != "none" {
		t.Errorf("two payments: %d %s", status, text)
	}
	if status, text := h.post("ada", "/v1/screen/payment?name=p.txt", []byte(transfer)); status != http.StatusNotFound {
		t.Errorf("the administrator screens: %d %s", status, text)
	}
}
