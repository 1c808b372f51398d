// Package form says what the JSON body of a command may hold, value by value, and
// writes such a body from values that people give one by one: arguments at a
// terminal, fields of a page.
//
// It promises that a value stands in the body as it was given or is refused by
// an error that names its field; a number keeps its digits, a text its bytes.
// What is missing, and what the values mean together, it leaves to the clerk. It
// never reads a file and never guesses.
package form
