package own_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/list"
	"interdict/internal/list/own"
	"interdict/internal/record"
)

func entry(key, name string) record.Record {
	return record.Record{
		Source: own.ID, Key: key,
		Subject:  record.Subject{Kind: record.Organisation, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}},
		Listings: []record.Listing{{Authority: "Commission", Reference: key}},
	}
}

func read(text string) (records []record.Record, errs []error, report list.Report) {
	for r, err := range own.Source.Formats[0].Read([]list.File{{Name: "own.jsonl", Body: strings.NewReader(text)}}, &report) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		records = append(records, r)
	}
	return records, errs, report
}

func written(t *testing.T, records ...record.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := own.Write(&b, time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), records); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	want := []record.Record{entry("OWN-1", "«Общество» & Co. <x>"), entry("OWN-2", "الجمعية")}
	text := written(t, want...)
	got, errs, report := read(text)
	if len(errs) > 0 || report.Declared != 2 || report.Elements != 2 || report.Date.String() != "2026-11-28" {
		t.Fatalf("%v, %+v", errs, report)
	}
	for i := range got {
		got[i].File, got[i].Line = "", 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if again := written(t, want...); again != text {
		t.Error("equal entries give other bytes")
	}
}

func TestFaultsAreTold(t *testing.T) {
	text := written(t, entry("OWN-1", "A"), entry("OWN-2", "B"))
	lines := strings.SplitAfter(text, "\n")
	for given, c := range map[string]struct {
		text          string
		records, errs int
	}{
		"no first line":        {lines[1] + lines[2], 0, 1},
		"a day that is none":   {strings.Replace(text, "2026-11-28", "someday", 1), 0, 1},
		"another form":         {strings.Replace(text, `"interdict_list":1`, `"interdict_list":2`, 1), 0, 1},
		"an entry of no name":  {lines[0] + strings.Replace(lines[1], `"Names":[`, `"Nmes":[`, 1) + lines[2], 1, 1},
		"an entry cut in half": {lines[0] + lines[1] + lines[2][:40], 1, 1},
		"a line lost":          {lines[0] + lines[1], 1, 0}, // Declared says so to the register
	} {
		records, errs, report := read(c.text)
		if len(records) != c.records || len(errs) != c.errs {
			t.Errorf("given %s: %d records, %v", given, len(records), errs)
		}
		if given == "a line lost" && report.Declared == report.Elements {
			t.Error("a line lost is told by nothing")
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("{\"interdict_list\":1,\"day\":\"2026-11-28\",\"entries\":0}\n{}")
	f.Fuzz(func(t *testing.T, text string) {
		records, errs, report := read(text)
		if got := len(records) + len(errs); got < report.Elements {
			t.Errorf("%d elements, %d records and errors", report.Elements, got)
		}
		for _, r := range records {
			if r.Key == "" || len(r.Names) == 0 || r.Line < 2 {
				t.Errorf("read without key, name or place: %+v", r)
			}
		}
	})
}
