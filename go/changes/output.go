package main

import (
	"sort"
	"strings"
)

func (c *comparison) output() *output {
	out := &output{Changed: []changed{}, Moved: []moved{}, Modules: c.modules()}
	out.Functions.Base, out.Functions.Head = functionsOf(c.base, c.packages), functionsOf(c.head, c.packages)
	out.Unparsed = append(append([]unparsed{}, c.base.unparsed...), c.head.unparsed...)
	modules := map[string]*moduleChange{}
	for i := range out.Modules {
		modules[out.Modules[i].Path] = &out.Modules[i]
	}
	for _, key := range c.packages {
		for _, change := range c.changedOf(key) {
			p := c.head.listed[key]
			if p == nil || change.Status == "removed" && c.base.listed[key] != nil {
				p = c.base.listed[key]
			}
			change.Package = p.ImportPath
			if p.Module != nil && !p.Module.IsMain {
				change.Module = modules[p.Module.Path]
				if change.Module == nil {
					version := p.Module.version()
					change.Module = &moduleChange{p.Module.Path, version, version}
				}
			}
			out.Changed = append(out.Changed, change)
		}
	}
	out.Moved = c.moved(out.Changed)
	return out
}

func functionsOf(s *side, packages []string) []*function {
	all := []*function{}
	for _, key := range packages {
		if p := s.parsed[key]; p != nil {
			all = append(all, p.functions...)
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].File != all[j].File {
			return all[i].File < all[j].File
		}
		return all[i].StartLine < all[j].StartLine
	})
	return all
}

// changedOf lists the changed functions of one package by name.
func (c *comparison) changedOf(key string) []changed {
	base, head := byName(c.base.parsed[key]), byName(c.head.parsed[key])
	cWords, cDiffers := c.changedC(key)
	names := map[string]bool{}
	for name := range base {
		names[name] = true
	}
	for name := range head {
		names[name] = true
	}
	var all []changed
	for _, name := range sorted(names) {
		b, h := base[name], head[name]
		one := append(append([]*function{}, h...), b...)[0]
		change := changed{Name: name, Kind: one.Kind, Reason: "source"}
		switch {
		case len(b) == 0:
			change.Status = "added"
		case len(h) == 0:
			change.Status = "removed"
		default:
			change.Status, change.Reason = "modified", c.reason(key, b, h, cWords, cDiffers)
		}
		if change.Reason != "" {
			all = append(all, change)
		}
	}
	if start, ok := c.changedStart(key); ok {
		all = append(all, start)
		sort.SliceStable(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	}
	return all
}

// reason says why a function that is on both sides counts as changed, or nothing.
func (c *comparison) reason(key string, b, h []*function, cWords map[string]string, cDiffers bool) string {
	if identity(b) != identity(h) {
		if h[0].Kind == "assembly" {
			return "assembly"
		}
		return "source"
	}
	p := c.head.parsed[key]
	for _, fn := range h {
		switch fn.Kind {
		case "c":
			for _, word := range fn.words {
				if word != fn.Name && cWords[word] != "" {
					return "uses " + cWords[word]
				}
			}
			if cWords[""] != "" {
				return "uses " + cWords[""]
			}
		case "assembly":
			for _, word := range fn.words {
				if reason := c.declarations[reference{key, word}]; reason != "" {
					return reason
				}
			}
		default:
			if reason := c.changedUse(key, fn.context, fn.mentions); reason != "" {
				return reason
			}
			if reason := c.selectedField(fn, p, key); reason != "" {
				return reason
			}
			if fn.mentions.c && cDiffers {
				return "cgo"
			}
		}
	}
	return ""
}

func byName(p *goPackage) map[string][]*function {
	all := map[string][]*function{}
	if p != nil {
		for _, fn := range p.functions {
			all[fn.Name] = append(all[fn.Name], fn)
		}
	}
	return all
}

// identity is what a set of functions with one name is, whatever their order and files.
func identity(functions []*function) string {
	var parts []string
	for _, fn := range functions {
		parts = append(parts, fn.Hash+" "+fn.context)
	}
	sort.Strings(parts)
	return strings.Join(parts, "\n")
}

// changedStart says whether the code that initialises a package's variables differs: the synthetic function `init`.
func (c *comparison) changedStart(key string) (changed, bool) {
	before, after, reason := false, false, ""
	for _, p := range c.pairs[key] {
		ranBefore, runsAfter := p.base != nil && p.base.runs, p.head != nil && p.head.runs
		before, after = before || ranBefore, after || runsAfter
		if !ranBefore && !runsAfter || c.declarations[p.ref] == "" {
			continue
		}
		if c.source[p.ref] {
			reason = "source"
		} else if reason == "" {
			reason = c.declarations[p.ref]
		}
	}
	change := changed{Name: key + ".init", Kind: "go", Status: "modified", Reason: reason}
	switch {
	case !before:
		change.Status = "added"
	case !after:
		change.Status = "removed"
	}
	return change, reason != ""
}

// moved pairs removed with added functions of the same printed source; where there are several, the packages whose paths
// end alike go together.
func (c *comparison) moved(all []changed) []moved {
	status := map[string]string{}
	for _, change := range all {
		status[change.Name] = change.Status
	}
	added := map[string][]*function{}
	for _, key := range c.packages {
		if p := c.head.parsed[key]; p != nil {
			for _, fn := range p.functions {
				if fn.Kind == "go" && status[fn.Name] == "added" && !strings.HasSuffix(fn.Name, "*") {
					added[fn.Hash] = append(added[fn.Hash], fn)
				}
			}
		}
	}
	pairs := []moved{}
	taken := map[string]bool{}
	for _, key := range c.packages {
		p := c.base.parsed[key]
		if p == nil {
			continue
		}
		for _, fn := range p.functions {
			if fn.Kind != "go" || status[fn.Name] != "removed" || taken[fn.Name] || strings.HasSuffix(fn.Name, "*") {
				continue
			}
			best, score := "", -1
			for _, to := range added[fn.Hash] {
				if s := commonEnd(fn.Package, to.Package); !taken[to.Name] && s > score {
					best, score = to.Name, s
				}
			}
			if best != "" {
				taken[best], taken[fn.Name] = true, true
				pairs = append(pairs, moved{fn.Name, best})
			}
		}
	}
	sort.Slice(pairs, func(i, j int) bool { return pairs[i].From < pairs[j].From })
	return pairs
}

func commonEnd(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {
		n++
	}
	return n
}

func (c *comparison) modules() []moduleChange {
	paths := map[string]bool{}
	for path := range c.base.modules {
		paths[path] = true
	}
	for path := range c.head.modules {
		paths[path] = true
	}
	list := []moduleChange{}
	for _, path := range sorted(paths) {
		if b, h := c.base.modules[path], c.head.modules[path]; b != h {
			list = append(list, moduleChange{path, b, h})
		}
	}
	return list
}
