package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"sort"
	"strings"
)

// declaration is a package-level constant, variable or type. Functions are here as names only: what they do is judged by
// their own source, and a caller does not change because what it calls has changed.
type declaration struct {
	kind     token.Token // CONST, VAR, TYPE or FUNC
	hash     string
	context  string   // the import paths behind its qualifiers
	mentions mentions // declarations whose change changes this one
	fields   map[string]field
	embeds   map[string]string // embedded file -> digest of its content
	runs     bool              // a variable whose initialiser may need code at start-up
}

type field struct {
	hash     string
	mentions mentions
	embedded bool
}

// sourceFile is one parsed Go file.
type sourceFile struct {
	src        []byte
	syntax     *ast.File
	handle     *token.File
	tokens     tokens
	imports    map[string]string // qualifier -> import path
	dots       []string          // dot-imported paths
	unresolved map[*ast.Ident]bool
	preamble   string // of import "C"
	linknames  map[string][]string
	directives map[ast.Node][]string // //go: lines that the compiler applies to a declaration
	embeds     map[ast.Node][]string // patterns of a variable
	problem    error                 // it does not parse: its declarations are as good as the parser's recovery
}

// readSource parses a file. `named` gives the name of an imported package.
func readSource(path string, src []byte, named func(path string) string) *sourceFile {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path, src, parser.ParseComments)
	if err != nil {
		// The resolver gives up on scopes that the compiler accepts (1000 deep), so what can be had is had without it.
		fset = token.NewFileSet()
		syntax, _ = parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	}
	f := &sourceFile{
		src: src, syntax: syntax, problem: err, tokens: scan(src), handle: fset.File(syntax.Package),
		imports: map[string]string{}, unresolved: map[*ast.Ident]bool{}, linknames: map[string][]string{},
		directives: map[ast.Node][]string{}, embeds: map[ast.Node][]string{},
	}
	if f.handle == nil { // not even a package clause
		f.handle = fset.AddFile(path, fset.Base(), len(src))
		f.syntax = &ast.File{Name: ast.NewIdent("_")}
	}
	for _, id := range f.syntax.Unresolved {
		f.unresolved[id] = true
	}
	f.readImports(named)
	f.readDirectives()
	return f
}

func (f *sourceFile) readImports(named func(path string) string) {
	for _, decl := range f.syntax.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.IMPORT {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ImportSpec)
			path := unquote(spec.Path.Value)
			if path == "C" {
				f.addPreamble(group.Doc)
				f.addPreamble(spec.Doc)
				continue
			}
			switch {
			case spec.Name == nil:
				f.imports[named(path)] = path
			case spec.Name.Name == ".":
				f.dots = append(f.dots, path)
			case spec.Name.Name != "_":
				f.imports[spec.Name.Name] = path
			}
		}
	}
}

// addPreamble keeps a comment as the C compiler sees it, on the lines where it stands.
func (f *sourceFile) addPreamble(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		if missing := f.line(c.Pos()) - 1 - strings.Count(f.preamble, "\n"); missing > 0 {
			f.preamble += strings.Repeat("\n", missing)
		}
		if strings.HasPrefix(c.Text, "//") {
			f.preamble += c.Text[2:] + "\n"
		} else {
			f.preamble += c.Text[2:len(c.Text)-2] + "\n"
		}
	}
}

// readDirectives gives each //go: line to the declaration that the compiler applies it to: the next one.
func (f *sourceFile) readDirectives() {
	var targets []ast.Node
	for _, decl := range f.syntax.Decls {
		targets = append(targets, decl)
		if group, ok := decl.(*ast.GenDecl); ok && group.Lparen.IsValid() {
			for _, spec := range group.Specs {
				targets = append(targets, spec)
			}
		}
	}
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			words := strings.Fields(c.Text)
			if len(words) == 0 {
				continue
			}
			switch {
			case words[0] == "//go:linkname" && len(words) > 1, words[0] == "//export" && len(words) > 1:
				f.linknames[words[1]] = append(f.linknames[words[1]], strings.Join(words, " "))
			case words[0] == "//go:build", words[0] == "//go:generate", words[0] == "//go:debug", words[0] == "//go:fix":
			case strings.HasPrefix(words[0], "//go:"):
				for _, target := range targets {
					if target.Pos() <= c.Pos() {
						if target.End() > c.Pos() && !isGroup(target) {
							break // inside a function
						}
						continue
					}
					if words[0] == "//go:embed" {
						f.embeds[target] = append(f.embeds[target], embedPatterns(c.Text)...)
					} else {
						f.directives[target] = append(f.directives[target], strings.Join(words, " "))
					}
					break
				}
			}
		}
	}
}

func isGroup(n ast.Node) bool {
	group, ok := n.(*ast.GenDecl)
	return ok && group.Lparen.IsValid()
}

func (f *sourceFile) offset(pos token.Pos) int { return f.handle.Offset(f.inside(pos)) }
func (f *sourceFile) line(pos token.Pos) int   { return f.handle.PositionFor(f.inside(pos), false).Line }

// inside keeps the positions of a broken file within it.
func (f *sourceFile) inside(pos token.Pos) token.Pos {
	if first := token.Pos(f.handle.Base()); pos < first {
		return first
	}
	if end := token.Pos(f.handle.Base() + f.handle.Size()); pos > end {
		return end
	}
	return pos
}

// print gives a node's source without comments and formatting; in a broken file its place, as the file's text tells.
func (f *sourceFile) print(n ast.Node, holes ...span) string {
	if f.problem != nil {
		return fmt.Sprint("at ", f.offset(n.Pos()))
	}
	return f.tokens.print(f.offset(n.Pos()), f.offset(n.End()), holes)
}

// hash is the printed source's digest; of a file that does not parse, the whole file's.
func (f *sourceFile) hash(parts ...string) string {
	if f.problem != nil {
		return digest(append(parts, string(f.src))...)
	}
	return digest(parts...)
}

// context says what the qualifiers in a source mean, so that another import under the same name is a change.
func (f *sourceFile) context(m mentions) string {
	var parts []string
	for name := range m.qualifiers {
		parts = append(parts, name+"="+f.imports[name])
	}
	if len(m.names) > 0 {
		for _, path := range f.dots {
			parts = append(parts, ".="+path)
		}
	}
	sort.Strings(parts)
	return strings.Join(parts, " ")
}

// functions are the file's functions and the closures of its package-level initialisers and init functions.
func (f *sourceFile) functions(prefix string) []*function {
	var all []*function
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name == "_" {
				continue
			}
			m := f.mentionsOf(decl)
			directives := append(append([]string{}, f.directives[decl]...), f.linknames[decl.Name.Name]...)
			all = append(all, &function{
				Name: prefix + "." + functionName(decl), Kind: "go",
				StartLine: f.line(decl.Pos()), EndLine: f.line(decl.End()),
				Hash:    f.hash(f.print(decl), strings.Join(directives, "\n")),
				context: f.context(m), mentions: m,
			})
			// Profiles number them with those of the initialisers, and not by the init function that they stand in.
			if functionName(decl) == "init.*" {
				all = append(all, f.closures(prefix, decl.Body)...)
			}
		case *ast.GenDecl:
			if decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				for _, value := range spec.(*ast.ValueSpec).Values {
					all = append(all, f.closures(prefix, value)...)
				}
			}
		}
	}
	return all
}

// closures are those of code that runs at start-up; all of a package have one name.
func (f *sourceFile) closures(prefix string, startUp ast.Node) []*function {
	var all []*function
	for _, closure := range outermostClosures(startUp) {
		m := f.mentionsOf(closure)
		all = append(all, &function{
			Name: prefix + ".glob..func*", Kind: "go",
			StartLine: f.line(closure.Pos()), EndLine: f.line(closure.End()),
			Hash:    f.hash(f.print(closure)),
			context: f.context(m), mentions: m,
		})
	}
	return all
}

// functionName is a function's name behind the package's: F, F[...], T.M, (*T).M, (*T[...]).M, (*T).M[...] (from Go 1.27
// on), init.*.
func functionName(decl *ast.FuncDecl) string {
	name := decl.Name.Name
	if decl.Type.TypeParams != nil {
		name += "[...]"
	}
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		if name == "init" {
			return "init.*"
		}
		return name
	}
	receiver, pointer := decl.Recv.List[0].Type, false
	for {
		switch t := receiver.(type) {
		case *ast.ParenExpr:
			receiver = t.X
			continue
		case *ast.StarExpr:
			receiver, pointer = t.X, true
			continue
		}
		break
	}
	typeName := ""
	switch t := receiver.(type) {
	case *ast.Ident:
		typeName = t.Name
	case *ast.IndexExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	case *ast.IndexListExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	}
	if pointer {
		return "(*" + typeName + ")." + name
	}
	return typeName + "." + name
}

func outermostClosures(n ast.Node) []*ast.FuncLit {
	var all []*ast.FuncLit
	ast.Inspect(n, func(n ast.Node) bool {
		if closure, ok := n.(*ast.FuncLit); ok {
			all = append(all, closure)
			return false
		}
		return true
	})
	return all
}

// declarations adds the file's package-level names to `all`. `embedded` gives the files that patterns match.
func (f *sourceFile) declarations(all map[string]*declaration, embedded func(patterns []string) map[string]string) {
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name != "init" && decl.Name.Name != "_" {
				all[decl.Name.Name] = &declaration{kind: token.FUNC}
			}
		case *ast.GenDecl:
			switch decl.Tok {
			case token.CONST:
				f.constants(decl, all)
			case token.VAR:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.ValueSpec)
					patterns := f.embeds[spec]
					if !decl.Lparen.IsValid() {
						patterns = f.embeds[decl]
					}
					f.variables(spec, embedded(patterns), all)
				}
			case token.TYPE:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.TypeSpec)
					directives := f.directives[spec]
					if !decl.Lparen.IsValid() {
						directives = f.directives[decl]
					}
					all[spec.Name.Name] = f.typeDeclaration(spec, directives)
				}
			}
		}
	}
	delete(all, "_")
}

// constants follows the implicit repetition of a group; the position in it counts where the expression has iota.
func (f *sourceFile) constants(group *ast.GenDecl, all map[string]*declaration) {
	var typ ast.Expr
	var values []ast.Expr
	for i, spec := range group.Specs {
		spec := spec.(*ast.ValueSpec)
		if spec.Type != nil || len(spec.Values) > 0 {
			typ, values = spec.Type, spec.Values
		}
		for j, name := range spec.Names {
			d := &declaration{kind: token.CONST}
			text := ""
			if typ != nil {
				text = f.print(typ)
				f.collect(typ, &d.mentions)
			}
			if j < len(values) {
				text += "=" + f.print(values[j])
				f.collect(values[j], &d.mentions)
			}
			if d.mentions.names["iota"] {
				text += fmt.Sprint("iota ", i)
			}
			d.hash, d.context = f.hash(text), f.context(d.mentions)
			all[name.Name] = d
		}
	}
}

// variables leaves the closures out of their initialisers: those are functions of their own.
func (f *sourceFile) variables(spec *ast.ValueSpec, embeds map[string]string, all map[string]*declaration) {
	for j, name := range spec.Names {
		d := &declaration{kind: token.VAR, embeds: embeds}
		text := ""
		if spec.Type != nil {
			text = f.print(spec.Type)
			f.collectLayout(spec.Type, &d.mentions)
		}
		values := spec.Values
		if len(values) == len(spec.Names) {
			values = values[j : j+1]
		} else if len(values) > 0 {
			text += fmt.Sprint(" result ", j)
		}
		for _, value := range values {
			var holes []span
			for _, closure := range outermostClosures(value) {
				holes = append(holes, span{f.offset(closure.Body.Pos()), f.offset(closure.Body.End())})
			}
			text += "=" + f.print(value, holes...)
			f.collectOutside(value, &d.mentions)
			d.runs = d.runs || needsCode(value)
		}
		for _, line := range f.linknames[name.Name] {
			text += line
		}
		d.hash, d.context = f.hash(text), f.context(d.mentions)
		if name.Name == "_" {
			all["_ "+d.hash] = d // it runs code and has no name
		} else {
			all[name.Name] = d
		}
	}
}

// needsCode says whether an initialiser may need code at start-up; names of variables count as if they did not, as what
// they are is not known here.
func needsCode(value ast.Expr) bool {
	needs := false
	ast.Inspect(value, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr, *ast.CompositeLit, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
			needs = true
		}
		return !needs
	})
	return needs
}

func (f *sourceFile) typeDeclaration(spec *ast.TypeSpec, directives []string) *declaration {
	d := &declaration{kind: token.TYPE}
	if spec.TypeParams != nil {
		f.collectLayout(spec.TypeParams, &d.mentions)
	}
	f.collectLayout(spec.Type, &d.mentions)
	if structure, ok := spec.Type.(*ast.StructType); ok {
		d.fields = map[string]field{}
		for _, one := range structure.Fields.List {
			member := field{hash: f.hash(f.print(one.Type))}
			f.collectLayout(one.Type, &member.mentions)
			for _, name := range one.Names {
				d.fields[name.Name] = member
			}
			if len(one.Names) == 0 {
				member.embedded = true
				d.fields[embeddedName(one.Type)] = member
			}
		}
	}
	var full mentions
	f.collect(spec, &full)
	d.hash, d.context = f.hash(f.print(spec), strings.Join(directives, "\n")), f.context(full)
	return d
}

func embeddedName(typ ast.Expr) string {
	switch t := typ.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.StarExpr:
		return embeddedName(t.X)
	case *ast.ParenExpr:
		return embeddedName(t.X)
	case *ast.IndexExpr:
		return embeddedName(t.X)
	case *ast.IndexListExpr:
		return embeddedName(t.X)
	}
	return ""
}
