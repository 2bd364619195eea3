package settings

import (
	"go/ast"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// A filler is a library that fills structs from the environment by their tags.
type filler struct {
	functions []string
	// prefix is one more than the index of the argument that stands before all
	// names.
	prefix int
	// tag names the variable; options follow after commas.
	tag string
	// fallback and required are tags of their own; an option of the same name in
	// the first tag counts too.
	fallback, required string
	nested             string // the tag with a prefix for what a field holds
	// named: a field without a tag has the name of the field.
	named bool
}

// fillers lists them by import path without major version.
var fillers = map[string]filler{
	"github.com/caarlos0/env":              {functions: []string{"Parse", "ParseWithOptions", "ParseAs", "Must"}, tag: "env", fallback: "envDefault", nested: "envPrefix"},
	"github.com/kelseyhightower/envconfig": {functions: []string{"Process", "MustProcess"}, prefix: 1, tag: "envconfig", fallback: "default", required: "required", named: true},
	"github.com/sethvargo/go-envconfig":    {functions: []string{"Process", "ProcessWith", "MustProcess"}, tag: "env"},
	"github.com/ilyakaznacheev/cleanenv":   {functions: []string{"ReadEnv", "ReadConfig"}, tag: "env", fallback: "env-default", required: "env-required", nested: "env-prefix"},
	"github.com/codingconcepts/env":        {functions: []string{"Set"}, tag: "env", fallback: "default", required: "required"},
	"github.com/joeshaw/envdecode":         {functions: []string{"Decode", "StrictDecode", "MustDecode"}, tag: "env"},
	"github.com/vrischmann/envconfig":      {functions: []string{"Init", "InitWithPrefix"}, tag: "envconfig", named: true},
	"github.com/jessevdk/go-flags":         {functions: []string{"Parse", "ParseArgs", "NewParser", "AddGroup", "AddCommand"}, tag: "env", fallback: "default", required: "required"},
	"github.com/alecthomas/kong":           {functions: []string{"Parse", "New", "Must"}, tag: "env", fallback: "default", required: "required", nested: "envprefix"},
}

func fillerOf(fn *types.Func) (filler, bool) {
	f, ok := fillers[logapi.Path(fn.Pkg().Path())]
	if !ok {
		return filler{}, false
	}
	for _, name := range f.functions {
		if name == fn.Name() {
			return f, true
		}
	}
	return filler{}, false
}

func isFiller(fn *types.Func) bool {
	_, ok := fillerOf(fn)
	return ok
}

// filled notes the variables that a call reads into a struct.
func (c *collector) filled(call *ast.CallExpr, fn *types.Func) {
	f, ok := fillerOf(fn)
	if !ok {
		return
	}
	prefix := ""
	if f.prefix > 0 && f.prefix <= len(call.Args) {
		text, constant := logapi.Constant(c.pass.TypesInfo, call.Args[f.prefix-1])
		if !constant {
			c.add(call, Setting{Kind: Dynamic})
			return
		}
		if prefix = text; text != "" {
			prefix = strings.ToUpper(text) + "_"
		}
	}
	for i, arg := range call.Args {
		if i != f.prefix-1 {
			c.structure(call, f, prefix, c.pass.TypesInfo.TypeOf(arg), 0)
		}
	}
	if results := c.pass.TypesInfo.TypeOf(call); len(call.Args) == 0 && results != nil { // env.ParseAs[config]()
		if tuple, ok := results.(*types.Tuple); ok && tuple.Len() > 0 {
			results = tuple.At(0).Type()
		}
		c.structure(call, f, prefix, results, 0)
	}
}

// maxNesting bounds how deep structs in structs are looked at.
const maxNesting = 6

// structure notes the fields of a struct that have a tag.
func (c *collector) structure(call *ast.CallExpr, f filler, prefix string, t types.Type, depth int) {
	if t == nil || depth > maxNesting {
		return
	}
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range s.NumFields() {
		field, tag := s.Field(i), reflect.StructTag(s.Tag(i))
		setting, found := f.setting(field, tag)
		if found {
			setting.Name = prefix + setting.Name
			c.add(call, setting)
			continue
		}
		below := prefix
		if f.nested != "" {
			below += tag.Get(f.nested)
		}
		if f.named && !field.Embedded() {
			below += strings.ToUpper(field.Name()) + "_"
		}
		c.structure(call, f, below, field.Type(), depth+1)
	}
}

// setting reads the tags of a field; it is false if they name no variable.
func (f filler) setting(field *types.Var, tag reflect.StructTag) (Setting, bool) {
	value, tagged := tag.Lookup(f.tag)
	name, options, _ := strings.Cut(value, ",")
	if name == "-" || !field.Exported() {
		return Setting{}, false
	}
	if name == "" {
		_, isStruct := field.Type().Underlying().(*types.Struct)
		if !f.named || isStruct && !tagged {
			return Setting{}, false
		}
		name = strings.ToUpper(field.Name())
	}
	s := Setting{Kind: Variable, Name: name}
	for option := range strings.SplitSeq(options, ",") {
		key, text, _ := strings.Cut(strings.TrimSpace(option), "=")
		switch key {
		case "required", "notEmpty":
			s.Required = true
		case "default":
			s.Default, s.HasDefault = text, true
		}
	}
	if f.fallback != "" {
		if text, ok := tag.Lookup(f.fallback); ok {
			s.Default, s.HasDefault = text, true
		}
	}
	if f.required != "" {
		if text, ok := tag.Lookup(f.required); ok {
			required, err := strconv.ParseBool(text)
			s.Required = err != nil || required
		}
	}
	s.Required = s.Required && !s.HasDefault
	return s, true
}
