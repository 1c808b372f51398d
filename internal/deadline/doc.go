// Package deadline holds the clocks of the law as values: a rule, a calendar,
// and the clock that a rule starts.
//
// It promises that a clock keeps the instant at which it is due together with
// the rule and the calendar's version that made it, so that no later change of
// a rule or a calendar moves it; that a pause adds exactly its length; and that
// what was counted without knowing the holidays says so (Clock.Doubts).
// Hours are absolute; days are days of the calendar's time zone and end with
// their last microsecond, whatever the clocks of that zone do.
//
// It never asks what time it is, and it never acts: what an expiry brings about
// is written in the rule, and is an event of the casework.
package deadline
