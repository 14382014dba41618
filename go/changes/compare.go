package main

import (
	"go/ast"
	"go/token"
	"sort"
	"strings"
)

// reference is a package-level declaration: of a package by its key.
type reference struct{ pkg, name string }

func (r reference) String() string { return r.pkg + "." + r.name }

// comparison is what differs between two parsed sides.
type comparison struct {
	base, head   *side
	packages     []string             // the keys of all parsed packages, sorted
	pairs        map[string][]pair    // the declarations of a package, sorted by name
	declarations map[reference]string // changed -> reason for those who use it
	source       map[reference]bool   // changed in their own source
	fields       []fieldChange
}

// pair is a declaration of one name on both sides; nil where it is not there.
type pair struct {
	ref        reference
	base, head *declaration
}

// fieldChange is a field of a struct type that is not what it was.
type fieldChange struct {
	owner   reference
	name    string
	retyped bool // there on both sides, with another type
}

func compare(base, head *side) *comparison {
	c := &comparison{base: base, head: head, pairs: map[string][]pair{}, declarations: map[reference]string{}, source: map[reference]bool{}}
	keys := map[string]bool{}
	for key := range base.parsed {
		keys[key] = true
	}
	for key := range head.parsed {
		keys[key] = true
	}
	for key := range keys {
		c.packages = append(c.packages, key)
	}
	sort.Strings(c.packages)
	for _, key := range c.packages {
		names := map[string]bool{}
		for _, s := range []*side{base, head} {
			if p := s.parsed[key]; p != nil {
				for name := range p.declarations {
					names[name] = true
				}
			}
		}
		for _, name := range sorted(names) {
			ref := reference{key, name}
			c.pairs[key] = append(c.pairs[key], pair{ref, declarationOf(base, ref), declarationOf(head, ref)})
		}
	}
	c.findDeclarations()
	c.findFields()
	return c
}

func (c *comparison) hasChangedDeclarations(pkg string) bool {
	for _, p := range c.pairs[pkg] {
		if c.declarations[p.ref] != "" {
			return true
		}
	}
	return false
}

func declarationOf(s *side, ref reference) *declaration {
	if p := s.parsed[ref.pkg]; p != nil {
		return p.declarations[ref.name]
	}
	return nil
}

func (c *comparison) exists(ref reference) bool {
	return declarationOf(c.base, ref) != nil || declarationOf(c.head, ref) != nil
}

// each calls do for every declaration of either side, in order.
func (c *comparison) each(do func(p pair)) {
	for _, key := range c.packages {
		for _, p := range c.pairs[key] {
			do(p)
		}
	}
}

// findDeclarations finds the constants, variables and types that differ, then those that are made from them.
func (c *comparison) findDeclarations() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		switch {
		case b != nil && h != nil && b.kind == h.kind && b.hash == h.hash && b.context == h.context:
			if file := differentFile(b.embeds, h.embeds); file != "" {
				c.declarations[p.ref] = "embed " + file
				c.source[p.ref] = true
			}
		case (b == nil || b.kind == token.FUNC) && (h == nil || h.kind == token.FUNC) && !builtin[p.ref.name]:
		default:
			c.declarations[p.ref] = "uses " + p.ref.String()
			c.source[p.ref] = true
		}
	})
	for {
		found := map[reference]string{}
		c.each(func(p pair) {
			if p.head == nil || c.declarations[p.ref] != "" {
				return
			}
			if reason := c.changedUse(p.ref.pkg, p.head.context, p.head.mentions); reason != "" {
				found[p.ref] = reason
			}
		})
		if len(found) == 0 {
			return
		}
		for ref, reason := range found {
			c.declarations[ref] = reason
		}
	}
}

// builtin are the functions of the language that a package may declare anew, or stop doing so: an unchanged call then
// means another function.
var builtin = map[string]bool{}

func init() {
	for _, name := range strings.Fields("append cap clear close complex copy delete imag len make max min new panic print println real recover") {
		builtin[name] = true
	}
}

func differentFile(b, h map[string]string) string {
	names := map[string]bool{}
	for name := range b {
		names[name] = true
	}
	for name := range h {
		names[name] = true
	}
	for _, name := range sorted(names) {
		if b[name] != h[name] {
			return name
		}
	}
	return ""
}

// changedUse is the reason of the first changed declaration among those that a source mentions, or nothing.
func (c *comparison) changedUse(pkg, context string, m mentions) string {
	var dots []string
	for _, part := range strings.Fields(context) {
		if strings.HasPrefix(part, ".=") {
			dots = append(dots, part[2:])
		}
	}
	for _, name := range sorted(m.names) {
		ref := reference{pkg, name}
		if reason := c.declarations[ref]; reason != "" {
			return reason
		}
		if !c.exists(ref) {
			for _, dot := range dots {
				if reason := c.declarations[reference{dot, name}]; reason != "" {
					return reason
				}
			}
		}
	}
	var paths []string
	for path := range m.qualified {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		for _, name := range sorted(m.qualified[path]) {
			if reason := c.declarations[reference{path, name}]; reason != "" {
				return reason
			}
		}
	}
	return ""
}

// findFields finds the fields that got another type, be it by a change of the type's own declaration. A field that was
// added or removed matters to unchanged code only where an embedded type has one of that name.
func (c *comparison) findFields() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		if c.declarations[p.ref] == "" || b == nil || h == nil {
			return
		}
		names := map[string]bool{}
		embeds := false
		for _, fields := range []map[string]field{b.fields, h.fields} {
			for name, f := range fields {
				names[name] = true
				embeds = embeds || f.embedded
			}
		}
		for _, name := range sorted(names) {
			before, hadIt := b.fields[name]
			after, hasIt := h.fields[name]
			switch {
			case !hadIt || !hasIt:
				if embeds {
					c.fields = append(c.fields, fieldChange{p.ref, name, false})
				}
			case before.hash != after.hash, c.changedUse(p.ref.pkg, h.context, after.mentions) != "":
				c.fields = append(c.fields, fieldChange{p.ref, name, true})
			}
		}
	})
}

// selectedField is the reason of a function that selects a changed field: of a type of its own package, or a retyped
// exported one of a package that it imports.
func (c *comparison) selectedField(fn *function, p *goPackage, key string) string {
	for _, field := range c.fields {
		if !fn.mentions.selected[field.name] {
			continue
		}
		if field.owner.pkg == key || field.retyped && ast.IsExported(field.name) && c.imports(p, field.owner.pkg) {
			return "uses " + field.owner.String()
		}
	}
	return ""
}

func (c *comparison) imports(p *goPackage, key string) bool {
	for _, path := range p.listed.Imports {
		if c.head.key(path) == key {
			return true
		}
	}
	return false
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for item := range set {
		list = append(list, item)
	}
	sort.Strings(list)
	return list
}
