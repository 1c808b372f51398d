// Package demo tells the worked case of an invented state, by commands of the
// clerk, so that a newcomer finds every stage of the work with somebody in it.
//
// It promises that nothing in it is written around the clerk and the archive,
// that its people, organisations and listed names are invented (the starter
// register beside them is public fact), that the story is told in the weeks
// before it is started, and that whoever enters by its route has an ordinary
// session with the rights of that account and no more.
//
// Its route lets anybody in as anybody: it is mounted by the demo alone, never
// where a commission works.
package demo
