package register_test

import (
	"path/filepath"
	"slices"
	"testing"

	"interdict/internal/list/uk"
	"interdict/internal/register"
)

// snapshot2018 is made of the lists of the UN and the UK of 2018.
func snapshot2018(t *testing.T) register.Snapshot {
	t.Helper()
	a := readUN(t, "consolidated/un-consolidated-2018-06-07.xml")
	b := readFiles(t, uk.Source, filepath.Join(shared(t), "lists", "uk", "hmt-conlist-2018-04-13.csv"))
	s, _ := take(t, register.NewState(), nil, a)
	s, _ = take(t, s, nil, b)
	snap, err := register.Build(s, []register.Edition{a, b})
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// The pairs were derived from printed references; a few of these are
// misprints, which share no word of their names and which the register must
// not follow: it must say what contradicts them.
func TestTheListsOfTheUKAndTheUNAreLinkedWhereTheyMeanTheSame(t *testing.T) {
	dir := shared(t)
	snap := snapshot2018(t)
	rows := readCSV(t, filepath.Join(dir, "concordance", "uk-2018-04-vs-un-2018-06.csv"))
	joined := 0
	for _, row := range rows {
		x, errX := snap.Find("uk:" + row["uk_group_id"])
		y, errY := snap.Find("un:" + row["un_reference"])
		if errX != nil || errY != nil {
			t.Errorf("%v: %v, %v", row, errX, errY)
			continue
		}
		if x.ID == y.ID {
			joined++
			continue
		}
		if !slices.ContainsFunc(x.Possible, func(l register.Link) bool {
			return l.Reason == register.Printed && len(l.Contradictions) > 0 && slices.ContainsFunc(y.Entries, func(e register.Entry) bool { return e.ID == l.A || e.ID == l.B })
		}) {
			t.Errorf("%v: apart without a contradiction", row)
		}
	}
	both, same, possible := 0, map[register.Reason]int{}, map[register.Reason]int{}
	for _, x := range snap.Subjects {
		if slices.ContainsFunc(x.Entries, func(e register.Entry) bool { return e.Source != x.Entries[0].Source }) {
			both++
		}
		for _, l := range x.Links {
			same[l.Reason]++
		}
		for _, l := range x.Possible {
			possible[l.Reason]++
		}
	}
	t.Logf("gold pairs: %d joined of %d; subjects of both lists %d; same %v; possible, seen from both sides %v", joined, len(rows), both, same, possible)
	if misprints := 6; len(rows)-joined > misprints {
		t.Errorf("%d pairs are apart", len(rows)-joined)
	}
}

// Firms print the reference of a bank to which they have no tie.
func TestAMisprintedReferenceMakesNobodyOne(t *testing.T) {
	bank, err := snapshot2018(t).Find("un:KPe.023")
	if err != nil {
		t.Fatal(err)
	}
	if len(bank.Entries) != 1 {
		t.Errorf("the bank is one with %v", bank.Links)
	}
	for _, l := range bank.Possible {
		if l.Reason == register.Printed && len(l.Contradictions) == 0 {
			t.Errorf("%s is not contradicted", l.Evidence)
		}
	}
}
