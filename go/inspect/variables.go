package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// variables are the package-level text variables that begin empty or as a constant: `-X` can set no others.
func (p *program) variables(one *pkg) []variable {
	all := []variable{}
	for _, file := range one.files {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				all = append(all, p.textVariables(spec.(*ast.ValueSpec))...)
			}
		}
	}
	return all
}

func (p *program) textVariables(spec *ast.ValueSpec) []variable {
	var all []variable
	for i, name := range spec.Names {
		object := p.info.Defs[name]
		if object == nil || object.Type() != types.Typ[types.String] {
			continue
		}
		value := ""
		if len(spec.Values) > 0 {
			if len(spec.Values) != len(spec.Names) {
				continue
			}
			constant, ok := p.constant(spec.Values[i])
			if !ok {
				continue
			}
			value = constant
		}
		all = append(all, variable{Name: name.Name, Value: value, position: p.position(name)})
	}
	return all
}
