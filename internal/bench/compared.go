package bench

// Compared counts the cases of one sort. A case is a query, or a text, at one
// threshold.
type Compared struct {
	By        string `json:"by"`
	Group     string `json:"group"`
	Queries   int    `json:"queries"`
	Cases     int    `json:"cases"`
	Hits      int    `json:"hits"` // of exhaustive scoring, in all cases
	Missed    int    `json:"missed"`
	Extra     int    `json:"extra"`
	Different int    `json:"different"` // another result for the same name
}

// Differences counts everything that must not be.
func (c Compared) Differences() int { return c.Missed + c.Extra + c.Different }

func (c *Compared) count(what string) {
	switch what {
	case missed:
		c.Missed++
	case extra:
		c.Extra++
	case different:
		c.Different++
	}
}

func (c *Compared) add(o Compared, queries int) {
	c.Queries += queries
	c.Cases += o.Cases
	c.Hits += o.Hits
	c.Missed += o.Missed
	c.Extra += o.Extra
	c.Different += o.Different
}
