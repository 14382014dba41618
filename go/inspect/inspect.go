// What does the source of a service say about how it is started and what it answers? This program reads a list of packages
// (as `go list -deps` orders them) from its standard input, parses them, and prints one JSON document: package-level text
// variables, command-line flags, environment variables, subcommands, listeners and HTTP routes.
//
// It knows Go's syntax and, through go/types, what the names in these packages stand for. Of all other packages it knows
// the names alone, so nothing has to be downloaded or built. What it finds is a guess that somebody else has to try.
//
// Standard library only; compiles with Go 1.18.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"strings"
)

type input struct {
	Root     string            `json:"root"` // files are told relative to it
	Packages []*listed         `json:"packages"`
	Names    map[string]string `json:"names"` // import path -> package name, of the packages that are not inspected
}

// listed is a package to inspect.
type listed struct {
	ImportPath string   `json:"importPath"`
	Dir        string   `json:"dir"`
	Files      []string `json:"files"`
}

// found is what one package declares.
type found struct {
	ImportPath  string       `json:"importPath"`
	Imports     []string     `json:"imports"`
	Variables   []variable   `json:"variables"`
	Flags       []flag       `json:"flags"`
	Environment []setting    `json:"environment"`
	Commands    []command    `json:"commands"`
	Listens     []listen     `json:"listens"`
	Routes      []route      `json:"routes"`
	Rpcs        []rpc        `json:"rpcs"`
	Configs     []configFile `json:"configs"`
	Unclear     []position   `json:"unclear"` // where a route is registered under a path that was not understood
}

// variable is a package-level text variable that the linker can set.
type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	position
}

// flag is a command-line flag that takes a value.
type flag struct {
	Name     string `json:"name"`
	Dashes   string `json:"dashes"`
	Default  string `json:"default"`
	IsNumber bool   `json:"isNumber"`
	Command  string `json:"command"` // the subcommand that it is defined within, if any
	position
}

// setting is an environment variable that is read.
type setting struct {
	Name    string `json:"name"`
	Default string `json:"default"`
	position
}

// command is a subcommand of the program.
type command struct {
	Name string `json:"name"`
	position
}

// listen is a place that serves HTTP or opens a port.
type listen struct {
	Call    string `json:"call"`    // as it is written: http.ListenAndServe
	Address string `json:"address"` // "" unless it is a constant
	IsTold  bool   `json:"isTold"`  // it is given an address that is none
	position
}

// route is a registered path; without a method it answers any.
type route struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	position
}

type position struct {
	File string `json:"file"`
	Line int    `json:"line"`
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
		return fmt.Errorf("read the list of packages: %w", err)
	}
	w := bufio.NewWriter(os.Stdout)
	if err := json.NewEncoder(w).Encode(struct {
		Packages []*found `json:"packages"`
	}{inspect(in)}); err != nil {
		return err
	}
	return w.Flush()
}

// inspect tells what the packages declare, in their order.
func inspect(in input) []*found {
	p := load(in)
	routes, unclear := p.routes()
	out := []*found{}
	readers := []*reader{}
	for _, pkg := range p.packages {
		f := &found{
			ImportPath: pkg.importPath, Imports: pkg.imports(),
			Variables: p.variables(pkg), Routes: routes[pkg], Unclear: unclear[pkg],
			Flags: []flag{}, Environment: []setting{}, Commands: []command{}, Listens: []listen{}, Rpcs: []rpc{},
			Configs: []configFile{},
		}
		if f.Routes == nil {
			f.Routes = []route{}
		}
		if f.Unclear == nil {
			f.Unclear = []position{}
		}
		readers = append(readers, p.reader(pkg, f))
		out = append(out, f)
	}
	for i, one := range readers { // before the tags of any package are read
		p.packages[i].each(one.structs)
	}
	for i, one := range readers {
		one.settings(p.packages[i])
	}
	return out
}

func (p *program) position(n ast.Node) position { return p.positionOf(n.Pos()) }

func (p *program) positionOf(pos token.Pos) position {
	at := p.fset.Position(pos)
	return position{File: strings.TrimPrefix(at.Filename, p.root+"/"), Line: at.Line}
}
