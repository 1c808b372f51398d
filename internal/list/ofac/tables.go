package ofac

import (
	"fmt"
	"iter"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// side holds the rows of other tables that belong to one entry.
type side struct {
	alts, adds []row
	comments   string
}

// edition is what the tables of one edition hold besides the main one.
type edition struct {
	sides map[string]*side
	order []row // every side row in the order of the files, to name orphans
	used  map[string]bool
}

// readTables reads the legacy tables. The side tables are held, since they
// stand in files of their own; the main table streams.
func readTables(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		fail := func(err error) bool {
			report.Elements++
			return yield(record.Record{}, err)
		}
		e := &edition{sides: map[string]*side{}, used: map[string]bool{}}
		var mains []*tableFile
		for _, f := range files {
			t, err := openTable(f)
			switch {
			case err != nil:
				if !fail(err) {
					return
				}
			case t.table == mainTable:
				mains = append(mains, t)
			default:
				if !e.hold(t, fail) {
					return
				}
			}
		}
		if len(mains) == 0 {
			fail(fault.New(fault.Invalid, "no main table (sdn or cons_prim) among %d files", len(files)))
			return
		}
		for _, t := range mains {
			if !e.entries(t, report, yield) {
				return
			}
		}
		e.orphans(report, fail)
	}
}

// hold keeps the rows of a side table by the entry they belong to.
func (e *edition) hold(t *tableFile, fail func(error) bool) bool {
	for r := range t.rows() {
		if r.err != nil {
			if !fail(r.err) {
				return false
			}
			continue
		}
		key := r.cells[0]
		s := e.sides[key]
		if s == nil {
			s = &side{}
			e.sides[key] = s
		}
		switch t.table {
		case altTable:
			s.alts = append(s.alts, r)
		case addTable:
			s.adds = append(s.adds, r)
		case commentTable:
			s.comments += r.cells[1]
		}
		e.order = append(e.order, r)
	}
	return true
}

func (e *edition) entries(t *tableFile, report *list.Report, yield func(record.Record, error) bool) bool {
	for r := range t.rows() {
		report.Elements++
		if r.err != nil {
			if !yield(record.Record{}, r.err) {
				return false
			}
			continue
		}
		rec, err := e.entry(r, report)
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

func (e *edition) entry(r row, report *list.Report) (record.Record, error) {
	key := r.cells[0]
	if strings.Trim(key, "0123456789") != "" || key == "" {
		return record.Record{}, fault.At(r.place, "ent_num %q is not a number", key)
	}
	b := newBuilder(report, r.place)
	b.rec.Key = key
	s := e.sides[key]
	switch {
	case e.used[key]:
		// The side rows went to the first entry of this number.
		s = nil
		n := 2
		for ; e.used[fmt.Sprintf("%s#%d", key, n)]; n++ {
		}
		b.rec.Key = fmt.Sprintf("%s#%d", key, n)
		b.warn("ent_num", fmt.Sprintf("ent_num %s is used more than once", key))
	}
	e.used[b.rec.Key] = true
	if s == nil {
		s = &side{}
	}
	b.main(r.cells)
	for _, a := range s.alts {
		b.alt(a)
	}
	for _, a := range s.adds {
		b.address(a)
	}
	// The main table cuts remarks at 1000 characters, mid-word; the comments
	// go on with the next character.
	b.remarks(r.cells[11]+s.comments, "Remarks")
	return b.done()
}

// main takes the columns of the main table, but for the remarks.
func (b *builder) main(c []string) {
	b.kind(c[2], "SDN_Type")
	b.name(c[1], record.Primary, record.Strong, "", "SDN_Name")
	for _, p := range strings.Split(c[3], "] [") {
		b.programme(p, "Program")
	}
	b.positions(c[4], "Title")
	b.vessel(vessel{callSign: c[5], kind: c[6], tonnage: c[7], gross: c[8], flag: c[9], owner: c[10]}, func(column string) string {
		return column
	})
}

// vessel is what both legacy formats tell of a ship.
type vessel struct{ callSign, kind, tonnage, gross, flag, owner string }

// vessel adds the facts of a ship; at turns a column of the tables into the
// place of the format.
func (b *builder) vessel(v vessel, at func(column string) string) {
	for _, f := range []struct{ label, value, at string }{
		{"Vessel Call Sign", v.callSign, "Call_Sign"},
		{"Vessel Type", v.kind, "Vess_type"},
		{"Vessel Tonnage", v.tonnage, "Tonnage"},
		{"Vessel Gross Tonnage", v.gross, "GRT"},
		{"Vessel Flag", v.flag, "Vess_flag"},
		{"Vessel Owner", v.owner, "Vess_owner"},
	} {
		l, printed, _, _ := lookup(f.label)
		b.fact(l, fact{label: printed, value: f.value, at: at(f.at)})
	}
}

// alt adds a row of the table of other names. Weak names stand only in the
// remarks, so these are strong (cons_dat_spec, "the disposition of aliases").
func (b *builder) alt(r row) {
	at := "alt " + r.cells[1]
	kind, note := b.aliasType(r.cells[2], at)
	if r.cells[3] == "" {
		b.warn(at, "a row of other names without a name")
		b.other("alt_remarks", r.cells[4], at)
		return
	}
	b.name(r.cells[3], kind, record.Strong, joined("; ", note, r.cells[4]), at)
}

// address adds a row of the table of addresses. City, province and post code
// are one column there and stay together in City.
func (b *builder) address(r row) {
	a := record.Address{Street: r.cells[2], City: r.cells[3], Country: r.cells[4], Code: code(r.cells[4]), Note: r.cells[5]}
	if a == (record.Address{}) {
		return // OFAC gives entries without an address a row of nulls
	}
	a.At = "add " + r.cells[1]
	b.rec.Addresses = append(b.rec.Addresses, a)
}

// commentCells is the number of columns of the comments table.
const commentCells = 2

// orphans reports the rows of side tables whose entry is in no main table:
// the files are not of one edition. A row of names or addresses is an error,
// for somebody's name would be lost. A comment is the rest of an entry's
// remarks and adds nobody to the edition: it becomes a warning with its text.
func (e *edition) orphans(report *list.Report, fail func(error) bool) {
	for _, r := range e.order {
		if e.used[r.cells[0]] {
			continue
		}
		if len(r.cells) == commentCells {
			report.Warn(r.place, fmt.Sprintf("a comment on ent_num %q, which is in no main table: %s", r.cells[0], r.cells[1]))
			continue
		}
		err := fault.Hint(fault.At(r.place, "ent_num %q is in no main table", r.cells[0]), "take all files of one day's edition together")
		if !fail(err) {
			return
		}
	}
}
