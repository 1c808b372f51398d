// Package shard screens one customer book on many machines: the book is cut into
// shards, a queue hands them to workers, and the answers are joined in the order of
// the book.
//
// It promises that the joined answers are byte for byte those of one machine; that
// a shard is answered once, whoever tries it how often; that a worker or a
// coordinator that is killed loses nothing; that a shard which no worker can end
// stops the run with an error that names its rows; and that never more than a few
// shards wait. It never reads a book, never writes a file, and leaves no name of a
// customer with the queue when a run has ended.
package shard
