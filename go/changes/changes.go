// Which functions does a commit change? This program reads the package lists of base and head (as `go list -deps -json`
// gives them) from its standard input, parses what may differ, compares, and prints one JSON document.
//
// It knows Go, assembly and C sources and nothing of git, builds or measurements. It resolves names by scope and import,
// not by type: where that is not enough it calls a function changed rather than not, since a function that is called
// changed and costs the same is harmless, and one that is missed puts its cost on its caller.
//
// Names are those of Go's own profiles in canonical form: import paths unescaped, type arguments as [...], ordinals
// removed. A package may have many init functions (pkg.init.0, pkg.init.1, ...): they share the key `pkg.init.*`.
// Closures of package-level initialisers and init functions share `pkg.glob..func*`, and the code that runs those
// initialisers is `pkg.init`. A closure inside another function belongs to that function.
//
// Standard library only; compiles with Go 1.18.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type input struct {
	Base     listing `json:"base"`
	Head     listing `json:"head"`
	Standard bool    `json:"standard"` // the standard library too: the two sides use different Go versions
}

type listing struct {
	Packages []*listed `json:"packages"`
}

// listed is a package as the go command lists it.
type listed struct {
	ImportPath string            `json:"importPath"`
	Dir        string            `json:"dir"`
	Name       string            `json:"name"`
	IsStandard bool              `json:"isStandard"`
	Module     *module           `json:"module"`
	Imports    []string          `json:"imports"`
	ImportMap  map[string]string `json:"importMap"`
	GoFiles    []string          `json:"goFiles"`
	CgoFiles   []string          `json:"cgoFiles"`
	SFiles     []string          `json:"sFiles"`
	CFiles     []string          `json:"cFiles"`
	CXXFiles   []string          `json:"cxxFiles"`
	MFiles     []string          `json:"mFiles"`
	HFiles     []string          `json:"hFiles"`
	EmbedFiles []string          `json:"embedFiles"`
}

type module struct {
	Path    string  `json:"path"`
	Version string  `json:"version"`
	Dir     string  `json:"dir"`
	IsMain  bool    `json:"isMain"`
	Replace *module `json:"replace"`
}

type output struct {
	Functions struct {
		Base []*function `json:"base"`
		Head []*function `json:"head"`
	} `json:"functions"`
	Changed  []changed      `json:"changed"`
	Moved    []moved        `json:"moved"`
	Modules  []moduleChange `json:"modules"`
	Unparsed []unparsed     `json:"unparsed"`
}

// function is a declared function; two of a package may share a key (init, closures of initialisers, build variants).
type function struct {
	Name      string `json:"name"`
	Kind      string `json:"kind"` // go, assembly or c
	Package   string `json:"package"`
	File      string `json:"file"` // as -trimpath prints it
	Path      string `json:"path"` // on disk
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Hash      string `json:"hash"` // of the printed source

	context  string   // what the names in the source stand for: import paths, surroundings of an assembly block
	mentions mentions // of Go functions
	words    []string // of assembly and C functions
}

type changed struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`
	Status  string        `json:"status"` // modified, added or removed
	Reason  string        `json:"reason"` // source, uses <pkg.decl>, embed <file>, assembly or cgo
	Package string        `json:"package"`
	Module  *moduleChange `json:"module,omitempty"` // the dependency that it belongs to
}

type moved struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type moduleChange struct {
	Path string `json:"path"`
	Base string `json:"base,omitempty"` // no version: not there on that side
	Head string `json:"head,omitempty"`
}

type unparsed struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var in input
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&in); err != nil {
		return fmt.Errorf("the package lists on stdin: %w", err)
	}
	out, err := find(&in)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return err
	}
	return w.Flush()
}

// find parses and compares. A first pass takes the packages that may differ; then come the unchanged dependencies that
// import a package with a changed declaration, since a constant or a type of it is compiled into them.
func find(in *input) (*output, error) {
	base, head := newSide(in.Base.Packages), newSide(in.Head.Packages)
	wanted := map[string]bool{}
	for key := range base.listed {
		wanted[key] = mayDiffer(base, head, key, in.Standard)
	}
	for key := range head.listed {
		wanted[key] = mayDiffer(base, head, key, in.Standard)
	}
	for {
		if err := base.parse(wanted); err != nil {
			return nil, err
		}
		if err := head.parse(wanted); err != nil {
			return nil, err
		}
		c := compare(base, head)
		more := false
		for key, p := range head.listed {
			if wanted[key] || p.IsStandard && !in.Standard {
				continue
			}
			for _, path := range p.Imports {
				if c.hasChangedDeclarations(head.key(path)) {
					wanted[key], more = true, true
					break
				}
			}
		}
		if !more {
			return c.output(), nil
		}
	}
}

// mayDiffer says whether a package has to be parsed: not the standard library, and not a dependency that has the same
// version on both sides.
func mayDiffer(base, head *side, key string, standard bool) bool {
	b, h := base.listed[key], head.listed[key]
	one := h
	if one == nil {
		one = b
	}
	if one.IsStandard {
		return standard
	}
	if !fixed(one) || b != nil && h != nil && !fixed(b) {
		return true
	}
	version := one.Module.version()
	return base.modules[one.Module.Path] != version || head.modules[one.Module.Path] != version
}

// fixed says whether path@version says what the source is: not for a main module, a directory, or a vendored copy, which
// has no module directory of its own.
func fixed(p *listed) bool {
	m := p.Module
	if m == nil || m.IsMain || m.Version == "" || m.Dir == "" {
		return false
	}
	return m.Replace == nil || m.Replace.Version != ""
}

// version says what was asked for and what stands in for it.
func (m *module) version() string {
	if m.Replace == nil {
		return m.Version
	}
	if m.Replace.Version == "" {
		return m.Version + " => " + m.Replace.Path
	}
	return m.Version + " => " + m.Replace.Path + " " + m.Replace.Version
}
