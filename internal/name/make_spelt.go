//go:build ignore

// Command make_spelt writes the tables of package name that are made of others: the
// lexicon and the words of organisations in all their forms and spellings. It is run
// after each change of these:
//
//	go generate ./internal/name
package main

import (
	"log"
	"os"

	"interdict/internal/name"
)

func main() {
	lexicon, organisations := name.Spelt()
	for file, text := range map[string]string{"table/lexicon.spelt.txt": lexicon, "table/organisation.spelt.txt": organisations} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
