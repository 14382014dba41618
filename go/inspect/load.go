package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
)

// program is the inspected packages with what their names stand for.
type program struct {
	root     string
	fset     *token.FileSet
	packages []*pkg
	info     *types.Info
	names    map[string]string
	imported map[string]*types.Package
	initial  map[types.Object]ast.Expr // what a variable is declared with
	bodies   map[*types.Func]*ast.FuncDecl
	methods  map[string][]*types.Func // those with a body, by name
	params   map[types.Object]*types.Func
	readers  map[*types.Func]bool        // of environment variables
	decoders map[*types.Func]decoder     // of config files
	named    map[token.Pos]bool          // fields of which it is known how their variables are called
	spent    int                         // bodies of helpers that were looked into, of one package
	bound    map[types.Object]ast.Expr   // parameters of the helper that is looked into
	outer    []map[types.Object]ast.Expr // those of its callers
}

type pkg struct {
	importPath string
	files      []*ast.File
}

// load parses and checks the packages. Whatever does not parse or check is left as it is: half a file tells half.
func load(in input) *program {
	p := &program{
		root:     in.Root,
		fset:     token.NewFileSet(),
		names:    in.Names,
		imported: map[string]*types.Package{"unsafe": types.Unsafe},
		initial:  map[types.Object]ast.Expr{},
		bodies:   map[*types.Func]*ast.FuncDecl{},
		methods:  map[string][]*types.Func{},
		params:   map[types.Object]*types.Func{},
		named:    map[token.Pos]bool{},
		info: &types.Info{
			Types:      map[ast.Expr]types.TypeAndValue{},
			Defs:       map[*ast.Ident]types.Object{},
			Uses:       map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
		},
	}
	for _, l := range in.Packages {
		one := &pkg{importPath: l.ImportPath}
		for _, name := range l.Files {
			file, _ := parser.ParseFile(p.fset, filepath.Join(l.Dir, name), nil, parser.SkipObjectResolution)
			if file != nil && file.Name != nil {
				one.files = append(one.files, file)
			}
		}
		p.packages = append(p.packages, one)
		p.check(one)
	}
	for _, one := range p.packages {
		one.each(p.remember)
	}
	p.readers = p.environmentReaders()
	p.decoders = p.configDecoders()
	return p
}

func (p *program) check(one *pkg) {
	config := types.Config{
		Importer:                 p,
		FakeImportC:              true,
		DisableUnusedImportCheck: true,
		Error:                    func(error) {}, // of course: most imports are empty
	}
	checked, _ := config.Check(one.importPath, p.fset, one.files, p.info)
	if checked != nil {
		p.imported[one.importPath] = checked
	}
}

// Import gives an inspected package, or an empty one that has the right name.
func (p *program) Import(importPath string) (*types.Package, error) {
	if known := p.imported[importPath]; known != nil {
		return known, nil
	}
	name := p.names[importPath]
	if name == "" {
		name = guessedName(importPath)
	}
	empty := types.NewPackage(importPath, name)
	empty.MarkComplete()
	p.imported[importPath] = empty
	return empty, nil
}

var majorVersion = regexp.MustCompile(`^v\d+$`)

func guessedName(importPath string) string {
	last := path.Base(importPath)
	if majorVersion.MatchString(last) {
		last = path.Base(path.Dir(importPath))
	}
	return last
}

// remember notes what variables begin as, and where functions are.
func (p *program) remember(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := p.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
			p.bodies[fn] = n
			p.methods[fn.Name()] = append(p.methods[fn.Name()], fn)
			params := fn.Type().(*types.Signature).Params()
			for i := 0; i < params.Len(); i++ {
				p.params[params.At(i)] = fn
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) && len(n.Values) == len(n.Names) {
				p.begins(name, n.Values[i])
			}
		}
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE || len(n.Lhs) != len(n.Rhs) {
			return
		}
		for i, left := range n.Lhs {
			if name, ok := left.(*ast.Ident); ok {
				p.begins(name, n.Rhs[i])
			}
		}
	}
}

func (p *program) begins(name *ast.Ident, value ast.Expr) {
	if object := p.info.Defs[name]; object != nil {
		p.initial[object] = value
	}
}

// each visits every node of the package, outer ones first.
func (one *pkg) each(visit func(ast.Node)) {
	for _, file := range one.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				visit(n)
			}
			return true
		})
	}
}

func (one *pkg) imports() []string {
	all := map[string]bool{}
	for _, file := range one.files {
		for _, spec := range file.Imports {
			if importPath, err := strconv.Unquote(spec.Path.Value); err == nil {
				all[importPath] = true
			}
		}
	}
	sorted := []string{}
	for importPath := range all {
		sorted = append(sorted, importPath)
	}
	sort.Strings(sorted)
	return sorted
}

// object is what a name or a selector stands for, if that is known.
func (p *program) object(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		if used := p.info.Uses[e]; used != nil {
			return used
		}
		return p.info.Defs[e]
	case *ast.SelectorExpr:
		if selection := p.info.Selections[e]; selection != nil {
			return selection.Obj()
		}
		return p.info.Uses[e.Sel]
	}
	return nil
}

// qualifier is the import path behind the x of x.Name, or "" where x is no package.
func (p *program) qualifier(e ast.Expr) string {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if name, ok := selector.X.(*ast.Ident); ok {
		if imported, ok := p.info.Uses[name].(*types.PkgName); ok {
			return imported.Imported().Path()
		}
	}
	return ""
}

// callee is the last name of what is called, and what it is called on (nil for a plain function).
func callee(call *ast.CallExpr) (name string, on ast.Expr) {
	fun := call.Fun
	if index, ok := fun.(*ast.IndexExpr); ok { // type arguments
		fun = index.X
	}
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name, nil
	case *ast.SelectorExpr:
		return fun.Sel.Name, fun.X
	}
	return "", nil
}
