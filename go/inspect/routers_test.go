package main

import (
	"fmt"
	"reflect"
	"testing"
)

// graph has a router for each number.
func graph(n int) (*routers, []*router) {
	g := &routers{known: map[interface{}]*router{}}
	var all []*router
	for i := 0; i < n; i++ {
		all = append(all, g.by(i))
	}
	return g, all
}

func TestPrefixes(t *testing.T) {
	for _, test := range []struct {
		name  string
		build func(r []*router)
		want  []string // of the last router
	}{
		{"a root", func(r []*router) {}, []string{""}},
		{"under two others", func(r []*router) { r[1].hang(r[0], "/a"); r[3].hang(r[1], "/b") }, []string{"/a/b"}},
		{"in two places", func(r []*router) { r[3].hang(r[0], "/a"); r[3].hang(r[1], "/b") }, []string{"/a", "/b"}},
		{"twice in one", func(r []*router) { r[3].hang(r[0], "/a"); r[3].hang(r[0], "/a") }, []string{"/a"}},
		{"the shorter way first", func(r []*router) {
			r[1].hang(r[0], "/a")
			r[3].hang(r[1], "/b")
			r[3].hang(r[0], "/c")
		}, []string{"/c", "/a/b"}},
		{"joined to one that hangs", func(r []*router) { r[1].hang(r[0], "/a"); r[1].join(r[2]); r[3].hang(r[2], "/b") }, []string{"/a/b"}},
		{"joined to one that is joined later", func(r []*router) { r[1].join(r[2]); r[0].join(r[1]); r[3].hang(r[2], "/b") }, []string{"/b"}},
		{"joined in a circle", func(r []*router) { r[1].join(r[2]); r[2].join(r[1]); r[1].hang(r[0], "/a"); r[3].hang(r[2], "/b") }, []string{"/a/b"}},
		{"under itself alone", func(r []*router) { r[3].hang(r[3], "/a") }, nil},
		{"under itself too", func(r []*router) { r[3].hang(r[0], "/a"); r[3].hang(r[3], "/b") }, []string{"/a"}},
		{"in a circle of two", func(r []*router) {
			r[1].hang(r[0], "/a")
			r[3].hang(r[1], "/b")
			r[1].hang(r[3], "/c")
		}, []string{"/a/b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, all := graph(4)
			test.build(all)
			if got := g.prefixes()[all[3].self()]; !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Each of many hangs under all: the ways are more than can be walked, and only the first few are.
func TestPrefixesAreFew(t *testing.T) {
	g, all := graph(60)
	for i, r := range all[1:] {
		for j, parent := range all {
			r.hang(parent, fmt.Sprint("/", i, "-", j))
		}
	}
	prefixes := g.prefixes()
	for _, r := range all[1:] {
		if got := len(prefixes[r]); got != mostPrefixes {
			t.Fatalf("got %d", got)
		}
	}
}
