package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

const deepest = 20 // sums of sums, variables that begin as variables

// text is what an expression stands for as far as the source tells: the unknown parts of a sum are left out.
func (p *program) text(e ast.Expr) (string, bool) { return p.textOf(e, 0) }

func (p *program) textOf(e ast.Expr, depth int) (string, bool) {
	if e == nil || depth > deepest {
		return "", false
	}
	if value, ok := p.constant(e); ok {
		return value, true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return p.textOf(e.X, depth+1)
	case *ast.StarExpr:
		return p.textOfFlag(e.X, depth)
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		left, hasLeft := p.textOf(e.X, depth+1)
		right, hasRight := p.textOf(e.Y, depth+1)
		return left + right, hasLeft || hasRight
	case *ast.Ident, *ast.SelectorExpr:
		if method := methodConstant(e); method != "" {
			return method, true
		}
		if variable, ok := p.object(e).(*types.Var); ok {
			if text, ok := p.given(variable, depth); ok {
				return text, true
			}
			if p.initial[variable] != nil {
				return p.textOf(p.initial[variable], depth+1)
			}
		}
	case *ast.CallExpr:
		return p.textOfCall(e, depth)
	}
	return "", false
}

// textOfFlag is the default of the flag that a pointer is from: flag.String("path", "/metrics", ""), kingpin's Default.
func (p *program) textOfFlag(e ast.Expr, depth int) (string, bool) {
	object := p.object(e)
	if text, ok := p.asCaller(object, func(arg ast.Expr) (string, bool) { return p.textOfFlag(arg, depth+1) }); ok {
		return text, true
	}
	call, ok := p.initial[object].(*ast.CallExpr)
	if !ok {
		return "", false
	}
	if name, _ := callee(call); name == "String" && len(call.Args) == 3 {
		return p.textOf(call.Args[1], depth+1)
	}
	if standard := chained(call, "Default"); standard != nil && len(standard.Args) > 0 {
		return p.textOf(standard.Args[0], depth+1)
	}
	return "", false
}

var verb = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)

// textOfCall knows fmt.Sprintf, conversions to string, and functions such as getenv("PORT", "8080").
func (p *program) textOfCall(call *ast.CallExpr, depth int) (string, bool) {
	name, _ := callee(call)
	switch {
	case name == "Sprintf" && len(call.Args) > 0:
		format, ok := p.textOf(call.Args[0], depth+1)
		if !ok {
			return "", false
		}
		next := 0
		return verb.ReplaceAllStringFunc(format, func(string) string {
			next++
			if next >= len(call.Args) {
				return ""
			}
			value, _ := p.textOf(call.Args[next], depth+1)
			return value
		}), true
	case name == "string" && len(call.Args) == 1:
		return p.textOf(call.Args[0], depth+1)
	case readsEnvironment(name) && len(call.Args) >= 2:
		return p.textOf(call.Args[len(call.Args)-1], depth+1)
	case p.qualifier(call.Fun) == "path" && name == "Join":
		joined, isKnown := "", false
		for _, arg := range call.Args {
			part, ok := p.textOf(arg, depth+1)
			joined, isKnown = joinPath(joined, part), isKnown || ok
		}
		return joined, isKnown
	case p.qualifier(call.Fun) == "strings" && name == "ToUpper" && len(call.Args) == 1:
		text, ok := p.textOf(call.Args[0], depth+1)
		return strings.ToUpper(text), ok
	case p.qualifier(call.Fun) == "strings" && strings.HasPrefix(name, "Trim") && len(call.Args) > 0:
		return p.textOf(call.Args[0], depth+1)
	}
	return p.textOfHelper(call, depth)
}

// constant is the value of a constant expression, numbers in decimal.
func (p *program) constant(e ast.Expr) (string, bool) {
	if value := p.info.Types[e].Value; value != nil {
		switch value.Kind() {
		case constant.String:
			return constant.StringVal(value), true
		case constant.Int:
			return value.ExactString(), true
		}
		return "", false
	}
	literal, ok := e.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	switch literal.Kind {
	case token.STRING:
		value, err := strconv.Unquote(literal.Value)
		return value, err == nil
	case token.INT:
		return literal.Value, true
	}
	return "", false
}

var methods = map[string]bool{
	"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true,
}

// methodConstant knows http.MethodGet and its like in other packages, of which only the names are known.
func methodConstant(e ast.Expr) string {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	name := strings.ToUpper(strings.TrimPrefix(selector.Sel.Name, "Method"))
	isConstant := strings.HasPrefix(selector.Sel.Name, "Method") || name == selector.Sel.Name
	if isConstant && methods[name] {
		return name
	}
	return ""
}

func readsEnvironment(function string) bool {
	return strings.Contains(strings.ToLower(function), "env")
}
