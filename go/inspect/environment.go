package main

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"
)

// Environment variables whose names are not where they are read: handed to a function of the service, or made of a prefix
// and the names of a struct's fields.

// environmentReaders are the functions of the inspected packages that read a variable whose name they are given.
func (p *program) environmentReaders() map[*types.Func]bool {
	found := map[*types.Func]bool{}
	for range [mostHelpers]struct{}{} {
		for fn, decl := range p.bodies {
			if found[fn] {
				continue
			}
			ast.Inspect(decl.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || found[fn] {
					return !found[fn]
				}
				name, _ := callee(call)
				if !readsEnvironment(name) && !found[p.function(call.Fun)] {
					return true
				}
				for _, arg := range call.Args {
					found[fn] = found[fn] || p.owner(arg) == fn
				}
				return true
			})
		}
	}
	return found
}

// environmentOf are the names that a function reads when it is called like this.
func (p *program) environmentOf(call *ast.CallExpr) []string {
	fn := p.function(call.Fun)
	if fn == nil || !p.readers[fn] || len(p.outer) >= mostHelpers {
		return nil
	}
	var names []string
	p.with(fn, call.Args, func() {
		ast.Inspect(p.bodies[fn].Body, func(n ast.Node) bool {
			inner, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if further := p.environmentOf(inner); len(further) > 0 {
				names = append(names, further...)
				return false
			}
			if name, _ := callee(inner); !readsEnvironment(name) {
				return true
			}
			for _, arg := range inner.Args {
				if p.owner(arg) != fn {
					continue
				}
				if text, ok := p.text(arg); ok && allCapitals.MatchString(text) {
					names = append(names, text)
					return false
				}
			}
			return true
		})
	})
	return names
}

// filled notes the variables of structs that a package fills by the names of their fields: envconfig.Process("shop", &c).
func (r *reader) filled(call *ast.CallExpr) {
	name, on := callee(call)
	from := r.qualifier(call.Fun)
	if made, ok := on.(*ast.CallExpr); ok && from == "" { // configor.New(&configor.Config{…}).Load(&c)
		from = r.qualifier(made.Fun)
	}
	switch {
	case strings.Contains(from, "kelseyhightower/envconfig") && strings.HasPrefix(name, "Process") || name == "MustProcess":
		if len(call.Args) == 2 {
			prefix, _ := r.text(call.Args[0])
			r.fields(call.Args[1], namesOf{joint: "_", tag: "envconfig", prefix: prefix, all: true}, call)
		}
	case strings.Contains(from, "jinzhu/configor") && name == "Load" && len(call.Args) > 0:
		prefix := "Configor"
		if made, ok := on.(*ast.CallExpr); ok {
			if given, ok := r.textField(made, "ENVPrefix"); ok {
				prefix = given
			}
		}
		r.fields(call.Args[0], namesOf{joint: "_", tag: "env", prefix: prefix, all: true, isWhole: true}, call)
	case strings.Contains(from, "caarlos0/env") && strings.HasPrefix(name, "Parse") && len(call.Args) == 2:
		if prefix, ok := r.textField(call, "Prefix"); ok {
			r.fields(call.Args[0], namesOf{tag: "env", prefix: prefix, nested: "envPrefix"}, call)
		}
	case strings.Contains(from, "caarlos0/env") && strings.HasPrefix(name, "Parse") && len(call.Args) == 1:
		r.fields(call.Args[0], namesOf{tag: "env", nested: "envPrefix"}, call)
	}
}

// textField is a field of a literal among the arguments of a call.
func (r *reader) textField(call *ast.CallExpr, name string) (text string, ok bool) {
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if literal, isLiteral := n.(*ast.CompositeLit); isLiteral && !ok {
				if value := fieldsOf(literal)[name]; value != nil {
					text, ok = r.text(value)
				}
			}
			return !ok
		})
	}
	return text, ok
}

// namesOf tells how a package makes the names of variables.
type namesOf struct {
	prefix, joint string
	tag           string // holds the name of a field
	nested        string // holds the prefix of a field that is a struct
	all           bool   // fields without a tag too
	isWhole       bool   // a name in a tag needs no prefix
}

const deepestStruct = 6

func (r *reader) fields(target ast.Expr, names namesOf, at ast.Node) {
	if kind := r.info.TypeOf(target); kind != nil {
		r.fieldsOf(kind, names, deepestStruct, at)
	}
}

func (r *reader) fieldsOf(kind types.Type, names namesOf, depth int, at ast.Node) {
	for {
		pointer, ok := kind.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		kind = pointer.Elem()
	}
	structure, ok := kind.Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return
	}
	for i := 0; i < structure.NumFields(); i++ {
		field, tag := structure.Field(i), reflect.StructTag(structure.Tag(i))
		r.named[field.Pos()] = true
		given := strings.TrimSpace(strings.SplitN(tag.Get(names.tag), ",", 2)[0])
		own := given
		if own == "" && names.all {
			own = field.Name()
			if tag.Get("split_words") == "true" {
				own = strings.ReplaceAll(dashed(own), "-", "_")
			}
		}
		full := own
		if names.prefix != "" && !(names.isWhole && given != "") {
			full = names.prefix + names.joint + own
		}
		full = strings.ToUpper(full)
		if r.isStruct(field.Type()) {
			below := names
			switch {
			case names.nested != "":
				below.prefix = names.prefix + tag.Get(names.nested)
			case !field.Embedded():
				below.prefix = full
			}
			r.fieldsOf(field.Type(), below, depth-1, at)
		} else if own != "" && allCapitals.MatchString(full) {
			value := first(tag, "default", "envDefault")
			r.into.Environment = append(r.into.Environment, setting{full, value, r.positionOf(field.Pos())})
		}
	}
}

func (r *reader) isStruct(kind types.Type) bool {
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	_, ok := kind.Underlying().(*types.Struct)
	return ok
}
