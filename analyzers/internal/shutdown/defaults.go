package shutdown

import (
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// flagPrefix begins the key of a flag or setting that is known by its name.
const flagPrefix = "flag:"

// A Default is what a field, variable or flag holds if nobody sets it: a number,
// which for a duration counts nanoseconds.
type Default struct {
	Key   string
	Value int64
}

// defaultsOf collects the defaults of durations, and of numbers that may be made
// into one, that the package declares: by flags, tags of fields and variables.
func defaultsOf(pass *analysis.Pass) []Default {
	d := &defaults{pass: pass, values: make(map[string]int64), several: make(map[string]bool)}
	d.tags()
	for _, file := range pass.Files {
		if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			ast.Inspect(file, func(n ast.Node) bool { d.node(n); return true })
		}
	}
	var list []Default
	for key, value := range d.values {
		if !d.several[key] {
			list = append(list, Default{key, value})
		}
	}
	slices.SortFunc(list, func(a, b Default) int { return strings.Compare(a.Key, b.Key) })
	return list
}

type defaults struct {
	pass    *analysis.Pass
	values  map[string]int64
	several map[string]bool // keys with different defaults, or set in other ways
}

func (d *defaults) set(key string, value int64) {
	if key == "" {
		return
	}
	if known, ok := d.values[key]; ok && known != value {
		d.several[key] = true
	}
	d.values[key] = value
}

// defaultTags are the keys of tags that hold the default of a field.
var defaultTags = []string{"default", "envDefault", "env-default", "env", "conf"}

func (d *defaults) tags() {
	scope := d.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		fields, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for i := range fields.NumFields() {
			if value, ok := taggedDefault(fields.Field(i), fields.Tag(i)); ok {
				d.set(fieldSep+d.pass.Pkg.Path()+"."+name+"."+fields.Field(i).Name(), value)
			}
		}
	}
}

func taggedDefault(field *types.Var, tag string) (int64, bool) {
	for _, key := range defaultTags {
		text, ok := reflect.StructTag(tag).Lookup(key)
		if key == "env" || key == "conf" {
			_, text, ok = strings.Cut(text, "default")
			text = strings.TrimLeft(text, "=:")
			text, _, _ = strings.Cut(text, ",")
		}
		if !ok {
			continue
		}
		if isDuration(field.Type()) {
			value, err := time.ParseDuration(text)
			return int64(value), err == nil
		}
		if basic, ok := field.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsInteger != 0 {
			value, err := strconv.ParseInt(text, 10, 64)
			return value, err == nil
		}
	}
	return 0, false
}

func isDuration(t types.Type) bool { return t.String() == "time.Duration" }

func (d *defaults) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		d.call(n)
	case *ast.CompositeLit:
		d.flagLiteral(n)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if obj := d.pass.TypesInfo.Defs[name]; obj != nil && obj.Parent() == d.pass.Pkg.Scope() && i < len(n.Values) {
				d.variable(obj, n.Values[i])
			}
		}
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			// A variable that is assigned to is no constant.
			if id, ok := lhs.(*ast.Ident); ok {
				if obj := d.pass.TypesInfo.Uses[id]; obj != nil && obj.Parent() == d.pass.Pkg.Scope() {
					d.several[globalSep+obj.Pkg().Path()+"."+obj.Name()] = true
				}
			}
		}
	}
}

// variable notes a package variable that holds a duration or the flag of one.
func (d *defaults) variable(obj types.Object, value ast.Expr) {
	key := globalSep + obj.Pkg().Path() + "." + obj.Name()
	if isDuration(obj.Type()) {
		if n, ok := d.number(value); ok {
			d.set(key, n)
		}
		return
	}
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		if at := d.declares(call); at >= 0 && at < len(call.Args) {
			if n, ok := d.number(call.Args[at]); ok {
				d.set(key, n)
			}
		}
	}
}

func (d *defaults) number(e ast.Expr) (int64, bool) {
	v := d.pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v)
}

// declares returns the index of the default among the arguments of a call that
// declares a flag and returns a pointer to it, -1 if it is no such call.
func (d *defaults) declares(call *ast.CallExpr) int {
	fn, ok := typeutil.Callee(d.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || !flagPackages[unversioned(fn.Pkg().Path())] {
		return -1
	}
	switch fn.Name() {
	case "Duration", "Int", "Int64", "Uint":
		return 1
	case "DurationP", "IntP", "Int64P", "UintP":
		return 2
	}
	return -1
}

var flagPackages = set("flag", "github.com/spf13/pflag")

// call notes the default that a flag library is told.
func (d *defaults) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(d.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	path, name := unversioned(fn.Pkg().Path()), fn.Name()
	switch {
	case flagPackages[path] && strings.Contains(name, "Var") && len(call.Args) >= 4:
		value, ok := d.number(call.Args[len(call.Args)-2])
		if !ok {
			return
		}
		d.set(d.address(call.Args[0]), value)
		d.named(call.Args[1], value)
	case d.declares(call) >= 0 && d.declares(call) < len(call.Args):
		if value, ok := d.number(call.Args[d.declares(call)]); ok {
			d.named(call.Args[0], value)
		}
	case path == "github.com/spf13/viper" && name == "SetDefault" && len(call.Args) == 2:
		if value, ok := d.number(call.Args[1]); ok {
			d.named(call.Args[0], value)
		}
	}
}

// named notes the default of a flag by its name.
func (d *defaults) named(name ast.Expr, value int64) {
	if v := d.pass.TypesInfo.Types[name].Value; v != nil && v.Kind() == constant.String {
		d.set(flagPrefix+constant.StringVal(v), value)
	}
}

// address names the field or variable that a flag is kept in.
func (d *defaults) address(e ast.Expr) string {
	unary, ok := ast.Unparen(e).(*ast.UnaryExpr)
	if !ok {
		return ""
	}
	switch x := ast.Unparen(unary.X).(type) {
	case *ast.Ident:
		if obj := d.pass.TypesInfo.Uses[x]; obj != nil && obj.Parent() == d.pass.Pkg.Scope() {
			return globalSep + obj.Pkg().Path() + "." + obj.Name()
		}
	case *ast.SelectorExpr:
		if selection := d.pass.TypesInfo.Selections[x]; selection != nil && len(selection.Index()) == 1 {
			return fieldKey(selection.Recv(), selection.Index()[0])
		}
	}
	return ""
}

// flagLiteral notes the default of a flag of urfave/cli.
func (d *defaults) flagLiteral(lit *ast.CompositeLit) {
	named := namedOf(d.pass.TypesInfo.TypeOf(lit))
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Name() != "DurationFlag" {
		return
	}
	var name, value ast.Expr
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			switch key, _ := pair.Key.(*ast.Ident); {
			case key == nil:
			case key.Name == "Name":
				name = pair.Value
			case key.Name == "Value":
				value = pair.Value
			}
		}
	}
	if name == nil || value == nil {
		return
	}
	if n, ok := d.number(value); ok {
		d.named(name, n)
	}
}
