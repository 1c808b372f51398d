package clientele

import (
	"hash/fnv"
	"iter"
	"math"
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
	keys   []key    // ascending
	blocks [][]byte // customers, a batch each
	starts []uint32 // customer -> its place in the block
}

// key is the hash of an identifier of a customer, or of one that it resembles, and
// behind it in the low half the customer.
type key uint64

func keyOf(identifier string, customer uint32) key {
	h := fnv.New32a()
	h.Write([]byte(index.Alike(identifier)))
	return key(h.Sum32())<<32 | key(customer)
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
		first, last := keyOf(k, 0), keyOf(k, math.MaxUint32)
		at, _ := slices.BinarySearch(c.keys, first)
		for ; at < len(c.keys) && c.keys[at] <= last; at++ {
			out = append(out, int(uint32(c.keys[at])))
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
