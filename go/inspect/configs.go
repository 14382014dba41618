package main

import (
	"go/ast"
	"go/types"
	"reflect"
	"regexp"
	"strings"
)

// Config files: the struct that the text of one is decoded into says which keys it may have.

// configFile is such a struct.
type configFile struct {
	Format string      `json:"format"` // yaml, toml, json or ini; "" where it may be any of them
	Top    []string    `json:"top"`    // all keys of the first level
	Keys   []configKey `json:"keys"`   // those of all levels that have a text or a number
	position
}

type configKey struct {
	Path     []string `json:"path"` // from the first level
	IsNumber bool     `json:"isNumber"`
	position
}

// decoder is a function of the service that decodes into what it is given: load(path, &config).
type decoder struct {
	format formatOf
	index  int // of the parameter
}

// formatOf is a format and the tags that name its keys, the first that there is.
type formatOf struct {
	name string
	tags []string
}

var (
	yamlFormat = formatOf{"yaml", []string{"yaml", "json"}}
	tomlFormat = formatOf{"toml", []string{"toml"}}
	jsonFormat = formatOf{"json", []string{"json"}}
	iniFormat  = formatOf{"ini", []string{"ini"}}
	anyFormat  = formatOf{"", []string{"mapstructure", "koanf", "yaml", "toml", "json"}}
)

var decodes = map[string]bool{
	"Unmarshal": true, "UnmarshalStrict": true, "UnmarshalExact": true, "UnmarshalWithOptions": true, "Decode": true,
	"DecodeFile": true, "MapTo": true, "StrictMapTo": true, "ReadConfig": true,
}

// decoding is the format that a call decodes, if it does.
func (p *program) decoding(call *ast.CallExpr) (format formatOf, ok bool) {
	name, on := callee(call)
	if !decodes[name] || on == nil || readsBody(call) {
		return formatOf{}, false
	}
	from := p.qualifier(call.Fun)
	if from == "" { // yaml.NewDecoder(f).Decode(&c), in one line or in two
		made, _ := on.(*ast.CallExpr)
		if object := p.object(on); object != nil && made == nil {
			made, _ = p.initial[object].(*ast.CallExpr)
		}
		if made == nil || readsBody(made) {
			return formatOf{}, false
		}
		from = p.qualifier(made.Fun)
	}
	switch {
	case strings.Contains(from, "yaml"):
		return yamlFormat, true
	case strings.Contains(from, "toml"):
		return tomlFormat, true
	case strings.Contains(from, "/ini"):
		return iniFormat, true
	case strings.Contains(from, "viper"), strings.Contains(from, "koanf"), strings.Contains(from, "cleanenv"):
		return anyFormat, true
	case strings.Contains(from, "json"):
		return jsonFormat, true
	}
	return formatOf{}, false
}

// readsBody tells of a call that something in it is the body of a request or of an answer.
func readsBody(call *ast.CallExpr) bool {
	found := false
	ast.Inspect(call, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		found = found || ok && selector.Sel.Name == "Body"
		return !found
	})
	return found
}

// configDecoders are the functions of the inspected packages that decode into one of their parameters.
func (p *program) configDecoders() map[*types.Func]decoder {
	found := map[*types.Func]decoder{}
	for fn, decl := range p.bodies {
		params := fn.Type().(*types.Signature).Params()
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			format, ok := p.decoding(call)
			if !ok {
				return true
			}
			for _, arg := range call.Args {
				for i := 0; i < params.Len(); i++ {
					if p.object(arg) == types.Object(params.At(i)) && types.IsInterface(params.At(i).Type()) {
						found[fn] = decoder{format, i}
					}
				}
			}
			return true
		})
	}
	return found
}

var isConfigName = regexp.MustCompile(`(?i)conf|settings|options`)

// config notes the struct that a call decodes the text of a file into.
func (r *reader) config(call *ast.CallExpr) {
	format, ok := r.decoding(call)
	targets := call.Args
	if fn := r.function(call.Fun); !ok && fn != nil {
		by, known := r.decoders[fn]
		if !known || by.index >= len(call.Args) {
			return
		}
		format, ok, targets = by.format, true, call.Args[by.index:by.index+1]
	}
	if !ok {
		return
	}
	for _, target := range targets {
		if named := r.structOf(target); named != nil {
			r.configOf(named, format)
		}
	}
}

// structOf is the struct of the inspected packages that an expression points to.
func (r *reader) structOf(e ast.Expr) *types.Named {
	kind := r.info.TypeOf(e)
	if unary, ok := e.(*ast.UnaryExpr); ok {
		kind = r.info.TypeOf(unary.X)
	}
	for kind != nil {
		pointer, ok := kind.(*types.Pointer)
		if !ok {
			break
		}
		kind = pointer.Elem()
	}
	named, ok := kind.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	if _, ok := named.Underlying().(*types.Struct); !ok {
		return nil
	}
	return named
}

func (r *reader) configOf(named *types.Named, format formatOf) {
	name := named.Obj()
	// JSON is read from everywhere: what is no config by its name is the answer of somebody.
	if format.name == "json" && !isConfigName.MatchString(name.Name()) && !isConfigName.MatchString(name.Pkg().Name()) {
		return
	}
	at := r.positionOf(name.Pos())
	for _, known := range r.into.Configs {
		if known.position == at && known.Format == format.name {
			return
		}
	}
	file := configFile{format.name, []string{}, []configKey{}, at}
	r.keysOf(named, format, nil, nil, &file)
	r.into.Configs = append(r.into.Configs, file)
}

const mostKeys = 1000

// keysOf adds the keys of a struct; `within` are the structs that it is in, since one may hold another of its own kind.
func (r *reader) keysOf(kind types.Type, format formatOf, path []string, within []types.Type, into *configFile) {
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	structure, ok := kind.Underlying().(*types.Struct)
	for _, outer := range within {
		ok = ok && !types.Identical(outer, kind)
	}
	if !ok || len(within) == deepestStruct {
		return
	}
	within = append(within[:len(within):len(within)], kind)
	for i := 0; i < structure.NumFields() && len(into.Keys) < mostKeys; i++ {
		field := structure.Field(i)
		name, isInline := format.keyOf(field, structure.Tag(i))
		if name == "-" || !field.Exported() && !field.Embedded() {
			continue
		}
		if isInline {
			r.keysOf(field.Type(), format, path, within, into)
			continue
		}
		if len(path) == 0 {
			into.Top = append(into.Top, name)
		}
		full := append(path[:len(path):len(path)], name)
		basic, isBasic := field.Type().Underlying().(*types.Basic)
		switch {
		case isBasic && basic.Info()&types.IsString != 0:
			into.Keys = append(into.Keys, configKey{full, false, r.positionOf(field.Pos())})
		case isBasic && basic.Info()&types.IsInteger != 0:
			into.Keys = append(into.Keys, configKey{full, true, r.positionOf(field.Pos())})
		default:
			r.keysOf(field.Type(), format, full, within, into)
		}
	}
}

// keyOf is the key of a field, or that its own fields stand in its place.
func (format formatOf) keyOf(field *types.Var, tag string) (name string, isInline bool) {
	words := strings.Split(first(reflect.StructTag(tag), format.tags...), ",")
	for _, word := range words[1:] {
		isInline = isInline || word == "inline" || word == "squash"
	}
	switch isByLowerName := format.name == "yaml" || format.name == ""; {
	case words[0] != "":
		return words[0], false
	case isInline || field.Embedded() && format.name != "yaml":
		return "", true
	case isByLowerName:
		return strings.ToLower(field.Name()), false
	}
	return field.Name(), false
}
