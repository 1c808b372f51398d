// Package publish writes the commission's own list as signed static files, in a
// folder that any web server or CDN can carry: a transparency log of editions
// (C2SP tlog-tiles: checkpoint, tile/, tile/entries/) and the files of each
// edition by their hash. It serves that folder, and copies it.
//
// It promises that the checkpoint is written last, so that a stop at any point
// leaves the old edition whole; that an edition which was claimed is finished as
// it was and never signed in two forms, also by two processes; that equal
// entries make no edition; and that a delta over the edition before gives the
// very bytes of the snapshot.
//
// It never decides what is listed, and it never signs with the key of the
// ledger: the list is a log of its own.
package publish
