// Package pack writes the evidence pack of a thing: a ZIP with what it says, as
// a PDF and as JSON, the documents that it rests on, and receipts that prove
// without this machine that its entries stand in the ledger.
//
// It promises: it holds only what its reader may see, and that he read it stands
// in the ledger; every file has its hash in the manifest; the label on every
// page is the strictest of what is in it; under a ceiling nothing that is
// labelled more strictly, or rests on it, is in it.
//
// It never says what it left out, never keeps a file on a disk, and never judges
// who may see what: the clerk does.
package pack
