package unstructuredlog

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// formed settles the output of an encoder of which the arguments, or what is
// done with the result, say more than the function. It is false if something
// else says it.
func (g *gatherer) formed(call *ast.CallExpr, fn *types.Func, e *Event) bool {
	switch e.Library {
	case "logrus":
		if e.Instance {
			return g.keepsFormat(call)
		}
		return len(call.Args) != 1 || !g.formats(call.Args[0]) // else the literal says it
	case "promslog":
		e.Output = g.promslog(call)
	case "zap":
		return !strings.HasSuffix(fn.Name(), "Config") || !g.assigns(call, "Encoding")
	case "charm":
		g.charm(call, fn, e)
	case "apex":
		return fn.Name() != "SetHandler" || len(call.Args) == 1 && !g.encodes(call.Args[0])
	case "lgr":
		if slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
			option, ok := ast.Unparen(arg).(*ast.CallExpr)
			return ok && calledFunction(g.pass.TypesInfo, option) == "SlogHandler"
		}) {
			e.Output = logapi.JSONOutput // as good as the handler, which is judged by itself
		}
	case "klog":
		g.klog(call, fn, e)
	}
	return true
}

func calledFunction(info *types.Info, call *ast.CallExpr) string {
	if fn, ok := typeutil.Callee(info, call).(*types.Func); ok {
		return fn.Name()
	}
	return ""
}

// encodes reports whether an expression is a call that makes an encoder.
func (g *gatherer) encodes(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	_, ok = logapi.EncoderOf(fn.Pkg().Path(), receiver(fn), fn.Name())
	return ok
}

// klog settles what klog is given: the loggers of other libraries are judged by
// themselves.
func (g *gatherer) klog(call *ast.CallExpr, fn *types.Func, e *Event) {
	switch {
	case fn.Name() == "SetSlogLogger":
		e.Output = logapi.JSONOutput
	case strings.HasPrefix(fn.Name(), "SetLogger") && len(call.Args) > 0:
		logger, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr)
		if !ok {
			return
		}
		if made, ok := typeutil.Callee(g.pass.TypesInfo, logger).(*types.Func); ok && made.Pkg() != nil {
			switch made.Pkg().Path() {
			case "github.com/go-logr/zapr", "github.com/go-logr/logr/funcr", "github.com/go-logr/stdr", "k8s.io/klog/v2/textlogger":
				e.Output = logapi.JSONOutput
			}
		}
	case fn.Name() == "ValidateAndApply" && g.assigns(call, "Format"):
		e.Output = logapi.UnknownOutput
	}
}

// charmFormatters are the formatters of charm by number.
var charmFormatters = []logapi.Output{logapi.TextOutput, logapi.JSONOutput, logapi.LogfmtOutput}

// charm settles the formatter of a logger of charm: the one that is set, or that
// its options name, else text.
func (g *gatherer) charm(call *ast.CallExpr, fn *types.Func, e *Event) {
	var formatter ast.Expr
	switch fn.Name() {
	case "SetFormatter":
		formatter = call.Args[0]
	case "NewWithOptions":
		if lit, ok := ast.Unparen(call.Args[1]).(*ast.CompositeLit); ok {
			formatter = field(lit, "Formatter")
		} else {
			e.Output = logapi.UnknownOutput
			return
		}
	}
	switch {
	case formatter != nil:
		e.Output = logapi.UnknownOutput
		if v := g.pass.TypesInfo.Types[formatter].Value; v != nil {
			if n, ok := constant.Int64Val(v); ok && 0 <= n && int(n) < len(charmFormatters) {
				e.Output = charmFormatters[n]
			}
		}
	case e.Output == logapi.TextOutput && g.calls(call, "SetFormatter"):
		e.Output = logapi.UnknownOutput // that call says it
	}
}

// promslog settles the format of a logger of promslog: logfmt unless it is set,
// by a flag or otherwise.
func (g *gatherer) promslog(call *ast.CallExpr) logapi.Output {
	for _, imported := range g.pass.Pkg.Imports() {
		if imported.Path() == "github.com/prometheus/common/promslog/flag" {
			return logapi.LogfmtOutput
		}
	}
	if len(call.Args) != 1 {
		return logapi.UnknownOutput
	}
	e := ast.Unparen(call.Args[0])
	if amp, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(amp.X)
	}
	lit, ok := e.(*ast.CompositeLit)
	switch {
	case g.sets(call, "json"):
		return logapi.JSONOutput
	case ok && field(lit, "Format") == nil:
		return logapi.LogfmtOutput
	}
	return logapi.UnknownOutput
}

// sets reports whether the function around a node calls Set with a text.
func (g *gatherer) sets(n ast.Node, text string) bool {
	return g.within(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || calledFunction(g.pass.TypesInfo, call) != "Set" {
			return false
		}
		value, _ := logapi.Constant(g.pass.TypesInfo, call.Args[0])
		return value == text
	})
}

// assigns reports whether the function around a node sets a field of this name.
func (g *gatherer) assigns(n ast.Node, name string) bool {
	return g.within(n, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		return ok && slices.ContainsFunc(assign.Lhs, func(left ast.Expr) bool {
			sel, ok := ast.Unparen(left).(*ast.SelectorExpr)
			return ok && sel.Sel.Name == name
		})
	})
}

// calls reports whether the function around a node calls a function of this
// name.
func (g *gatherer) calls(n ast.Node, name string) bool {
	return g.within(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && calledFunction(g.pass.TypesInfo, call) == name
	})
}

// within reports whether something holds for a node of the function around n.
func (g *gatherer) within(n ast.Node, holds func(ast.Node) bool) bool {
	function := g.function(n)
	if function == nil {
		return false
	}
	found := false
	ast.Inspect(function, func(n ast.Node) bool {
		found = found || n != nil && holds(n)
		return !found
	})
	return found
}

// keepsFormat reports whether a logger of logrus that a call makes is kept in a
// variable or field of the package, and nothing in the package sets its
// formatter.
func (g *gatherer) keepsFormat(call *ast.CallExpr) bool {
	assign, ok := g.graph.Parent(call).(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != len(assign.Rhs) {
		return false
	}
	v := g.variable(assign.Lhs[slices.Index(assign.Rhs, ast.Expr(call))])
	if v == nil || v.Exported() {
		return false
	}
	for id, obj := range g.pass.TypesInfo.Uses {
		if obj != v {
			continue
		}
		var whole ast.Expr = id
		if sel, ok := g.graph.Parent(id).(*ast.SelectorExpr); ok && sel.Sel == id {
			whole = sel
		}
		switch parent := g.graph.Parent(whole).(type) {
		case *ast.SelectorExpr:
			if parent.Sel.Name == "SetFormatter" || parent.Sel.Name == "Formatter" {
				return false
			}
		case *ast.AssignStmt:
			if !slices.Contains(parent.Lhs, whole) {
				return false
			}
		default:
			return false // handed to somebody who may set it
		}
	}
	return true
}

func (g *gatherer) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if sel, isSel := ast.Unparen(e).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return nil
	}
	v, _ := g.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return v
}

// hclog settles the form of a logger of hclog by its options.
func (g *gatherer) hclog(lit *ast.CompositeLit, title string) {
	output := logapi.TextOutput
	if writer := field(lit, "Output"); writer != nil && !g.standardStream(writer) {
		output = logapi.UnknownOutput
	}
	value := field(lit, "JSONFormat")
	switch {
	case value != nil:
		output = logapi.UnknownOutput
		if tv := g.pass.TypesInfo.Types[value]; tv.Value != nil && tv.Value.String() == "true" {
			output = logapi.JSONOutput
		}
	case g.assigns(lit, "JSONFormat"):
		output = logapi.UnknownOutput
	}
	g.add(lit, Event{Kind: encoder, Library: "hclog", Output: output, Text: title})
}

// access notes an access log, unless its configuration has a format that may be
// JSON, or a writer that is no standard stream.
func (g *gatherer) access(call *ast.CallExpr, fn *types.Func) {
	e := Event{Kind: access, Library: fn.Pkg().Name(), Text: fn.Pkg().Name() + "." + fn.Name()}
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.CompositeLit)
		if !ok {
			if isConfig(g.pass.TypesInfo.TypeOf(arg)) {
				return
			}
			continue
		}
		if format := field(lit, logapi.AccessFormat(fn.Pkg().Path())); format != nil {
			text, known := logapi.Constant(g.pass.TypesInfo, format)
			if !known || strings.HasPrefix(strings.TrimSpace(text), "{") {
				return
			}
		} else if fn.Name() == "LoggerWithConfig" && e.Library == "middleware" {
			return // echo's own format is JSON
		}
	}
	g.add(call, e)
}

// isConfig reports whether values of a type configure an access log.
func isConfig(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && strings.HasSuffix(named.Obj().Name(), "Config")
}
