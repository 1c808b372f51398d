package bench

import (
	"slices"

	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
)

// rivalQueries changes full listed names so that a good screening should still
// find them, each way as often as the other.
func rivalQueries(all []register.Subject, o RivalOptions) []rivalQuery {
	ways := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool {
		return m.Band != mutate.Strong && m.Band != mutate.Possible || m.Group == "carrier"
	})
	return drawQueries(all, ways, o.Seed, o.Queries, func(string) bool { return true })
}

// hardQueries are names of two or three words with a slip or two in each: no
// word is left to look them up by.
func hardQueries(all []register.Subject, o RivalOptions) []rivalQuery {
	ways := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool { return m.ID != "typing.each-one" && m.ID != "typing.each-two" })
	return drawQueries(all, ways, o.Seed+1, (o.Queries+1)/2, func(s string) bool {
		n := len(plainWords(s))
		return n == 2 || n == 3
	})
}

func drawQueries(all []register.Subject, ways []mutate.Mutation, seed uint64, n int, fits func(string) bool) []rivalQuery {
	var full []rivalQuery
	for i, s := range all {
		for _, e := range s.Entries {
			for _, x := range e.Names {
				if x.Quality != record.Weak && fits(x.Full) {
					full = append(full, rivalQuery{text: x.Full, subject: i})
				}
			}
		}
	}
	var out []rivalQuery
	c := mutate.NewChance(seed)
	for tries := 0; len(full) > 0 && len(out) < n && tries < 20*n; tries++ {
		q, m := mutate.Pick(c, full), ways[tries%len(ways)]
		if changed, ok := m.Apply(c.Next(), q.text); ok {
			out = append(out, rivalQuery{changed, q.subject, m.Group == "script"})
		}
	}
	return out
}
