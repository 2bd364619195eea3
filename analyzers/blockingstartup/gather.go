package blockingstartup

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Kind says how something waits.
type Kind uint8

// The kinds: a sleep, a loop that ends, one that retries for ever, and a dial in
// a loop that has no timeout.
const (
	sleeps Kind = iota + 1
	loops
	retries
	dials
)

// A Wait is a place where a function waits.
type Wait struct {
	Kind   Kind
	Waited time.Duration // at most
	Text   string        // what it waits, for people: "30 × 2 s"
	Doubt  string        // why it is not known how long it waits, and what would settle it
	Sure   bool          // no condition stands before it in its function
	Site   shutdown.Site // where to point
	Loop   shutdown.Site // of a call of a function that waits: the loop in there
	Calls  []shutdown.Site
}

func (w Wait) compare(other Wait) int {
	return cmp.Or(cmp.Compare(w.Site.String(), other.Site.String()), cmp.Compare(w.Kind, other.Kind))
}

// A gatherer collects what the functions of a package wait.
type gatherer struct {
	*evaluator
	graph   *reach.Result
	found   map[*reach.Node][]Wait
	helpers map[types.Object]*helper
}

// A helper is a function with a loop whose wait its parameters decide.
type helper struct {
	decl  *ast.FuncDecl
	loop  ast.Stmt
	label string
	calls []*ast.CallExpr
}

func gather(pass *analysis.Pass, graph *reach.Result) map[*reach.Node][]Wait {
	if !slices.ContainsFunc(pass.Pkg.Imports(), func(p *types.Package) bool { return p.Path() == "time" }) {
		return nil
	}
	g := &gatherer{newEvaluator(pass), graph, make(map[*reach.Node][]Wait), make(map[types.Object]*helper)}
	for _, file := range pass.Files {
		if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			g.walk(file)
		}
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(g.helpers) > 0 {
				if fn := g.calleeOf(call); fn != nil && g.helpers[fn] != nil {
					g.helpers[fn].calls = append(g.helpers[fn].calls, call)
				}
			}
			return true
		})
	}
	inOrder := slices.SortedFunc(maps.Values(g.helpers), func(a, b *helper) int { return cmp.Compare(a.loop.Pos(), b.loop.Pos()) })
	for _, h := range inOrder {
		g.helper(h)
	}
	return g.found
}

// walk looks for loops that wait and for sleeps outside of loops.
func (g *gatherer) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			loop := n.(ast.Stmt)
			if g.evaluator.waits(loop) {
				g.loop(loop)
				return false
			}
		case *ast.CallExpr:
			if name := g.callee(n); name == "time.Sleep" || name == "time.After" && g.received(n) {
				g.sleep(n)
			}
		}
		return true
	})
}

// received reports whether a channel is waited for on the spot, and for nothing
// else beside it.
func (g *gatherer) received(call *ast.CallExpr) bool {
	receive, ok := g.graph.Parent(call).(*ast.UnaryExpr)
	if !ok || receive.Op != token.ARROW {
		return false
	}
	stmt, ok := g.graph.Parent(receive).(*ast.ExprStmt)
	if !ok {
		return false
	}
	_, inSelect := g.graph.Parent(stmt).(*ast.CommClause)
	return !inSelect
}

func (g *gatherer) add(at ast.Node, site shutdown.Site, w Wait) {
	w.Site = site
	node := g.graph.NodeOf(at)
	g.found[node] = append(g.found[node], w)
}

func (g *gatherer) sleep(call *ast.CallExpr) {
	w := Wait{Kind: sleeps, Sure: g.unconditional(call), Calls: []shutdown.Site{shutdown.SiteOf(g.pass, call)}}
	r := &runner{evaluator: g.evaluator, known: make(env)}
	if d, ok := r.duration(call.Args[0]); ok {
		w.Waited, w.Text = d, spell(d)
	} else {
		w.Sure, w.Doubt = false, "how long the start sleeps here is only known when it runs; listen first"
	}
	g.add(call, w.Calls[0], w)
}

// unconditional reports whether a function cannot get around a piece of syntax.
func (g *gatherer) unconditional(n ast.Node) bool {
	for n = g.graph.Parent(n); n != nil; n = g.graph.Parent(n) {
		switch n.(type) {
		case *ast.FuncDecl:
			return true
		case *ast.BlockStmt, *ast.ExprStmt, *ast.UnaryExpr:
		default:
			return false
		}
	}
	return false
}

// loop runs a loop and notes what it waits.
func (g *gatherer) loop(loop ast.Stmt) {
	if !g.mayWait(loop) {
		g.literals(loop)
		return
	}
	r := g.runner(loop, make(env))
	r.runLoop(loop)
	if r.unknown {
		g.remember(loop, r)
		if g.inner(loop) {
			return
		}
	}
	if w, ok := g.judged(r); ok {
		g.add(loop, g.headOf(loop), w)
	}
	g.literals(loop)
	g.dials(r)
}

// judged makes a Wait of a loop that was run.
func (g *gatherer) judged(r *runner) (Wait, bool) {
	w := Wait{Kind: loops, Waited: r.waited, Text: r.describe()}
	for _, call := range r.calls {
		w.Calls = append(w.Calls, shutdown.SiteOf(g.pass, call))
	}
	switch {
	case r.unknown:
		w.Calls = g.timersIn(r.loop)
		w.Doubt = "how long the loop waits is only known when it runs; bound it by a context with a timeout"
	case !r.goesOn() && !r.succeed:
		return w, false // it does not wait for something to succeed
	case !r.goesOn() && (r.bounded || r.stopped):
		w.Doubt = "a context may end the loop; give it a timeout that is visible here"
	case !r.goesOn():
		w.Kind = retries
	case r.bounded:
		w.Doubt = "a context may end the loop earlier; give it a timeout that is visible here"
	}
	return w, true
}

// timersIn lists the calls in a loop that wait.
func (g *gatherer) timersIn(loop ast.Stmt) []shutdown.Site {
	var sites []shutdown.Site
	inspect(loop, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && slices.Contains(timers, g.callee(call)) {
			sites = append(sites, shutdown.SiteOf(g.pass, call))
		}
	})
	return sites
}

// dials notes the dials of a loop that have no timeout.
func (g *gatherer) dials(r *runner) {
	if !r.succeed && r.turns < 2 {
		return // it is left after the first turn
	}
	for _, call := range r.dials {
		site := shutdown.SiteOf(g.pass, call)
		g.add(call, site, Wait{Kind: dials, Text: short(g.callee(call)), Calls: []shutdown.Site{site}})
	}
}

// short writes the full name of a function without the path of its package.
func short(full string) string {
	full = strings.NewReplacer("(*", "", ")", "").Replace(full)
	return full[strings.LastIndexByte(full, '/')+1:]
}

// inner looks at the loops in a loop of which nothing is known; it reports
// whether one of them waits.
func (g *gatherer) inner(loop ast.Stmt) bool {
	found := false
	inspect(bodyOf(loop), func(n ast.Node) {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || g.evaluator.waits(n)
		}
	})
	if found {
		g.walk(bodyOf(loop))
	}
	return found
}

// literals looks at the function literals in a loop.
func (g *gatherer) literals(loop ast.Stmt) {
	ast.Inspect(loop, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			g.walk(lit.Body)
			return false
		}
		return true
	})
}

// runner makes what runs a loop: with the variables that are set once before it.
func (g *gatherer) runner(loop ast.Stmt, known env) *runner {
	label := ""
	if labeled, ok := g.graph.Parent(loop).(*ast.LabeledStmt); ok {
		label = labeled.Label.Name
	}
	r := &runner{evaluator: g.evaluator, known: known, label: label}
	ast.Inspect(loop, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj, ok := g.pass.TypesInfo.Uses[id].(*types.Var)
		if ok && !obj.IsField() && obj.Pos() < loop.Pos() && obj.Parent() != g.pass.Pkg.Scope() && r.known[obj] == nil {
			if v := g.initial(obj, loop); v != nil {
				r.known[obj] = v
			}
		}
		return true
	})
	return r
}

// initial returns the value that a local variable has when a loop begins: the
// one that it was defined with, if only the loop writes it again.
func (g *gatherer) initial(obj *types.Var, loop ast.Stmt) constant.Value {
	value := g.first[obj]
	if value == nil {
		if basic, ok := obj.Type().Underlying().(*types.Basic); !ok || basic.Info()&types.IsInteger == 0 || !g.zero[obj] {
			return nil
		}
	}
	inside := 0
	ast.Inspect(loop, func(n ast.Node) bool {
		for _, t := range targets(n) {
			if t.left != nil && g.object(t.left) == obj {
				inside++
			}
		}
		return true
	})
	if g.written[obj]-inside > 1 {
		return nil
	}
	if value == nil {
		return constant.MakeInt64(0)
	}
	return g.value(value, nil)
}

// remember keeps a loop whose wait the parameters of its function may decide.
func (g *gatherer) remember(loop ast.Stmt, r *runner) {
	var n ast.Node = loop
	for n = g.graph.Parent(n); n != nil; n = g.graph.Parent(n) {
		switch decl := n.(type) {
		case *ast.FuncLit:
			return
		case *ast.FuncDecl:
			if obj := g.pass.TypesInfo.Defs[decl.Name]; obj != nil && len(g.parameters(decl)) > 0 {
				g.helpers[obj] = &helper{decl: decl, loop: loop, label: r.label}
			}
			return
		}
	}
}

// helper judges a loop by the one call of its function in the package.
func (g *gatherer) helper(h *helper) {
	if len(h.calls) != 1 || h.calls[0].Ellipsis.IsValid() {
		return
	}
	call := h.calls[0]
	known := make(env)
	for i, param := range g.parameters(h.decl) {
		if i < len(call.Args) && g.written[param] == 0 {
			if v := g.value(call.Args[i], nil); v != nil {
				known[param] = v
			}
		}
	}
	r := g.runner(h.loop, known)
	r.runLoop(h.loop)
	if r.unknown {
		return
	}
	if w, ok := g.judged(r); ok {
		w.Loop = g.headOf(h.loop)
		g.forget(h.loop)
		g.add(call, shutdown.SiteOf(g.pass, call), w)
	}
}

// forget drops what was noted of a loop by itself.
func (g *gatherer) forget(loop ast.Stmt) {
	node, site := g.graph.NodeOf(loop), g.headOf(loop)
	g.found[node] = slices.DeleteFunc(g.found[node], func(w Wait) bool { return w.Site == site })
}

// headOf returns where the part of a loop before its body lies.
func (g *gatherer) headOf(loop ast.Stmt) shutdown.Site {
	site := shutdown.SiteOf(g.pass, loop)
	end := g.pass.Fset.Position(loop.Pos() + token.Pos(len("for")))
	switch l := loop.(type) {
	case *ast.RangeStmt:
		end = g.pass.Fset.Position(l.X.End())
	case *ast.ForStmt:
		switch {
		case l.Post != nil:
			end = g.pass.Fset.Position(l.Post.End())
		case l.Cond != nil:
			end = g.pass.Fset.Position(l.Cond.End())
		case l.Init != nil:
			end = g.pass.Fset.Position(l.Init.End())
		}
	}
	site.EndLine, site.EndCol = end.Line, end.Column
	return site
}

func bodyOf(loop ast.Stmt) *ast.BlockStmt {
	if loop, ok := loop.(*ast.RangeStmt); ok {
		return loop.Body
	}
	return loop.(*ast.ForStmt).Body
}
