package form_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/form"
)

type inner struct {
	Key string `json:"key"`
}

type sample struct {
	inner
	Text  string    `json:"text"`
	Flag  bool      `json:"flag,omitempty"`
	Count int       `json:"count,omitempty"`
	Bytes []byte    `json:"bytes,omitempty"`
	At    time.Time `json:"at,omitzero"`
	List  []inner   `json:"list,omitempty"`
	One   *inner    `json:"one,omitempty"`
}

func TestPut(t *testing.T) {
	cases := []struct {
		name   string
		values []form.Value
		want   string // JSON; empty: it is refused
	}{
		{"an embedded field", []form.Value{{Path: "key", Text: "k"}}, `{"key":"k"}`},
		{"a number keeps its digits", []form.Value{{Path: "count", Text: "9007199254740993"}}, `{"count":9007199254740993}`},
		{"bytes of a file", []form.Value{{Path: "bytes", Bytes: []byte("\xff\x00\n")}}, `{"bytes":"/wAK"}`},
		{"a file as a text", []form.Value{{Path: "text", Bytes: []byte("@x")}}, `{"text":"@x"}`},
		{"a list in its order", []form.Value{{Path: "list.0.key", Text: "a"}, {Path: "list.1.key", Text: "b"}}, `{"list":[{"key":"a"},{"key":"b"}]}`},
		{"below a pointer", []form.Value{{Path: "one.key", Text: "k"}}, `{"one":{"key":"k"}}`},
		{"a gap in a list", []form.Value{{Path: "list.1.key", Text: "b"}}, ``},
		{"no such field", []form.Value{{Path: "kei", Text: "k"}}, ``},
		{"below a text", []form.Value{{Path: "text.x", Text: "k"}}, ``},
		{"no number", []form.Value{{Path: "count", Text: "many"}}, ``},
		{"something after a number", []form.Value{{Path: "count", Text: "5}"}}, ``},
		{"two numbers", []form.Value{{Path: "count", Text: "5 5"}}, ``},
		{"no instant", []form.Value{{Path: "at", Text: "today"}}, ``},
		{"no base64", []form.Value{{Path: "bytes", Text: "?"}}, ``},
		{"neither true nor false", []form.Value{{Path: "flag", Text: "1"}}, ``},
		{"no UTF-8", []form.Value{{Path: "text", Text: "\xff"}}, ``},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var body any
			var err error
			for _, v := range c.values {
				if body, err = form.Put(reflect.TypeFor[sample](), body, v); err != nil {
					break
				}
			}
			if c.want == "" {
				if fault.KindOf(err) != fault.Invalid {
					t.Fatalf("got %v and %v, want it refused", body, err)
				}
				return
			}
			text, _ := json.Marshal(body)
			if err != nil || string(text) != c.want {
				t.Fatalf("got %s, %v; want %s", text, err, c.want)
			}
		})
	}
	_, err := form.Put(reflect.TypeFor[sample](), nil, form.Value{Path: "kei"})
	var unknown *form.Unknown
	if !errors.As(err, &unknown) || len(unknown.Names()) != 8 {
		t.Fatalf("an unknown field says which there are: %v", err)
	}
}

// What is put can be read back as the struct that it is for, whatever the texts.
func TestPutReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "texts")
		var body any
		for i, text := range texts {
			var err error
			if body, err = form.Put(reflect.TypeFor[sample](), body, form.Value{Path: "list." + strconv.Itoa(i) + ".key", Text: text}); err != nil {
				t.Fatal(err)
			}
		}
		text, err := json.Marshal(body)
		var back sample
		if err == nil {
			err = json.Unmarshal(text, &back)
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range back.List {
			if x.Key != texts[i] {
				t.Fatalf("element %d is %q, was %q", i, x.Key, texts[i])
			}
		}
	})
}

func TestLeaves(t *testing.T) {
	got := map[string]bool{}
	for _, l := range form.Leaves(reflect.TypeFor[sample]()) {
		got[l.Path] = l.Optional
	}
	want := map[string]bool{"key": false, "text": false, "flag": true, "count": true, "bytes": true, "at": true, "list.0.key": true, "one.key": true}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v", got)
	}
}
