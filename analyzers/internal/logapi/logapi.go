// Package logapi knows which calls write a log, what each of their arguments is
// for, and how a value given to them is turned into text.
//
// It is a table (table.go) with lookups and no analysis of its own. Start with
// [Of], which recognises a call, and [Call.Arguments].
package logapi

import (
	"go/ast"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/types/typeutil"
)

// Kind says what a call of a [Func] does.
type Kind uint8

// The kinds. A sink writes a line. A builder makes a field or attribute. A
// binder returns a logger, entry or event that carries its arguments to the
// calls made on it. A passer returns its receiver or argument in another form.
const (
	Sink Kind = iota
	Builder
	Binder
	Passer
)

// Role says what a parameter is for.
type Role byte

// The roles, spelt as in the table.
const (
	Other   Role = '.' // irrelevant: a level, a depth
	Message Role = 'M'
	Format  Role = 'F'
	Values  Role = 'V' // formatted by the format before it, else with %v
	Pairs   Role = 'P' // alternating keys and values, or built attributes
	Attrs   Role = 'A' // built attributes
	Map     Role = 'm' // keys and values in a map
	Key     Role = 'k' // key of the value that follows
	Value   Role = 'v'
	Context Role = 'C'
	Err     Role = 'E'
)

// A Func is a function or method of a logging library.
type Func struct {
	Library string // "slog"; see [Libraries]
	Name    string // for people: "slog.Info", "zap.Logger.Info"
	Kind    Kind
	// Roles of the parameters in order, the last one for all values of a
	// variadic one.
	Roles []Role
	// Class is how values are turned into text.
	Class Class
	// Harmless builders take only numbers, times and the like.
	Harmless bool
	// Level is "debug", "info", "warn", "error", "fatal" or "".
	Level string
}

// Lookup returns the table's entry for a function or method.
func Lookup(fn *types.Func) (*Func, bool) {
	if fn == nil || fn.Pkg() == nil {
		return nil, false
	}
	path := Path(fn.Pkg().Path())
	if !known()[path] {
		return nil, false
	}
	f, ok := index()[path+"."+receiver(fn)+"."+fn.Name()]
	return f, ok
}

// Imports reports whether a package imports a library of the table, directly.
func Imports(pkg *types.Package) bool {
	for _, imported := range pkg.Imports() {
		if known()[Path(imported.Path())] {
			return true
		}
	}
	return false
}

// Path strips major version and vendor prefix from an import path, so that all
// versions of a library are one: "k8s.io/klog/v2" becomes "k8s.io/klog".
func Path(path string) string {
	if _, after, ok := strings.Cut(path, "/vendor/"); ok {
		path = after
	}
	if dot := strings.LastIndex(path, ".v"); dot > 0 && digits(path[dot+2:]) {
		path = path[:dot]
	}
	head, rest, _ := strings.Cut(path, "/")
	parts := strings.Split(rest, "/")
	kept := parts[:0]
	for _, part := range parts {
		if len(part) > 1 && part[0] == 'v' && digits(part[1:]) {
			continue
		}
		kept = append(kept, part)
	}
	if len(kept) == 0 || kept[0] == "" {
		return head
	}
	return head + "/" + strings.Join(kept, "/")
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// receiver returns the name of the type a method is declared on, "" for a
// function.
func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

// A Call is one call of a logging function.
type Call struct {
	Func *Func
	Expr *ast.CallExpr
}

// Of recognises a call of the table, the builtins print and println included.
// Prints of package fmt to a given writer are sinks only if the writer is a
// standard stream.
func Of(info *types.Info, call *ast.CallExpr) (*Call, bool) {
	switch callee := typeutil.Callee(info, call).(type) {
	case *types.Func:
		f, ok := Lookup(callee.Origin())
		if !ok || f.Library == "fmt" && strings.HasPrefix(callee.Name(), "F") && !StandardStream(info, call.Args[0]) {
			return nil, false
		}
		return &Call{Func: f, Expr: call}, true
	case *types.Builtin:
		if callee.Name() == "print" || callee.Name() == "println" {
			return &Call{Func: builtinPrint(callee.Name()), Expr: call}, true
		}
	}
	return nil, false
}

func builtinPrint(name string) *Func {
	return &Func{Library: "builtin", Name: name, Roles: []Role{Values}, Class: Raw}
}

// StandardStream reports whether an expression is os.Stdout or os.Stderr.
func StandardStream(info *types.Info, e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := info.Uses[sel.Sel].(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr")
}

// Receiver returns the expression a method is called on, nil for a function.
func (c *Call) Receiver(info *types.Info) ast.Expr { return Receiver(info, c.Expr) }

// Receiver returns the expression a method is called on, nil for a function.
func Receiver(info *types.Info, call *ast.CallExpr) ast.Expr {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || info.Selections[sel] == nil {
		return nil
	}
	return sel.X
}

// IsAttribute reports whether values of a type are built attributes.
func IsAttribute(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name() {
	case "log/slog.Attr", "golang.org/x/exp/slog.Attr", "go.uber.org/zap/zapcore.Field":
		return true
	}
	return false
}

var known = sync.OnceValue(func() map[string]bool {
	paths := map[string]bool{}
	for _, lib := range table {
		for _, path := range lib.paths {
			paths[path] = true
		}
	}
	return paths
})

var index = sync.OnceValue(func() map[string]*Func {
	funcs := map[string]*Func{}
	for _, lib := range table {
		for _, r := range lib.rows {
			for recv := range strings.FieldsSeq(r.receivers) {
				for name := range strings.FieldsSeq(r.names) {
					add(funcs, lib, r, recv, name)
				}
			}
		}
	}
	return funcs
})

func add(funcs map[string]*Func, lib library, r row, recv, name string) {
	title := lib.short + "." + name
	if recv == "-" {
		recv = ""
	} else if r.kind != Builder {
		title = lib.short + "." + recv + "." + name
	}
	f := &Func{
		Library: lib.name, Name: title, Kind: r.kind, Class: r.class,
		Harmless: r.kind == Builder && r.roles == "" || r.roles == "k.", Level: level(name),
	}
	for _, role := range strings.Fields(r.roles) {
		f.Roles = append(f.Roles, Role(role[0]))
	}
	for _, path := range lib.paths {
		funcs[path+"."+recv+"."+name] = f
	}
}

func level(name string) string {
	for _, l := range levels {
		if strings.HasPrefix(name, l.prefix) {
			return l.level
		}
	}
	return ""
}

var levels = []struct{ prefix, level string }{
	{"Trace", "debug"}, {"Debug", "debug"}, {"Info", "info"}, {"Warn", "warn"}, {"Error", "error"},
	{"DPanic", "fatal"}, {"Panic", "fatal"}, {"Fatal", "fatal"}, {"Exit", "fatal"}, {"Crit", "fatal"},
}
