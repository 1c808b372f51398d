// Package alert holds the hits that wait for a person, and the exclusions that
// say of one hit that it is somebody else.
//
// It promises that every hit is disposed of by itself, by a person, with a
// reason: judging one says nothing about the next, and an alert closes only
// when none is open. An exclusion holds for one subject as it was, one version
// of one entry, one matched name and one channel; one asks for it and another
// approves it; it ends by itself when its time is over or any of those changes
// (screening-quality 3).
//
// It never suppresses: the hit is computed and kept, then marked. It screens
// nothing and reads no clock.
package alert
