package main

import "go/ast"

// mentions are the names in a piece of source that are not local to it. Which of them are declarations, of which
// package, is known when all files are read.
type mentions struct {
	names      map[string]bool            // of the package itself, dot imports, or the universe
	qualified  map[string]map[string]bool // import path -> names
	qualifiers map[string]bool
	selected   map[string]bool // fields and methods
	c          bool            // anything of C
}

func (m *mentions) addName(name string) {
	if m.names == nil {
		m.names = map[string]bool{}
	}
	m.names[name] = true
}

func (m *mentions) addSelected(name string) {
	if m.selected == nil {
		m.selected = map[string]bool{}
	}
	m.selected[name] = true
}

func (m *mentions) addQualified(qualifier, path, name string) {
	if m.qualified == nil {
		m.qualified, m.qualifiers = map[string]map[string]bool{}, map[string]bool{}
	}
	if m.qualified[path] == nil {
		m.qualified[path] = map[string]bool{}
	}
	m.qualified[path][name] = true
	m.qualifiers[qualifier] = true
}

func (f *sourceFile) mentionsOf(n ast.Node) mentions {
	var m mentions
	f.collect(n, &m)
	return m
}

// collect adds all that a piece of source mentions. The parser has resolved local names, so a shadowed name is none.
func (f *sourceFile) collect(n ast.Node, m *mentions) { f.walk(n, m, true) }

// collectOutside is collect without the closures.
func (f *sourceFile) collectOutside(n ast.Node, m *mentions) { f.walk(n, m, false) }

func (f *sourceFile) walk(n ast.Node, m *mentions, closures bool) {
	if n == nil {
		return // of a broken file
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if f.isOuter(n) {
				m.addName(n.Name)
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && f.isOuter(x) {
				if x.Name == "C" && f.preambleImported() {
					m.c = true
					return false
				}
				if path, ok := f.imports[x.Name]; ok {
					m.addQualified(x.Name, path, n.Sel.Name)
					return false
				}
			}
			m.addSelected(n.Sel.Name)
			f.walk(n.X, m, closures)
			return false
		case *ast.Field:
			f.walk(n.Type, m, closures)
			return false
		case *ast.FuncDecl:
			if n.Recv != nil {
				f.walk(n.Recv, m, closures)
			}
			f.walk(n.Type, m, closures)
			if n.Body != nil {
				f.walk(n.Body, m, closures)
			}
			return false
		case *ast.FuncLit:
			return closures
		case *ast.TypeSpec:
			if n.TypeParams != nil {
				f.walk(n.TypeParams, m, closures)
			}
			f.walk(n.Type, m, closures)
			return false
		case *ast.LabeledStmt:
			f.walk(n.Stmt, m, closures)
			return false
		case *ast.BranchStmt:
			return false
		case *ast.CompositeLit:
			if n.Type != nil {
				f.walk(n.Type, m, closures)
			}
			for _, element := range n.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok {
					if key, ok := pair.Key.(*ast.Ident); ok {
						f.addKey(n.Type, key, m)
						f.walk(pair.Value, m, closures)
						continue
					}
				}
				f.walk(element, m, closures)
			}
			return false
		}
		return true
	})
}

// addKey takes a key of a composite literal for a field, an expression, or both where the type's name does not tell.
func (f *sourceFile) addKey(typ ast.Expr, key *ast.Ident, m *mentions) {
	_, isMap := typ.(*ast.MapType)
	_, isArray := typ.(*ast.ArrayType)
	_, isStruct := typ.(*ast.StructType)
	if !isMap && !isArray {
		m.addSelected(key.Name)
	}
	if !isStruct && (key.Obj == nil || f.isOuter(key)) {
		m.addName(key.Name)
	}
}

// isOuter says whether a name is declared outside of all functions: in the package, by an import, or by the language.
func (f *sourceFile) isOuter(id *ast.Ident) bool {
	if f.problem != nil {
		return true // nothing was resolved
	}
	if id.Obj == nil {
		return f.unresolved[id]
	}
	return f.syntax.Scope != nil && f.syntax.Scope.Lookup(id.Name) == id.Obj
}

func (f *sourceFile) preambleImported() bool {
	for _, spec := range f.syntax.Imports {
		if spec.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// collectLayout adds what a type's layout depends on: its parts by value. What it only points to, or names in the
// signature of a function, may change without it.
func (f *sourceFile) collectLayout(n ast.Node, m *mentions) {
	if n == nil {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr, *ast.FuncType:
			return false
		case *ast.ArrayType:
			if n.Len != nil {
				f.collect(n.Len, m)
			}
			f.collectLayout(n.Elt, m)
			return false
		case *ast.Field:
			f.collectLayout(n.Type, m)
			return false
		case *ast.SelectorExpr, *ast.Ident:
			f.collect(n, m)
			return false
		}
		return true
	})
}
