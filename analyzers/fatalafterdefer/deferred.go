package fatalafterdefer

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A deferred is a deferred call that matters.
type deferred struct {
	// Text is what is called, in a deferred literal the call in it.
	Text string
	call *ast.CallExpr
	stmt *ast.DeferStmt
	// Library is the import path of what is called, for the loggers that flush
	// before they exit.
	library string
	block   *cfg.Block
	index   int
}

// deferred judges a deferred call.
func (c *checker) deferred(stmt *ast.DeferStmt) (deferred, bool) {
	call := c.mattering(stmt.Call)
	if call == nil {
		return deferred{}, false
	}
	d := deferred{Text: text(call.Fun), call: call, stmt: stmt}
	if fn := exits.Callee(c.pass.TypesInfo, call); fn != nil && fn.Pkg() != nil {
		d.library = fn.Pkg().Path()
	}
	return d, true
}

// flushes reports whether the exit of a logger does what is deferred: it writes
// out what the logger holds.
func (d deferred) flushes(path string) bool {
	return path != "" && logapi.Path(path) == logapi.Path(d.library)
}

// mattering returns the call that a deferred call comes down to, nil if nothing
// is lost without it.
func (c *checker) mattering(call *ast.CallExpr) *ast.CallExpr {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return c.within(lit.Body)
	}
	if c.matters(call) {
		return call
	}
	fn := exits.Callee(c.pass.TypesInfo, call)
	if d := c.decls[fn]; fn != nil && d != nil && c.within(d.Body) != nil {
		return call
	}
	return nil
}

// within finds the first call that matters in the body of a deferred function.
// One that exits itself skips nothing that its author has not thought of, and
// what is done only for a panic is not due.
func (c *checker) within(body *ast.BlockStmt) *ast.CallExpr {
	var found *ast.CallExpr
	ends := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt:
			return false
		case *ast.IfStmt:
			return !c.recovers(n)
		case *ast.CallExpr:
			if exit, ok := c.exits.Of(n); ok {
				ends = ends || exit.Always
			} else if found == nil && c.matters(n) {
				found = n
			}
		}
		return true
	})
	if ends {
		return nil
	}
	return found
}

// recovers reports whether a branch is taken only for a panic.
func (c *checker) recovers(branch *ast.IfStmt) bool {
	found := false
	for _, part := range []ast.Node{branch.Init, branch.Cond} {
		if part == nil {
			continue
		}
		ast.Inspect(part, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if b, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Builtin); ok && b.Name() == "recover" {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// endings are the first words of the names of calls that are missed if they are
// skipped.
var endings = []string{
	"cleanup", "clean", "close", "commit", "disconnect", "drain", "fini", "flush", "force", "graceful",
	"kill", "rollback", "shutdown", "stop", "sync", "teardown", "tear", "wait",
}

// matters reports whether something is lost if a call is not made.
func (c *checker) matters(call *ast.CallExpr) bool {
	words := sensitive.Words(exits.CalleeName(call))
	if len(words) == 0 {
		return false
	}
	switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Var: // cleanup := start(); defer cleanup()
		return c.valueMatters(callee, words)
	case *types.Func:
		return c.functionMatters(call, callee, words)
	}
	return false
}

// valueMatters judges the call of a function value by its name. To stop or to
// cancel may mean no more than a context.
func (c *checker) valueMatters(v *types.Var, words []string) bool {
	if named, ok := types.Unalias(v.Type()).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" {
		return false
	}
	if !slices.Contains([]string{"cleanup", "clean", "close", "flush", "shutdown", "sync", "teardown", "tear"}, words[0]) {
		return false
	}
	maker := c.makerOf(v)
	return maker == nil || c.makes(maker)
}

// makerOf returns the function of this package that a function value was
// returned by, nil if that is not known.
func (c *checker) makerOf(v *types.Var) *ast.FuncDecl {
	var maker *ast.FuncDecl
	for _, file := range c.pass.Files {
		if v.Pos() < file.FileStart || file.FileEnd < v.Pos() {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok || len(assign.Rhs) != 1 || !c.assigns(assign, v) {
				return true
			}
			if call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr); ok {
				maker = c.decls[exits.Callee(c.pass.TypesInfo, call)]
			}
			return true
		})
	}
	return maker
}

// makes reports whether something that matters is done in the functions that a
// function may return, which are taken for all that it makes or names.
func (c *checker) makes(maker *ast.FuncDecl) bool {
	found := false
	ast.Inspect(maker.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			found = found || c.within(n.Body) != nil
		case *ast.ReturnStmt:
			for _, result := range n.Results { // return provider.Shutdown, nil
				if sel, ok := ast.Unparen(result).(*ast.SelectorExpr); ok {
					fn, _ := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
					words := sensitive.Words(sel.Sel.Name)
					found = found || fn != nil && len(words) > 0 && slices.Contains(endings, words[0]) && !isHarmless(c.pass.TypesInfo.TypeOf(sel.X))
				}
			}
		}
		return !found
	})
	return found
}

func (c *checker) functionMatters(call *ast.CallExpr, fn *types.Func, words []string) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.FullName() {
	case "os.Remove", "os.RemoveAll", "golang.org/x/term.Restore", "runtime/trace.Stop", "runtime/pprof.StopCPUProfile":
		return true
	case "(*sync.WaitGroup).Wait":
		return true
	}
	if harmless[fn.Pkg().Path()] {
		return false
	}
	recv := receiverType(c.pass.TypesInfo, call)
	if words[0] == "unlock" {
		return strings.Contains(strings.ToLower(fn.Pkg().Path()), "flock")
	}
	return slices.Contains(endings, words[0]) && (recv == nil || !isHarmless(recv))
}

// harmless are packages whose things the kernel or the process itself puts an
// end to.
var harmless = map[string]bool{
	"context": true, "crypto/tls": true, "io": true, "io/fs": true, "net": true, "net/http/httptest": true, "os": true, "os/signal": true,
	"sync": true, "syscall": true, "time": true, "mime/multipart": true, "golang.org/x/sys/unix": true, "golang.org/x/sys/windows": true,
	"embed": true, "plugin": true, "testing": true,
}

// harmlessTypes are words at the end of the names of types that only read,
// only listen, or only draw on a terminal.
var harmlessTypes = []string{
	"bar", "body", "cursor", "file", "iter", "iterator", "limiter", "listener", "mutex", "progress", "reader",
	"response", "rows", "scanner", "spinner", "statement", "stmt", "ticker", "timer", "watcher",
}

// isHarmless reports whether nothing is lost if a value is not closed or
// stopped: it reads and does not write, or its type is known for that.
func isHarmless(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if named.Obj().Pkg() != nil && harmless[named.Obj().Pkg().Path()] && named.Obj().Name() != "Closer" {
		return true
	}
	words := sensitive.Words(named.Obj().Name())
	if len(words) > 0 && slices.Contains(harmlessTypes, words[len(words)-1]) {
		return true
	}
	return has(named, "Read") && !has(named, "Write")
}

func has(named *types.Named, method string) bool {
	t := types.Type(named)
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, named.Obj().Pkg(), method)
	_, ok := obj.(*types.Func)
	return ok
}

func receiverType(info *types.Info, call *ast.CallExpr) types.Type {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || info.Selections[sel] == nil {
		return nil
	}
	return info.TypeOf(sel.X)
}

// text writes the name of what is called.
func text(e ast.Expr) string { return judge.Spell(e, "function") }
