package settings

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// isCommandLine reports whether a package declares flags or commands.
func isCommandLine(path string) bool {
	switch logapi.Path(path) {
	case "flag", "github.com/spf13/pflag", "github.com/spf13/cobra", "github.com/urfave/cli", "github.com/alecthomas/kingpin", "gopkg.in/alecthomas/kingpin":
		return true
	}
	return false
}

// flagTypes are the first words of the functions that declare a flag.
var flagTypes = []string{
	"BoolSlice", "BoolFunc", "Bool", "BytesBase64", "BytesHex", "Count", "DurationSlice", "Duration", "Float32Slice", "Float64Slice", "Float32", "Float64",
	"Int8", "Int16", "Int32Slice", "Int32", "Int64Slice", "Int64", "IntSlice", "Int", "IPMask", "IPNet", "IPSlice", "IP",
	"StringArray", "StringSlice", "StringToInt64", "StringToInt", "StringToString", "String", "TextVar", "Text", "UintSlice", "Uint8", "Uint16", "Uint32", "Uint64", "Uint",
}

// declared notes what a call of a flag library declares.
func (c *collector) declared(call *ast.CallExpr, fn *types.Func) {
	switch path := logapi.Path(fn.Pkg().Path()); path {
	case "flag", "github.com/spf13/pflag":
		c.flag(call, fn.Name())
	case "github.com/alecthomas/kingpin", "gopkg.in/alecthomas/kingpin":
		c.kingpin(call, fn.Name())
	}
}

// flag notes a flag of package flag or pflag: Int(name, default, usage), with a
// target before that if the function ends in Var, with a letter after the name
// if it ends in P.
func (c *collector) flag(call *ast.CallExpr, function string) {
	i := slices.IndexFunc(flagTypes, func(prefix string) bool { return strings.HasPrefix(function, prefix) })
	if i < 0 && function != "Var" && function != "VarP" && function != "Func" {
		return
	}
	rest := function
	if i >= 0 {
		rest = strings.TrimPrefix(function, flagTypes[i])
	}
	at := 0
	if strings.Contains(rest, "Var") || flagTypes[max(i, 0)] == "TextVar" && i >= 0 {
		at = 1
	}
	if at >= len(call.Args) {
		return
	}
	name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[at])
	if !ok {
		return
	}
	s := Setting{Kind: Flag, Name: name}
	if at++; strings.HasSuffix(rest, "P") {
		at++
	}
	if at < len(call.Args) && i >= 0 && !strings.HasSuffix(function, "Func") {
		s.Default, s.HasDefault = c.text(call.Args[at])
	}
	c.add(call, s)
}

// kingpin notes a flag or command of kingpin, with what the chain that follows
// says of it: app.Flag("port", "…").Default("8080").Envar("PORT").
func (c *collector) kingpin(call *ast.CallExpr, function string) {
	if function != "Flag" && function != "Command" || len(call.Args) == 0 {
		return
	}
	name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[0])
	if !ok {
		return
	}
	s := Setting{Kind: Flag, Name: name}
	if function == "Command" {
		s.Kind = Command
	}
	variable := ""
	for next := c.chained(call); next != nil; next = c.chained(next) {
		text := ""
		if len(next.Args) > 0 {
			text, _ = logapi.Constant(c.pass.TypesInfo, next.Args[0])
		}
		switch next.Fun.(*ast.SelectorExpr).Sel.Name {
		case "Default":
			s.Default, s.HasDefault = text, len(next.Args) == 1
		case "Required":
			s.Required = true
		case "Envar":
			variable = text
		}
	}
	c.add(call, s)
	if variable != "" {
		s.Kind, s.Name = Variable, variable
		c.add(call, s)
	}
}

// chained returns the method call on the result of a call, nil if there is none.
func (c *collector) chained(call *ast.CallExpr) *ast.CallExpr {
	sel, ok := c.graph.Parent(call).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	next, ok := c.graph.Parent(sel).(*ast.CallExpr)
	if !ok || next.Fun != ast.Expr(sel) {
		return nil
	}
	return next
}

// literal notes a flag of urfave/cli, or a command of it or of cobra.
func (c *collector) literal(lit *ast.CompositeLit) {
	t := types.Unalias(c.pass.TypesInfo.TypeOf(lit))
	if pointer, ok := t.(*types.Pointer); ok { // its type stands in the list around it
		t = types.Unalias(pointer.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return
	}
	name := named.Obj().Name()
	switch logapi.Path(named.Obj().Pkg().Path()) {
	case "github.com/spf13/cobra":
		if use, ok := c.field(lit, "Use"); ok && name == "Command" && !c.isRoot(lit) {
			use, _, _ = strings.Cut(use, " ")
			c.add(lit, Setting{Kind: Command, Name: use})
		}
	case "github.com/urfave/cli":
		switch {
		case name == "Command" && !c.isRoot(lit):
			if use, ok := c.field(lit, "Name"); ok {
				c.add(lit, Setting{Kind: Command, Name: use})
			}
		case strings.HasSuffix(name, "Flag") || strings.HasPrefix(name, "FlagBase"):
			c.cliFlag(lit)
		}
	}
}

// isRoot reports whether the literal of a command is the program itself: it is
// given to nothing that has commands, and things are added to it.
func (c *collector) isRoot(lit *ast.CompositeLit) bool {
	n := c.graph.Parent(lit)
	if unary, ok := n.(*ast.UnaryExpr); ok {
		n = c.graph.Parent(unary)
	}
	var name ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		name = n.Lhs[0]
	case *ast.ValueSpec:
		name = n.Names[0]
	case *ast.SelectorExpr: // (&cli.Command{…}).Run(ctx, os.Args)
		return true
	default:
		return false
	}
	v := c.variable(name)
	root := false
	for id, obj := range c.pass.TypesInfo.Uses {
		sel, ok := c.graph.Parent(id).(*ast.SelectorExpr)
		if v == nil || obj != v || !ok {
			continue
		}
		switch sel.Sel.Name {
		case "AddCommand", "Execute", "ExecuteContext", "ExecuteC", "Run", "RunContext":
			call, ok := c.graph.Parent(sel).(*ast.CallExpr)
			root = root || ok && call.Fun == ast.Expr(sel) && (sel.Sel.Name != "AddCommand" || !c.isAdded(v))
		}
	}
	return root
}

// isAdded reports whether a command is given to another one.
func (c *collector) isAdded(v *types.Var) bool {
	for id, obj := range c.pass.TypesInfo.Uses {
		call, ok := c.graph.Parent(id).(*ast.CallExpr)
		if obj != v || !ok || call.Fun == ast.Expr(id) {
			continue
		}
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func); ok && fn.Name() == "AddCommand" {
			return true
		}
	}
	return false
}

// cliFlag notes a flag of urfave/cli with the variables that it may come from.
func (c *collector) cliFlag(lit *ast.CompositeLit) {
	name, ok := c.field(lit, "Name")
	if !ok {
		return
	}
	s := Setting{Kind: Flag, Name: name}
	if value := fieldOf(lit, "Value"); value != nil {
		s.Default, s.HasDefault = c.text(value)
	}
	if value := fieldOf(lit, "Required"); value != nil {
		tv := c.pass.TypesInfo.Types[value]
		s.Required = tv.Value != nil && tv.Value.Kind() == constant.Bool && constant.BoolVal(tv.Value)
	}
	c.add(lit, s)
	for _, field := range []string{"EnvVars", "Sources"} {
		for _, variable := range c.strings(fieldOf(lit, field)) {
			s.Kind, s.Name = Variable, variable
			c.add(lit, s)
		}
	}
}

// strings lists the constants in a literal or call: []string{"A"},
// cli.EnvVars("A").
func (c *collector) strings(e ast.Expr) []string {
	var list []ast.Expr
	switch e := e.(type) {
	case *ast.CompositeLit:
		list = e.Elts
	case *ast.CallExpr:
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Func); ok && fn.Name() == "EnvVars" {
			list = e.Args
		}
	}
	var texts []string
	for _, item := range list {
		if text, ok := logapi.Constant(c.pass.TypesInfo, item); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func (c *collector) field(lit *ast.CompositeLit, name string) (string, bool) {
	value := fieldOf(lit, name)
	if value == nil {
		return "", false
	}
	return logapi.Constant(c.pass.TypesInfo, value)
}

func fieldOf(lit *ast.CompositeLit, name string) ast.Expr {
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

// spell writes a constant as one writes it on a command line: a duration with
// units, a string without quotes.
func spell(tv types.TypeAndValue) (string, bool) {
	if named, ok := types.Unalias(tv.Type).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time" && named.Obj().Name() == "Duration" {
		if n, exact := constant.Int64Val(constant.ToInt(tv.Value)); exact {
			return time.Duration(n).String(), true
		}
	}
	if tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value), true
	}
	return tv.Value.ExactString(), true
}
