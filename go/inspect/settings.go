package main

import (
	"go/ast"
	"go/token"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// reader collects what one package reads from its command line and its environment, and where it listens.
type reader struct {
	*program
	into     *found
	dashes   string
	defaults map[*ast.CallExpr]string // of kingpin's Flag(...), from the end of its chain
	viper    viperSettings
	listed   map[*ast.CompositeLit]bool // literals that are elements of a list
	within   []commandRange             // in the order of the source, outer ones first
}

// commandRange is where a subcommand is written down as a literal.
type commandRange struct {
	from, to token.Pos
	name     string // "" of a program that has subcommands
}

// commandAt is the subcommand that something is written within.
func (r *reader) commandAt(at ast.Node) string {
	name := ""
	for _, one := range r.within {
		if one.from <= at.Pos() && at.Pos() < one.to {
			name = one.name
		}
	}
	return name
}

// viperSettings are keys that viper also takes from the environment, if it is told so.
type viperSettings struct {
	isAutomatic bool
	prefix      string
	keys        []setting
}

func (p *program) reader(one *pkg, into *found) *reader {
	return &reader{program: p, into: into, dashes: dashesOf(into.Imports), defaults: map[*ast.CallExpr]string{}, listed: map[*ast.CompositeLit]bool{}}
}

func (r *reader) structs(n ast.Node) {
	if call, ok := n.(*ast.CallExpr); ok {
		r.filled(call)
	}
}

func (r *reader) settings(one *pkg) {
	into := r.into
	r.spent = 0
	one.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			r.call(n)
		case *ast.CompositeLit:
			r.literal(n)
		case *ast.Field:
			r.tag(n)
		}
	})
	if r.viper.isAutomatic {
		for _, key := range r.viper.keys {
			key.Name = environmentName(strings.TrimPrefix(r.viper.prefix+"_", "_") + key.Name)
			into.Environment = append(into.Environment, key)
		}
	}
}

var wantsTwoDashes = regexp.MustCompile(`/(pflag|cobra|kingpin|cli|kong|go-flags|go-arg)\b`)

// dashesOf tells how flags are written: package flag takes one dash and two, all others want two.
func dashesOf(imports []string) string {
	hasStandard := false
	for _, importPath := range imports {
		if wantsTwoDashes.MatchString(importPath) {
			return "--"
		}
		hasStandard = hasStandard || importPath == "flag"
	}
	if hasStandard {
		return "-"
	}
	return "--"
}

func (r *reader) call(call *ast.CallExpr) {
	name, on := callee(call)
	switch {
	case name == "":
	case name == "Default" && len(call.Args) > 0:
		if flagged := chained(call, "Flag"); flagged != nil {
			r.defaults[flagged], _ = r.text(call.Args[0])
		}
	case name == "Flag" && len(call.Args) == 2 && r.importsAny("kingpin"):
		if flag, ok := r.text(call.Args[0]); ok {
			r.addFlag(flag, "--", r.defaults[call], false, call)
		}
	case name == "AddFlags" && len(call.Args) == 2 && strings.Contains(r.qualifier(call.Fun), "exporter-toolkit/web"):
		value, _ := r.text(call.Args[1])
		r.addFlag("web.listen-address", "--", value, false, call)
	case name == "AutomaticEnv":
		r.viper.isAutomatic = true
	case name == "SetEnvPrefix" && len(call.Args) == 1:
		r.viper.prefix, _ = r.text(call.Args[0])
	case name == "SetDefault" && len(call.Args) == 2:
		if key, ok := r.text(call.Args[0]); ok {
			value, _ := r.text(call.Args[1])
			r.viper.keys = append(r.viper.keys, setting{key, value, r.position(call)})
		}
	case r.environmentByHelper(call):
	case readsEnvironment(name):
		r.environment(call)
	default:
		r.config(call)
		r.grpc(call, name)
		r.flag(call, name)
		r.listen(call, name, on)
	}
}

// flagFunction is that of package flag and of pflag: String, IntVar, StringP, DurationVarP.
var flagFunction = regexp.MustCompile(`^(String|Int|Int32|Int64|Uint|Uint16|Uint32|Uint64)(Var)?(P)?$`)
var flagName = regexp.MustCompile(`^[A-Za-z][\w.-]*$`)

func (r *reader) flag(call *ast.CallExpr, function string) {
	parts := flagFunction.FindStringSubmatch(function)
	if parts == nil {
		return
	}
	args := call.Args
	if parts[2] != "" && len(args) > 0 {
		args = args[1:]
	}
	value := 1
	if parts[3] != "" {
		value = 2
	}
	if len(args) != value+2 {
		return
	}
	name, ok := r.text(args[0])
	if !ok {
		return
	}
	fallback, _ := r.text(args[value])
	r.addFlag(name, r.dashes, fallback, parts[1] != "String", call)
}

func (r *reader) addFlag(name, dashes, value string, isNumber bool, at ast.Node) {
	if flagName.MatchString(name) {
		r.into.Flags = append(r.into.Flags, flag{name, dashes, value, isNumber, r.commandAt(at), r.position(at)})
	}
}

var allCapitals = regexp.MustCompile(`^[A-Z]([A-Z0-9_]*[A-Z0-9])?$`)

// environment notes the names in os.Getenv("PORT"), getenv("PORT", "8080"), viper.BindEnv("port", "PORT").
func (r *reader) environment(call *ast.CallExpr) {
	for i, arg := range call.Args {
		name, ok := r.text(arg)
		if !ok || !allCapitals.MatchString(name) {
			continue
		}
		fallback := ""
		if i+1 < len(call.Args) {
			fallback, _ = r.text(call.Args[i+1])
		}
		r.into.Environment = append(r.into.Environment, setting{name, fallback, r.position(call)})
	}
}

// environmentByHelper notes the names that a function of the service reads for this call, and the default beside them.
func (r *reader) environmentByHelper(call *ast.CallExpr) bool {
	names := r.environmentOf(call)
	for _, name := range names {
		fallback := ""
		for _, arg := range call.Args {
			if text, ok := r.text(arg); ok && !strings.HasSuffix(name, text) {
				fallback = text
			}
		}
		r.into.Environment = append(r.into.Environment, setting{name, fallback, r.position(call)})
	}
	return len(names) > 0
}

var opensPort = map[string]bool{
	"ListenAndServe": true, "ListenAndServeTLS": true, "Serve": true, "ServeTLS": true, "Listen": true, "ListenTLS": true,
	"Run": true, "RunTLS": true, "RunListener": true, "Start": true, "StartTLS": true, "StartServer": true, "Listener": true,
}

// ofFramework are the functions above that mean a server only where this framework is imported.
var ofFramework = map[string]string{
	"Run": "gin", "RunTLS": "gin", "RunListener": "gin", "Start": "echo", "StartTLS": "echo", "StartServer": "echo",
	"Listener": "fiber", "Serve": "http", "Listen": "net|fiber|fasthttp",
}

func (r *reader) listen(call *ast.CallExpr, name string, on ast.Expr) {
	framework, isShared := ofFramework[name]
	if !opensPort[name] || on == nil || isShared && !r.importsAny(strings.Split(framework, "|")...) {
		return
	}
	at := listen{Call: written(call.Fun), position: r.position(call)}
	for _, arg := range call.Args {
		if address, ok := r.constant(arg); ok && addressLike.MatchString(address) {
			at.Address = address
		}
	}
	at.IsTold = at.Address == "" && r.isGivenAddress(call, name)
	if name == "Run" && framework == "gin" && len(call.Args) == 0 {
		// gin asks the environment itself.
		r.into.Environment = append(r.into.Environment, setting{"PORT", "8080", r.position(call)})
	}
	r.into.Listens = append(r.into.Listens, at)
}

// isGivenAddress tells whether one of the arguments is an address, whatever its value: http.ListenAndServe(addr, mux).
func (r *reader) isGivenAddress(call *ast.CallExpr, name string) bool {
	switch name {
	case "ListenAndServe":
		return len(call.Args) == 2
	case "ListenAndServeTLS":
		return len(call.Args) == 4
	case "Listen":
		return r.qualifier(call.Fun) == "net" && len(call.Args) == 2
	case "Run", "Start":
		return len(call.Args) > 0
	}
	return false
}

var addressLike = regexp.MustCompile(`^[\w.\[\]-]*:+[\w.\]:-]*\d$`)

// importsAny tells whether a path of the imports has one of these words as an element, a version aside.
func (r *reader) importsAny(words ...string) bool {
	for _, importPath := range r.into.Imports {
		for _, element := range strings.Split(importPath, "/") {
			element = strings.SplitN(element, ".", 2)[0]
			for _, word := range words {
				if element == word {
					return true
				}
			}
		}
	}
	return false
}

// literal reads cli.StringFlag{Name: …}, cobra.Command{Use: …} and http.Server{Addr: ":8080"}.
func (r *reader) literal(literal *ast.CompositeLit) {
	switch kind := literal.Type.(type) {
	case *ast.ArrayType: // []*cli.Command{{Name: …}}
		for _, element := range literal.Elts {
			if pointer, ok := element.(*ast.UnaryExpr); ok {
				element = pointer.X
			}
			inner, ok := element.(*ast.CompositeLit)
			if !ok {
				continue
			}
			r.listed[inner] = true
			if inner.Type == nil {
				r.literalOf(inner, kind.Elt)
			}
		}
	case *ast.MapType: // map[string]cli.CommandFactory{"serve": …}
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok || typeName(kind.Value) != "CommandFactory" {
				continue
			}
			if name, ok := r.text(pair.Key); ok {
				r.into.Commands = append(r.into.Commands, command{name, r.position(pair)})
			}
		}
	case nil:
	default:
		r.literalOf(literal, literal.Type)
	}
}

func (r *reader) literalOf(literal *ast.CompositeLit, of ast.Expr) {
	kind := typeName(of)
	fields := fieldsOf(literal)
	switch {
	case kind == "ServiceDesc":
		r.description(fields)
	case kind == "Server" && fields["Addr"] != nil:
		address, ok := r.constant(fields["Addr"])
		r.into.Listens = append(r.into.Listens, listen{written(of), address, !ok, r.position(literal)})
	case kind == "Command" && (fields["Use"] != nil || fields["Name"] != nil):
		use := fields["Use"]
		if use == nil {
			use = fields["Name"]
		}
		doesSomething := false
		for _, key := range []string{"Run", "RunE", "Action", "Func", "CobraFunc", "Exec"} {
			doesSomething = doesSomething || fields[key] != nil
		}
		if text, ok := r.text(use); ok && doesSomething && strings.Fields(text) != nil {
			name := strings.Fields(text)[0]
			r.into.Commands = append(r.into.Commands, command{name, r.position(literal)})
			// One that is in no list may be the program itself.
			isOne := r.listed[literal] || fields["Func"] != nil || fields["CobraFunc"] != nil
			if !isOne || fields["Commands"] != nil || fields["Subcommands"] != nil {
				name = ""
			}
			r.within = append(r.within, commandRange{literal.Pos(), literal.End(), name})
		}
	case strings.HasSuffix(kind, "Flag") && kind != "BoolFlag" && fields["Name"] != nil:
		if name, ok := r.text(fields["Name"]); ok {
			value, _ := r.text(fields["Value"])
			r.addFlag(name, "--", value, kind != "StringFlag", literal)
		}
	}
}

// tag reads the struct tags of the packages that fill a config: env, envconfig, go-flags, kong.
func (r *reader) tag(field *ast.Field) {
	if field.Tag == nil {
		return
	}
	raw, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return
	}
	tag := reflect.StructTag(raw)
	if _, isCommand := tag.Lookup("cmd"); isCommand && len(field.Names) == 1 && r.importsAny("kong") {
		r.into.Commands = append(r.into.Commands, command{dashed(field.Names[0].Name), r.position(field)})
		return
	}
	value := first(tag, "default", "envDefault", "env-default")
	isNumber := strings.Contains(written(field.Type), "int")
	if long := tag.Get("long"); long != "" {
		r.addFlag(long, "--", value, isNumber, field)
	} else if _, hasHelp := tag.Lookup("help"); hasHelp && len(field.Names) == 1 && r.importsAny("kong") {
		name := tag.Get("name")
		if name == "" {
			name = dashed(field.Names[0].Name)
		}
		r.addFlag(name, "--", value, isNumber, field)
	}
	words := strings.Split(first(tag, "env", "envconfig"), ",")
	name := strings.TrimSpace(words[0])
	for _, word := range words[1:] { // env:"PORT, default=8080"
		if after := strings.TrimPrefix(strings.TrimSpace(word), "default="); after != strings.TrimSpace(word) {
			value = after
		}
	}
	isNamed := len(field.Names) > 0 && r.named[field.Names[0].Pos()]
	if allCapitals.MatchString(name) && !isNamed {
		r.into.Environment = append(r.into.Environment, setting{name, value, r.position(field)})
	}
}

func first(tag reflect.StructTag, keys ...string) string {
	for _, key := range keys {
		if value := tag.Get(key); value != "" {
			return value
		}
	}
	return ""
}

var newWord = regexp.MustCompile(`([a-z0-9])([A-Z])`)

// dashed is a field's name as kong writes its flag: ListenAddr is listen-addr.
func dashed(name string) string {
	return strings.ToLower(newWord.ReplaceAllString(name, "$1-$2"))
}

func environmentName(key string) string {
	return strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

// chained is the call of that name that a call is chained to: Flag(…) of Flag(…).Short('p').Default("80").
func chained(call *ast.CallExpr, name string) *ast.CallExpr {
	for {
		_, on := callee(call)
		inner, ok := on.(*ast.CallExpr)
		if !ok {
			return nil
		}
		if found, _ := callee(inner); found == name {
			return inner
		}
		call = inner
	}
}

func fieldsOf(literal *ast.CompositeLit) map[string]ast.Expr {
	fields := map[string]ast.Expr{}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				fields[key.Name] = pair.Value
			}
		}
	}
	return fields
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	}
	return ""
}

// written is a name as the source has it: http.ListenAndServe, srv.Serve, int.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x := written(e.X); x != "" {
			return x + "." + e.Sel.Name
		}
		return e.Sel.Name
	case *ast.ParenExpr:
		return written(e.X)
	}
	return ""
}
