package main

import (
	"go/ast"
	"go/types"
	"strings"
)

// router is something that routes are registered on: a variable, a field, a parameter, a result or an expression. Those
// that hold the same one are joined; a group hangs under its parent with a prefix.
type router struct {
	joined *router
	under  []placement
	routes []*registration
}

type placement struct {
	parent *router
	prefix string
}

// registration is a route as it is written: its path is relative to its router.
type registration struct {
	pkg    *pkg
	route  route
	mounts []*router // what is in its handler; none for a plain function
}

// result is what a function returns first.
type result struct{ fn *types.Func }

// member is a field of something whose type is not known.
type member struct {
	of   *router
	name string
}

// routers is the graph of all routers, by what they are called.
type routers struct {
	*program
	known map[interface{}]*router
	all   []*router
}

func (g *routers) by(key interface{}) *router {
	known := g.known[key]
	if known == nil {
		known = &router{}
		g.known[key] = known
		g.all = append(g.all, known)
	}
	return known.self()
}

func (r *router) self() *router {
	for r.joined != nil {
		r = r.joined
	}
	return r
}

func (r *router) join(other *router) {
	r, other = r.self(), other.self()
	if r == other {
		return
	}
	other.joined = r
	r.under = append(r.under, other.under...)
	r.routes = append(r.routes, other.routes...)
}

func (r *router) hang(parent *router, prefix string) {
	r = r.self()
	r.under = append(r.under, placement{parent, prefix})
}

const mostPrefixes = 8

// way is one from a root down to a router: what its path begins with, and what it has come through.
type way struct {
	to     *router
	prefix string
	before *way
}

func (w *way) passes(r *router) bool {
	for ; w != nil; w = w.before {
		if w.to == r {
			return true
		}
	}
	return false
}

// prefixes are those of the ways to each router, the shortest way first; a root has "". What hangs under itself alone
// has none.
func (g *routers) prefixes() map[*router][]string {
	below := map[*router][]way{}
	var ways []way
	for _, r := range g.all {
		if r.joined != nil {
			continue
		}
		if len(r.under) == 0 {
			ways = append(ways, way{to: r})
		}
		for _, place := range r.under {
			parent := place.parent.self()
			below[parent] = append(below[parent], way{to: r, prefix: place.prefix})
		}
	}
	found := map[*router][]string{}
	for len(ways) > 0 {
		one := ways[0]
		ways = ways[1:]
		if len(found[one.to]) == mostPrefixes || isIn(found[one.to], one.prefix) {
			continue
		}
		found[one.to] = append(found[one.to], one.prefix)
		for _, next := range below[one.to] {
			if !one.passes(next.to) {
				ways = append(ways, way{next.to, joinPath(one.prefix, next.prefix), &one})
			}
		}
	}
	return found
}

func isIn(all []string, wanted string) bool {
	for _, one := range all {
		if one == wanted {
			return true
		}
	}
	return false
}

func joinPath(prefix, path string) string {
	switch {
	case path == "":
		return prefix
	case prefix == "":
		return path
	case strings.HasPrefix(path, "/"):
		return strings.TrimSuffix(prefix, "/") + path
	default:
		return strings.TrimSuffix(prefix, "/") + "/" + path
	}
}

// makesGroup are the methods that give a router under a prefix.
var makesGroup = map[string]bool{"Group": true, "Route": true, "Path": true, "PathPrefix": true, "Namespace": true}

const standardMux = "http.DefaultServeMux"

// of is the router that an expression stands for; nil where it can be none.
func (g *routers) of(e ast.Expr) *router {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return g.of(e.X)
	case *ast.StarExpr:
		return g.of(e.X)
	case *ast.UnaryExpr:
		return g.of(e.X)
	case *ast.TypeAssertExpr:
		return g.of(e.X)
	case *ast.Ident:
		if variable, ok := g.object(e).(*types.Var); ok {
			return g.by(variable)
		}
	case *ast.SelectorExpr:
		if object := g.object(e); object != nil {
			if _, ok := object.(*types.Var); ok {
				return g.by(object)
			}
			return nil
		}
		if g.qualifier(e) != "" {
			return g.by(g.qualifier(e) + "." + e.Sel.Name)
		}
		if of := g.of(e.X); of != nil {
			return g.by(member{of, e.Sel.Name})
		}
	case *ast.CallExpr:
		return g.ofCall(e)
	}
	return nil
}

func (g *routers) ofCall(call *ast.CallExpr) *router {
	name, on := callee(call)
	for _, fn := range g.functions(call.Fun) {
		return g.by(result{fn})
	}
	if on == nil || g.qualifier(call.Fun) != "" {
		return nil // a new one, of a package that is not known
	}
	parent := g.of(on)
	if parent == nil {
		parent = g.by(on)
	}
	if !makesGroup[name] || len(call.Args) == 0 {
		return parent // With, Methods, Subrouter, Use and the like
	}
	if _, isFunction := call.Args[0].(*ast.FuncLit); isFunction {
		return parent
	}
	if group := g.known[call]; group != nil {
		return group.self()
	}
	prefix, _ := g.text(call.Args[0])
	group := g.by(call)
	group.hang(parent, prefix)
	return group
}

// functions are those of the inspected packages that a call may reach: one, or the methods of an interface's name.
func (g *routers) functions(fun ast.Expr) []*types.Func {
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	fn, ok := g.object(fun).(*types.Func)
	if !ok {
		return nil
	}
	if g.bodies[fn] != nil {
		return []*types.Func{fn}
	}
	recv := fn.Type().(*types.Signature).Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return nil
	}
	wanted, ok := recv.Type().Underlying().(*types.Interface)
	var all []*types.Func
	for _, method := range g.methods[fn.Name()] {
		own := method.Type().(*types.Signature).Recv()
		if ok && own != nil && types.Implements(own.Type(), wanted) {
			all = append(all, method)
		}
	}
	return all
}

// connect follows routers through assignments, fields, arguments and results.
func (g *routers) connect(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if i < len(n.Rhs) {
				g.same(left, n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				g.same(name, n.Values[i])
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			g.same(key, n.Value)
		}
	case *ast.CallExpr:
		for _, fn := range g.functions(n.Fun) {
			for i, arg := range n.Args {
				if value := g.of(arg); value != nil {
					g.parameter(fn, i, value, "")
				}
			}
		}
	case *ast.FuncDecl:
		if fn, ok := g.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
			g.results(fn, n.Body)
		}
	}
}

func (g *routers) same(left, right ast.Expr) {
	a, b := g.of(left), g.of(right)
	if a != nil && b != nil {
		a.join(b)
	}
}

func (g *routers) parameter(fn *types.Func, i int, value *router, prefix string) {
	if params := fn.Type().(*types.Signature).Params(); i < params.Len() {
		g.by(params.At(i)).hang(value, prefix)
	}
}

func (g *routers) results(fn *types.Func, body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) > 0 {
				if value := g.of(n.Results[0]); value != nil {
					g.by(result{fn}).join(value)
				}
			}
		}
		return true
	})
}

// givenTo puts a router under a prefix into the function that fills it: func(r chi.Router) { … }, s.routes.
func (g *routers) givenTo(function ast.Expr, parent *router, prefix string) {
	if literal, ok := function.(*ast.FuncLit); ok {
		if params := literal.Type.Params.List; len(params) > 0 && len(params[0].Names) > 0 {
			if object := g.info.Defs[params[0].Names[0]]; object != nil {
				g.by(object).hang(parent, prefix)
			}
		}
		return
	}
	for _, fn := range g.functions(function) {
		g.parameter(fn, 0, parent, prefix)
	}
}

// stripped puts the routers in http.StripPrefix("/api", router), which may be wrapped, under their prefix.
func (g *routers) stripped(handler ast.Expr, parent *router) (isStripped bool) {
	ast.Inspect(handler, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return true
		}
		if name, _ := callee(call); name == "StripPrefix" {
			if inner := g.of(call.Args[1]); inner != nil {
				prefix, _ := g.text(call.Args[0])
				inner.hang(parent, prefix)
				isStripped = true
			}
		}
		return true
	})
	return isStripped
}

// within are the routers that a handler is made of, whatever it is wrapped in.
func (g *routers) within(handler ast.Expr) []*router {
	var all []*router
	ast.Inspect(handler, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if one := g.of(e); one != nil {
				all = append(all, one)
			}
		}
		_, isFunction := n.(*ast.FuncLit)
		return !isFunction
	})
	return all
}
