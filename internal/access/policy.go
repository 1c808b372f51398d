package access

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/cedar-policy/cedar-go"
)

// shipped are the policies of this version of the house.
//
//go:embed policy/*.cedar
var shipped embed.FS

// Policies are Cedar policies that are ready to be asked. They do not change and
// may be asked from many goroutines.
type Policies struct {
	all   *cedar.PolicySet
	on    map[Action]*cedar.PolicySet // those that can bear on an action
	rules []Rule
}

// Rule is one policy as a lawyer would cite it.
type Rule struct {
	ID      string // of its @id, named in every decision that it made
	Subject string // file that it stands in
	Forbids bool
	Says    string // its @says: the policy in one sentence
}

// Shipped returns the policies of this version of the house. It panics where
// they cannot be read, which a test rules out.
func Shipped() *Policies {
	p, err := read(shipped)
	if err != nil {
		panic(err)
	}
	return p
}

// Rules returns every policy, by file and in the order of the file.
func (p *Policies) Rules() []Rule { return slices.Clone(p.rules) }

// read reads the folder policy of files. A policy without @id or @says, or with
// the id of another one, is an error: answers name policies by their ids, which
// Cedar itself would name by their places.
func read(files fs.FS) (*Policies, error) {
	names, err := fs.Glob(files, "policy/*.cedar")
	if err != nil {
		return nil, fmt.Errorf("reading the policies: %w", err)
	}
	p := &Policies{all: cedar.NewPolicySet(), on: map[Action]*cedar.PolicySet{}}
	for _, e := range table {
		p.on[e.Action] = cedar.NewPolicySet()
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading the policies: %w", err)
		}
		list, err := cedar.NewPolicyListFromBytes(name, text)
		if err != nil {
			return nil, fmt.Errorf("reading the policies: %s: %w", name, err)
		}
		for _, policy := range list {
			if err := p.add(name, policy); err != nil {
				return nil, fmt.Errorf("reading the policies: %s:%d: %w", name, policy.Position().Line, err)
			}
		}
	}
	if len(p.rules) == 0 {
		return nil, fmt.Errorf("reading the policies: there are none")
	}
	return p, nil
}

func (p *Policies) add(file string, policy *cedar.Policy) error {
	id, says := policy.Annotations()["id"], policy.Annotations()["says"]
	switch {
	case id == "":
		return fmt.Errorf("a policy without @id")
	case says == "":
		return fmt.Errorf("policy %s: no @says that tells it in one sentence", id)
	case !p.all.Add(cedar.PolicyID(id), policy):
		return fmt.Errorf("policy %s: another one has that id", id)
	}
	h, err := headOf(policy)
	if err != nil {
		return fmt.Errorf("policy %s: %w", id, err)
	}
	for _, e := range table {
		if h.bears(e) {
			p.on[e.Action].Add(cedar.PolicyID(id), policy)
		}
	}
	p.rules = append(p.rules, Rule{string(id), file, policy.Effect() == cedar.Forbid, string(says)})
	return nil
}
