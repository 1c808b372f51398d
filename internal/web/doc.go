// Package web is the house as people see it: pages rendered on the server, that
// work without script and say in the reader's language what is there and what
// may be done.
//
// It promises that a page shows no more than the clerk gives its reader; that
// every form ends in one command of the clerk, once, however often it is sent;
// that what was typed is not lost when a command is refused; that names stand in
// their own script and direction, times with their zone; and that nothing is
// loaded from elsewhere.
//
// It decides nothing, keeps nothing but preferences in the reader's browser, and
// never writes but by the clerk.
package web
