package payment

import (
	"maps"

	"interdict/internal/fault"
)

// maxFields bounds the fields of one message over all its transactions, each
// of which repeats the fields of the groups around it.
const maxFields = 10_000_000

// checkSize refuses a message whose groups and transactions multiply beyond
// the bound.
func (w *walk) checkSize() error {
	total := 0
	for i := range w.unit {
		if !w.unit[i] {
			continue
		}
		for at := int32(i); at >= 0; at = w.t.nodes[at].parent {
			if b := w.bundle[at]; b != nil {
				total += len(b.fields)
			}
		}
		if total > maxFields {
			return fault.Hint(&syntaxError{w.t.nodes[i].offset, "the transactions hold more than 10 million texts"}, "Split the message.")
		}
	}
	return nil
}

// message puts together the message at Document d.
func (w *walk) message(d int32) Message {
	kind, declared := w.t.kind(d)
	m := Message{Kind: kind, Evidence: map[string]string{}}
	if !declared {
		m.Warnings = append(m.Warnings, "no message type is declared; it is named after its first element, "+kind)
	}
	m.Warnings = append(m.Warnings, w.warned...)
	for at := w.t.nodes[d].parent; at >= 0; at = w.t.nodes[at].parent {
		w.evidence(m.Evidence, at)
	}
	for i := int(d); i < len(w.t.nodes) && (i == int(d) || w.doc[i] == d); i++ {
		w.evidence(m.Evidence, int32(i))
		if w.unit[i] {
			m.Transactions = append(m.Transactions, w.transaction(int32(i)))
		}
	}
	return m
}

// evidence copies what node n's own texts say, unless it is there already.
func (w *walk) evidence(into map[string]string, n int32) {
	if w.owner[n] != n || w.bundle[n] == nil {
		return
	}
	for key, value := range w.bundle[n].evidence {
		if _, have := into[key]; !have {
			into[key] = value
		}
	}
}

// transaction puts together the unit n: its own fields and evidence after
// those of every element around it.
func (w *walk) transaction(n int32) Transaction {
	tx := Transaction{Evidence: map[string]string{}}
	var around []int32
	size := 0
	for at := n; at >= 0; at = w.t.nodes[at].parent {
		if b := w.bundle[at]; b != nil && w.owner[at] == at {
			around = append(around, at)
			size += len(b.fields)
		}
	}
	tx.Fields = make([]Field, 0, size)
	for i := len(around) - 1; i >= 0; i-- {
		b := w.bundle[around[i]]
		tx.Fields = append(tx.Fields, b.fields...)
		maps.Copy(tx.Evidence, b.evidence)
	}
	tx.ID = idOf(tx.Evidence)
	return tx
}

// idOf picks the reference that names a transaction best.
func idOf(evidence map[string]string) string {
	for _, key := range []string{
		"UETR", "OrgnlUETR", "TxId", "OrgnlTxId", "EndToEndId", "OrgnlEndToEndId", "InstrId", "OrgnlInstrId",
		"AcctSvcrRef", "PmtInfId", "20", "MsgId", "BizMsgIdr",
	} {
		if v := evidence[key]; v != "" && v != "NOTPROVIDED" && v != "NONREF" {
			return v
		}
	}
	return ""
}
