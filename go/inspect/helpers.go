package main

import (
	"go/ast"
	"go/types"
	"regexp"
)

// Helpers stand between a service and its routers: functions that put a path together (s.prefixed("/orders")) and
// functions that register what they are given (s.get("/orders", list)). One level of either is followed, by looking at
// their bodies with their parameters bound to what a call gives.

// mostBodies bounds the time that helpers of helpers take in one package, however many call each other.
const mostBodies = 20_000

// with does something while the parameters of a function stand for the arguments of a call.
func (p *program) with(fn *types.Func, args []ast.Expr, do func()) {
	if p.spent++; p.spent > mostBodies {
		return
	}
	bound := map[types.Object]ast.Expr{}
	params := fn.Type().(*types.Signature).Params()
	for i := 0; i < params.Len() && i < len(args); i++ {
		bound[params.At(i)] = args[i]
	}
	own, outer := p.bound, p.outer
	p.bound, p.outer = bound, append(outer[:len(outer):len(outer)], own)
	do()
	p.bound, p.outer = own, outer
}

const mostHelpers = 3 // helpers that call helpers

// given is the text of a parameter that is bound; what it is bound to belongs to the caller, whose own parameters hold.
func (p *program) given(variable types.Object, depth int) (string, bool) {
	return p.asCaller(variable, func(arg ast.Expr) (string, bool) { return p.textOf(arg, depth+1) })
}

// asCaller is what the caller knows of a parameter that is bound.
func (p *program) asCaller(variable types.Object, ask func(arg ast.Expr) (string, bool)) (string, bool) {
	arg := p.bound[variable]
	if arg == nil || len(p.outer) == 0 {
		return "", false
	}
	bound, outer := p.bound, p.outer
	p.bound, p.outer = outer[len(outer)-1], outer[:len(outer)-1]
	text, ok := ask(arg)
	p.bound, p.outer = bound, outer
	return text, ok
}

// textOfHelper is what a function of the inspected packages returns, the first of its results that the source tells.
func (p *program) textOfHelper(call *ast.CallExpr, depth int) (text string, ok bool) {
	fn := p.function(call.Fun)
	if fn == nil || len(call.Args) == 0 || len(p.outer) >= mostHelpers || fn.Type().(*types.Signature).Results().Len() != 1 {
		return "", false
	}
	p.with(fn, call.Args, func() {
		ast.Inspect(p.bodies[fn].Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				if !ok && len(n.Results) == 1 {
					text, ok = p.textOf(n.Results[0], depth+1)
					ok = ok && text != ""
				}
			}
			return !ok
		})
	})
	return text, ok
}

// function is the one of the inspected packages that an expression names, with its body.
func (p *program) function(fun ast.Expr) *types.Func {
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	if fn, ok := p.object(fun).(*types.Func); ok && p.bodies[fn] != nil {
		return fn
	}
	return nil
}

// owner is the function whose parameter an expression is made of, if any.
func (p *program) owner(e ast.Expr) (owner *types.Func) {
	p.eachParameter(e, func(name types.Object) {
		if owner == nil {
			owner = p.params[name]
		}
	})
	return owner
}

// eachParameter visits the text parameters in an expression. The fields of one, as in options.BaseURL+"/orders", are as
// little known as any others and no reason to look at who calls.
func (p *program) eachParameter(e ast.Expr, visit func(types.Object)) {
	ast.Inspect(e, func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if object := p.object(name); object != nil && p.params[object] != nil && isText(object.Type()) {
			visit(object)
		}
		return true
	})
}

func isText(kind types.Type) bool {
	basic, ok := kind.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// helper is a function that registers a route under a path that it is given.
type helper struct {
	fn    *types.Func
	calls []*ast.CallExpr // the registrations in it, and what limits them to methods
}

// helpers are those functions of the inspected packages.
func (p *program) helpers() map[*types.Func]*helper {
	found := map[*types.Func]*helper{}
	byPath := map[string]*pkg{}
	for _, one := range p.packages {
		byPath[one.importPath] = one
	}
	for fn, decl := range p.bodies {
		in := byPath[fn.Pkg().Path()]
		if in == nil {
			continue
		}
		one := &helper{fn: fn}
		isHelper := false
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, on := callee(call)
			if name == "Methods" && on != nil {
				one.calls = append(one.calls, call)
			}
			for _, arg := range pathArguments(call) {
				if p.owner(arg) == fn && p.mayRegister(in, call) {
					one.calls = append(one.calls, call)
					isHelper = true
					break
				}
			}
			return true
		})
		if isHelper {
			found[fn] = one
		}
	}
	return found
}

// pathArguments are where the path of a registration stands; none where a call has not the form of one.
func pathArguments(call *ast.CallExpr) []ast.Expr {
	name, on := callee(call)
	if on == nil {
		return nil
	}
	// The service's own functions, which are not exported mostly, are looked into.
	if registers(name) && ast.IsExported(name) && len(call.Args) >= 2 {
		return call.Args[:len(call.Args)-1]
	}
	if name == "HandlerFunc" || name == "Handler" {
		for _, part := range []string{"Path", "PathPrefix"} {
			if inner := chained(call, part); inner != nil {
				return inner.Args
			}
		}
	}
	return nil
}

// followed registers what a helper registers for a call of it; false where the call is of none.
func (f *finder) followed(call *ast.CallExpr) bool {
	one := f.helper[f.function(call.Fun)]
	if one == nil || f.at != nil {
		return false
	}
	before := f.limitedTo
	f.limitedTo, f.at = map[*ast.CallExpr][]string{}, call
	added := f.added
	f.with(one.fn, call.Args, func() {
		for _, inner := range one.calls {
			if f.isGiven(inner) {
				f.call(inner)
			}
		}
	})
	f.limitedTo, f.at = before, nil
	if f.added == added {
		// A helper of a helper is told where it is called.
		if owner := f.ownerOfAny(call.Args); owner == nil || f.helper[owner] == nil {
			f.notUnderstood(call)
		}
	}
	return true
}

// isGiven tells whether the source tells all the parameters that are in the path of a registration.
func (f *finder) isGiven(call *ast.CallExpr) bool {
	all := true
	for _, arg := range pathArguments(call) {
		f.eachParameter(arg, func(name types.Object) {
			_, isKnown := f.given(name, 0)
			all = all && isKnown
		})
	}
	return all
}

// isOfHelper tells whether a registration has its path from whoever calls the function that it is in.
func (f *finder) isOfHelper(call *ast.CallExpr) bool {
	owner := f.ownerOfAny(pathArguments(call))
	return owner != nil && f.helper[owner] != nil
}

func (f *finder) ownerOfAny(args []ast.Expr) *types.Func {
	for _, arg := range args {
		if owner := f.owner(arg); owner != nil {
			return owner
		}
	}
	return nil
}

// unclear notes a call that has the form of a registration, but not a path that the source tells.
func (f *finder) unclear(call *ast.CallExpr) {
	paths := pathArguments(call)
	// gorilla: router.Path(one.Path).Name(one.Name), which gets its handler elsewhere.
	if name, on := callee(call); name == "Path" && on != nil && len(call.Args) == 1 && f.qualifier(call.Fun) == "" &&
		f.pkg.importsRouter(gorilla) {
		if _, ok := f.text(call.Args[0]); !ok && f.at == nil {
			f.notUnderstood(call)
		}
		return
	}
	if len(paths) == 0 || f.at != nil || !f.mayRegister(f.pkg, call) {
		return
	}
	for _, path := range paths {
		if _, ok := f.text(path); ok || isContext(path) {
			return
		}
	}
	f.notUnderstood(call)
}

// isContext tells of an argument by its name that it is a context, as of slog's Handle(ctx, record).
func isContext(e ast.Expr) bool {
	name, ok := e.(*ast.Ident)
	return ok && (name.Name == "ctx" || name.Name == "context")
}

func (f *finder) notUnderstood(call *ast.CallExpr) {
	f.notes = addPosition(f.notes, f.position(call))
}

func addPosition(all []position, at position) []position {
	for _, known := range all {
		if known == at {
			return all
		}
	}
	return append(all, at)
}

// mayRegister tells whether a call in a package could register a route, so that a cache's Get and a map's Add are none.
func (p *program) mayRegister(one *pkg, call *ast.CallExpr) bool {
	if q := p.qualifier(call.Fun); q != "" && q != "net/http" {
		return false
	}
	switch name, _ := callee(call); name {
	case "HandleFunc", "HandlerFunc", "Handle", "Handler":
		return one.importsRouter(anyRouter)
	}
	return one.importsRouter(frameworks) && p.isFunction(call.Args[len(call.Args)-1])
}

// isFunction tells whether an argument is a handler, as far as that shows.
func (p *program) isFunction(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.FuncLit:
		return true
	case *ast.Ident, *ast.SelectorExpr:
		_, isFunction := p.object(e).(*types.Func)
		return isFunction || p.params[p.object(e)] != nil
	}
	return false
}

var frameworks = regexp.MustCompile(`/(chi|gin|echo|fiber|mux|httprouter|httptreemux|fasthttp|router|goji|martini|macaron|pat|bone)(/v\d+|\.v\d+)?(/web|/v\d+)?$`)
var gorilla = regexp.MustCompile(`/gorilla/mux$`)
var anyRouter = regexp.MustCompile(`^net/http$|` + frameworks.String())

func (one *pkg) importsRouter(kind *regexp.Regexp) bool {
	for _, importPath := range one.imports() {
		if kind.MatchString(importPath) {
			return true
		}
	}
	return false
}
