package access

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cedar-policy/cedar-go"
)

// head is what stands between the brackets of a policy, as far as it says on
// what a policy can bear. Asking only the policies whose head fits an action
// answers the same and several times quicker.
type head struct {
	Action struct {
		Op       string      `json:"op"`
		Entity   headEntity  `json:"entity"`
		Entities headActions `json:"entities"`
	} `json:"action"`
	Resource struct {
		Op   string `json:"op"`
		Type string `json:"entity_type"`
	} `json:"resource"`
}

type (
	headEntity  struct{ ID string }
	headActions []headEntity
)

// headOf reads the head of a policy. An action or a group that is not in the
// table is an error: such a policy would never be met.
func headOf(policy *cedar.Policy) (head, error) {
	var h head
	text, err := policy.MarshalJSON()
	if err == nil {
		err = json.Unmarshal(text, &h)
	}
	if err != nil {
		return h, fmt.Errorf("reading the head: %w", err)
	}
	for _, id := range h.actions() {
		_, known := Find(Action(id))
		if !known && !slices.Contains(groups, id) {
			return h, fmt.Errorf("no action or group %q", id)
		}
	}
	return h, nil
}

// actions returns the actions and groups that the head names; none means all.
func (h head) actions() []string {
	if h.Action.Op == "All" {
		return nil
	}
	var ids []string
	if h.Action.Entity.ID != "" {
		ids = append(ids, h.Action.Entity.ID)
	}
	for _, e := range h.Action.Entities {
		ids = append(ids, e.ID)
	}
	return ids
}

// bears reports whether a policy with this head can bear on an action.
func (h head) bears(e Entry) bool {
	if h.Resource.Op == "is" && h.Resource.Type != entityType(e.Action.Kind()) {
		return false
	}
	named := h.actions()
	if len(named) == 0 {
		return true
	}
	return slices.ContainsFunc(named, func(id string) bool {
		return id == string(e.Action) || slices.Contains(e.groups(), id)
	})
}

// groups are the groups of actions that policies may name.
var groups = []string{"sight", "restricted", "change", "casework"}

// groups returns the groups that an action belongs to.
func (e Entry) groups() []string {
	var in []string
	switch e.Way {
	case Sight, Change:
		in = append(in, string(e.Way))
	case Restricted:
		in = append(in, "restricted")
	}
	if e.Action.Casework() {
		in = append(in, "casework")
	}
	return in
}
