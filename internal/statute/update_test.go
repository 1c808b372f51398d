package statute

import "flag"

var update = flag.Bool("update", false, "write testdata/editions.txt and docs/statutes.md")
