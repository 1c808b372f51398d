package clientele

import (
	"cmp"
	"hash/fnv"
	"iter"
	"slices"

	"interdict/internal/book"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// Clientele is the customers of a book, by their places from 0 on. It is
// immutable and safe for concurrent use.
type Clientele struct {
	roll   *index.Roll
	keys   []key    // by hash and customer
	blocks [][]byte // customers, a batch each
	starts []uint32 // customer -> its place in the block
}

// key is an identifier of a customer, or one that it resembles.
type key struct {
	hash     uint64
	customer uint32
}

// Touched returns the places, ascending, of the customers whose answer at the
// threshold of the options may not be the same on both registers of a
// difference. The error is Invalid for a threshold that is not answered.
func (c *Clientele) Touched(d screen.Difference, o screen.Options) ([]int, error) {
	met, err := c.roll.Meets(d.Index, o.NameThreshold(), match.NameCosts)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, i := range met {
		out = append(out, int(i))
	}
	for _, k := range d.Keys {
		h := hashOf(index.Alike(k))
		at, _ := slices.BinarySearchFunc(c.keys, h, func(k key, h uint64) int { return cmp.Compare(k.hash, h) })
		for ; at < len(c.keys) && c.keys[at].hash == h; at++ {
			out = append(out, int(c.keys[at].customer))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Len is the number of customers.
func (c *Clientele) Len() int { return len(c.starts) }

// Size counts the readings of names and the distinct words of all customers.
func (c *Clientele) Size() index.RollSize { return c.roll.Size() }

// Customers yields the customers at these places. Extra columns and the parts of
// names are not kept.
func (c *Clientele) Customers(places []int) iter.Seq2[book.Customer, error] {
	return func(yield func(book.Customer, error) bool) {
		for _, i := range places {
			if !yield(unpack(c.blocks[i/batchSize][c.starts[i]:]), nil) {
				return
			}
		}
	}
}

func hashOf(k string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(k))
	return h.Sum64()
}
