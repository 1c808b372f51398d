package index

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"interdict/internal/name"
)

// block is a part of a text between blank lines, with its offset.
type block struct {
	start int
	text  string
}

// shareOfText is how many bytes of a text are worth another core: each learns the
// words of the text for itself, which takes longer than reading them.
const shareOfText = 1 << 20

// mentions are those of a part of the index, in no order. The blocks of a long text
// are read on all cores that no other text has, one for each share of it.
func (p *part) mentions(text string, theta int, find finding, share int) (out []Mention) {
	all := blocks(text)
	var mu sync.Mutex
	var wait sync.WaitGroup
	var next atomic.Int64
	var broken any
	read := func() {
		sc, found := p.scanners.take(), []Mention(nil)
		for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
			found = p.within(found, sc, all[i], theta, find)
		}
		p.scanners.put(sc)
		mu.Lock()
		defer mu.Unlock()
		out = append(out, found...)
	}
	p.reading.Add(1)
	defer p.reading.Add(-1)
	defer wait.Wait() // also where this goroutine breaks
	for range min(len(text)/share, len(all)-1) {
		if !p.joinsReading() {
			break
		}
		wait.Go(func() {
			defer p.reading.Add(-1)
			defer func() {
				if x := recover(); x != nil {
					mu.Lock()
					defer mu.Unlock()
					broken = fmt.Sprintf("%v\n%s", x, debug.Stack())
				}
			}()
			read()
		})
	}
	read()
	wait.Wait()
	if broken != nil {
		panic(broken) // as if the caller's goroutine had read all of it
	}
	return out
}

// joinsReading counts a goroutine more that reads, if there is a core for it.
func (p *part) joinsReading() bool {
	if int(p.reading.Add(1)) <= runtime.GOMAXPROCS(0) {
		return true
	}
	p.reading.Add(-1)
	return false
}

// within adds the mentions of a block.
func (p *part) within(out []Mention, sc *scanner, b block, theta int, find finding) []Mention {
	for _, kind := range [...]name.Kind{name.AsPerson, name.AsOrganisation} {
		for _, s := range bestSpans(sc.spans(b.text, kind, theta, find)) {
			words := moved(s.words, b.start)
			for _, h := range p.expand(nil, s.hit, 0) {
				out = append(out, Mention{h, b.start + s.start, b.start + s.end, words})
			}
		}
	}
	return out
}

// blocks are the parts of a text between blank lines.
func blocks(text string) (all []block) {
	start := 0
	for at := 0; at < len(text); {
		nl := strings.IndexByte(text[at:], '\n')
		if nl < 0 {
			break
		}
		at += nl + 1
		end := at
		for at < len(text) && strings.IndexByte(" \t\r\n\v\f", text[at]) >= 0 {
			at++
		}
		if strings.IndexByte(text[end:at], '\n') >= 0 {
			all = append(all, block{start, text[start:end]})
			start = at
		}
	}
	if start < len(text) {
		all = append(all, block{start, text[start:]})
	}
	return all
}
