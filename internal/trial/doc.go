// Package trial puts a register and its screening to the test for people who
// answer for a model and did not build it: a validation pack of one page and one
// file of figures.
//
// It promises that everything is asked from outside, as a customer book, a text
// or a payment message would ask; that every figure says how many of how many,
// with its 95 % interval (Wilson); that what was drawn follows from the seed; and
// that what fails stands first, by name. An entry that does not find itself and a
// canary that is not answered as it must be are failures; all else is measured,
// not judged.
//
// It never changes a register, never tunes anything, and never decides whether a
// figure is good enough: that is for the reader.
package trial
