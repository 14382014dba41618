package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strings"
)

// routes are all registered paths, by the package that registers them, in the order of the source; and where a route is
// registered under a path that was not understood.
func (p *program) routes() (map[*pkg][]route, map[*pkg][]position) {
	g := &routers{program: p, known: map[interface{}]*router{}}
	for _, one := range p.packages {
		one.each(g.connect)
	}
	helpers := p.helpers()
	unclear := map[*pkg][]position{}
	for _, one := range p.packages {
		f := &finder{routers: g, pkg: one, limitedTo: map[*ast.CallExpr][]string{}, helper: helpers}
		p.spent = 0
		one.each(f.visit)
		unclear[one] = f.notes
	}
	found := map[*pkg][]route{}
	ways := g.prefixes()
	for _, r := range g.all {
		if r.joined != nil {
			continue
		}
		prefixes := ways[r]
		if len(prefixes) == 0 {
			prefixes = []string{""} // it hangs under itself
		}
		for _, one := range r.routes {
			if one.isMount() {
				continue // its own routes are told
			}
			for _, prefix := range prefixes {
				full := one.route
				full.Path = joinPath(prefix, full.Path)
				switch {
				case strings.Contains(full.Path, "//"): // a part of it is not known
					unclear[one.pkg] = addPosition(unclear[one.pkg], full.position)
				case strings.HasPrefix(full.Path, "/"):
					found[one.pkg] = append(found[one.pkg], full)
				}
			}
		}
	}
	for _, all := range found {
		sort.SliceStable(all, func(i, j int) bool {
			if all[i].File != all[j].File {
				return all[i].File < all[j].File
			}
			return all[i].Line < all[j].Line
		})
	}
	return found, unclear
}

func (one *registration) isMount() bool {
	for _, mounted := range one.mounts {
		if len(mounted.self().routes) > 0 {
			return true
		}
	}
	return false
}

type finder struct {
	*routers
	pkg       *pkg
	limitedTo map[*ast.CallExpr][]string // gorilla: HandleFunc(…).Methods("GET")
	helper    map[*types.Func]*helper
	at        ast.Node // the call of the helper that is looked into
	added     int
	notes     []position
}

func (f *finder) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.table(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL {
			f.compared(n.X, n.Y)
			f.compared(n.Y, n.X)
		}
	case *ast.SwitchStmt:
		if n.Tag == nil {
			return
		}
		for _, clause := range n.Body.List {
			for _, value := range clause.(*ast.CaseClause).List {
				f.compared(n.Tag, value)
			}
		}
	}
}

func (f *finder) call(call *ast.CallExpr) {
	if f.followed(call) {
		return
	}
	f.mount(call)
	if name, _ := callee(call); name == "Methods" {
		f.limit(call)
	}
	if f.at == nil && f.isOfHelper(call) {
		return // it is told where the helper is called
	}
	if method, path, handlers, ok := f.registered(call); ok {
		f.add(call, method, path, handlers)
	} else {
		f.unclear(call)
	}
}

// mount hangs routers under others: Mount("/admin", router), Route("/orders", func(r) { … }), Group(func(r) { … }).
func (f *finder) mount(call *ast.CallExpr) {
	name, on := callee(call)
	if on == nil || !makesGroup[name] && name != "Mount" || len(call.Args) == 0 {
		return
	}
	prefix, hasPrefix := f.text(call.Args[0])
	last := call.Args[len(call.Args)-1]
	if hasPrefix {
		if len(call.Args) < 2 {
			return
		}
		last = call.Args[1]
	}
	if inner := f.of(last); inner != nil && name == "Mount" {
		inner.hang(f.parent(call), prefix)
		return
	}
	f.givenTo(last, f.parent(call), prefix)
}

// parent is the router that a route is registered on; functions such as http.HandleFunc have one of their own.
func (f *finder) parent(call *ast.CallExpr) *router {
	_, on := callee(call)
	if on != nil && f.qualifier(call.Fun) == "" {
		if parent := f.of(on); parent != nil {
			return parent
		}
	}
	return f.by(standardMux)
}

// pattern is that of net/http since Go 1.22: a method, perhaps a host, a path. A host has a dot, which tells it from the
// media type application/json.
var pattern = regexp.MustCompile(`^(?:([A-Z]+)[ \t]+)?(?:localhost|[^/\s.;]+\.[^/\s;]+)?(/\S*)$`)

// anyMethod are the functions that register a path for all methods.
var anyMethod = map[string]bool{"ANY": true, "ALL": true}

func isHandle(name string) bool {
	verb := strings.ToUpper(name)
	return strings.HasPrefix(verb, "HANDLE") || verb == "METHOD" || verb == "METHODFUNC" || verb == "ADD"
}

// registers tells whether a function of this name may register a route.
func registers(name string) bool {
	verb := strings.ToUpper(name)
	return isHandle(name) || methods[verb] || anyMethod[verb]
}

// registered is the route that a call registers, as far as its form tells. An empty method is any.
func (f *finder) registered(call *ast.CallExpr) (method, path string, handlers []ast.Expr, ok bool) {
	name, on := callee(call)
	verb := strings.ToUpper(name)
	words := f.words(call)
	handlers = call.Args[len(words):]
	isHandle := isHandle(name)
	switch {
	case isHandle && len(words) == 0 && on != nil:
		// gorilla: Methods("GET").Path("/x").HandlerFunc(h)
		if chained(call, "Path") != nil || chained(call, "PathPrefix") != nil {
			return f.firstMethod(chained(call, "Methods")), "", handlers, true
		}
	case (name == "File" || name == "StaticFile") && len(words) == 2 && on != nil && f.qualifier(call.Fun) == "":
		if strings.HasPrefix(words[0], "/") {
			return "GET", words[0], handlers, true
		}
	case len(words) == 0 || len(handlers) == 0:
	case isHandle && len(words) == 2 && methods[words[0]]:
		return words[0], words[1], handlers, true
	case (methods[verb] || anyMethod[verb]) && on != nil && f.qualifier(call.Fun) == "":
		if anyMethod[verb] {
			verb = ""
		}
		if words[0] == "" || words[0][0] == '/' {
			return verb, words[0], handlers, true
		}
		if f.mayRegister(f.pkg, call) { // gin's "users" in a group, "paste" behind a prefix that is not known
			return verb, "/" + words[0], handlers, true
		}
	case isHandle || strings.Contains(words[0], " "):
		if parts := pattern.FindStringSubmatch(words[0]); parts != nil && (parts[1] == "" || methods[parts[1]]) {
			return parts[1], parts[2], handlers, true
		}
	}
	return "", "", nil, false
}

// words are the first arguments that are text, two at most.
func (f *finder) words(call *ast.CallExpr) []string {
	var words []string
	for _, arg := range call.Args {
		text, ok := f.text(arg)
		if !ok || len(words) == 2 {
			break
		}
		words = append(words, text)
	}
	return words
}

func (f *finder) add(call *ast.CallExpr, method, path string, handlers []ast.Expr) {
	parent := f.parent(call)
	f.added++
	var at ast.Node = call
	if f.at != nil {
		at = f.at
	}
	one := registration{pkg: f.pkg, route: route{method, path, f.position(at)}}
	if strings.HasSuffix(path, "/") && len(handlers) > 0 {
		handler := handlers[len(handlers)-1]
		isStripped := f.stripped(handler, parent)
		for _, mounted := range f.within(handler) {
			if mounted.self() == parent.self() {
				continue
			}
			one.mounts = append(one.mounts, mounted)
			if !isStripped {
				mounted.hang(parent, "")
			}
		}
	}
	only := f.limitedTo[call]
	if len(only) == 0 {
		only = []string{method}
	}
	for _, method := range only {
		each := one
		each.route.Method = method
		parent.self().routes = append(parent.self().routes, &each)
	}
}

// limit notes the methods of HandleFunc(…).Methods("GET", "HEAD"); the outer call is visited first.
func (f *finder) limit(call *ast.CallExpr) {
	for _, name := range []string{"HandleFunc", "Handle", "HandlerFunc", "Handler"} {
		inner := chained(call, name)
		if inner == nil {
			continue
		}
		for _, arg := range call.Args {
			if method, ok := f.text(arg); ok && methods[method] {
				f.limitedTo[inner] = append(f.limitedTo[inner], method)
			}
		}
	}
}

func (f *finder) firstMethod(call *ast.CallExpr) string {
	if call == nil || len(call.Args) == 0 {
		return ""
	}
	method, _ := f.text(call.Args[0])
	return method
}

// table reads routes that are written as data: {"GET", "/orders", listOrders}, {Method: http.MethodGet, Path: "/orders"}.
func (f *finder) table(literal *ast.CompositeLit) {
	method, path := "", ""
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		text, ok := f.text(element)
		switch {
		case !ok:
		case method == "" && methods[text]:
			method = text
		case path == "" && strings.HasPrefix(text, "/"):
			path = text
		}
	}
	if method != "" && path != "" {
		f.alone(method, path, literal)
	}
}

// compared finds the routes of handlers that look at the path themselves: case "/healthz" of switch r.URL.Path.
func (f *finder) compared(subject, value ast.Expr) {
	if path, ok := f.text(value); ok && strings.HasPrefix(path, "/") && f.isRequestPath(subject) {
		f.alone("", path, value)
	}
}

func (f *finder) isRequestPath(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Path" && strings.HasSuffix(written(e.X), "URL")
	case *ast.CallExpr: // fasthttp: string(ctx.Path())
		name, _ := callee(e)
		return name == "Path" && len(e.Args) == 0 || name == "string" && len(e.Args) == 1 && f.isRequestPath(e.Args[0])
	case *ast.Ident:
		return f.initial[f.object(e)] != nil && f.isRequestPath(f.initial[f.object(e)])
	}
	return false
}

// alone is a route that stands on no router.
func (f *finder) alone(method, path string, at ast.Node) {
	root := f.by(standardMux)
	root.routes = append(root.routes, &registration{pkg: f.pkg, route: route{method, path, f.position(at)}})
}
