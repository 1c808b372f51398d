package effect

import (
	"time"

	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/erasure"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/report"
)

// Known is what is known at an instant.
type Known struct {
	At        time.Time
	Materials []material.Material // those that designations of the period rest on
	Alerts    []alert.Alert
	Dossiers  []Dossier
	Decisions []Decision
	Petitions []petition.Petition
	Reviews   []petition.Reviews
	Editions  []report.Edition
	Heard     []report.Acknowledgement // of the editions of the period
	Reports   []report.Report
	Erasures  []Erasure
}

// Dossier is a dossier with when it was submitted, each time.
type Dossier struct {
	dossier.Dossier
	Submitted []time.Time
}

// Decision is a decision with when it was drafted, and the clock until its
// publication, if its statute sets one.
type Decision struct {
	decision.Decision
	Drafted     time.Time
	Publication deadline.Clock
}

// Erasure is an order with when it was approved or denied.
type Erasure struct {
	erasure.Order
	Answered time.Time
}

// Period is a time from an instant on, until another one that is not in it.
type Period struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Has reports whether an instant is in the period.
func (p Period) Has(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// Year is a calendar year in UTC.
func Year(y int) Period {
	return Period{time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC)}
}
