// Package subscription holds who wishes to be told that something happened: an
// organisation, by an address of its own, of the topics that it chose.
//
// It promises that an address is https, or plain http to this machine only; that
// no address inside a network is taken; that what is over is not begun again, and
// that an endpoint which is gone is told nothing more until somebody resumes it.
//
// It sends nothing (package webhook does), holds no secret, reads no clock and
// decides on nobody's rights.
package subscription
