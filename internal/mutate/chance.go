package mutate

// Chance draws numbers that follow from its seed alone (SplitMix64; Steele,
// Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
type Chance struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

// NewChance returns the sequence of seed.
func NewChance(seed uint64) *Chance { return &Chance{seed} }

// ChanceOf returns a sequence of its own for a seed and some words (FNV-1a).
func ChanceOf(seed uint64, words ...string) *Chance {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return NewChance(NewChance(seed).Next() ^ h)
}

// Next returns the next number.
func (c *Chance) Next() uint64 {
	c.state += golden
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// N returns a number from 0 to n-1; n must be positive. The bias is below
// n / 2^64.
func (c *Chance) N(n int) int { return int(c.Next() % uint64(n)) }

// Pick returns one of list, which must not be empty.
func Pick[T any](c *Chance, list []T) T { return list[c.N(len(list))] }

// Shuffle puts list in another order.
func Shuffle[T any](c *Chance, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := c.N(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
