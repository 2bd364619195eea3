package ignoredexitcode

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A gatherer finds out how the functions of one package end.
type gatherer struct {
	pass     *analysis.Pass
	judge    *judge.Judge
	exits    *exits.Result
	parents  map[ast.Node]ast.Node
	decls    map[*types.Func]*ast.FuncDecl
	fixes    map[shutdown.Site]analysis.SuggestedFix
	commands map[string]bool
	endings  Endings
}

func (g *gatherer) gather() {
	for _, file := range g.pass.Files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil {
				if fn, ok := g.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
					g.decls[fn] = d
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			g.command(n)
			return true
		})
	}
	for _, file := range g.pass.Files {
		if g.judge.Skips(file.Pos()) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if fn, ok := g.pass.TypesInfo.Defs[n.Name].(*types.Func); ok && n.Body != nil {
					g.function(reach.ID(fn), n.Type, n.Body)
				}
			case *ast.FuncLit:
				if id := shutdown.SiteOf(g.pass, n).String(); g.commands[id] {
					g.function(id, n.Type, n.Body)
				}
			}
			return true
		})
	}
	g.endings.Commands = slices.Sorted(maps.Keys(g.commands))
	slices.SortFunc(g.endings.Funcs, func(a, b Func) int { return cmp.Compare(a.ID, b.ID) })
}

// A kind is what a function tells its caller about failure.
type kind uint8

const (
	silent  kind = iota // nothing: no result
	failing             // by an error as its last result
	coded               // by an int
	other
)

// A function is one function that is looked at.
type function struct {
	*gatherer
	Func
	kind    kind
	command bool
	body    *ast.BlockStmt
	// tolerant: it logs a failure and goes on with other work, so that the same
	// at its end is no oversight. falls are the faults at its end.
	tolerant bool
	falls    []Fault
}

func (g *gatherer) function(id string, signature *ast.FuncType, body *ast.BlockStmt) {
	f := &function{gatherer: g, Func: Func{ID: id}, kind: g.kindOf(signature), command: g.commands[id], body: body}
	f.Fails = f.kind == failing
	if f.kind == other || f.exitsDeferred() {
		return
	}
	f.statements(body.List, true)
	if !f.tolerant {
		f.Faults = append(f.Faults, f.falls...)
	}
	if len(f.Faults)+len(f.Ends)+len(f.Checked) > 0 || f.command && f.Fails {
		slices.Sort(f.Ends)
		f.Ends = slices.Compact(f.Ends)
		g.endings.Funcs = append(g.endings.Funcs, f.Func)
	}
}

func (g *gatherer) kindOf(signature *ast.FuncType) kind {
	if signature.Results == nil || len(signature.Results.List) == 0 {
		return silent
	}
	last := signature.Results.List[len(signature.Results.List)-1]
	t := g.pass.TypesInfo.TypeOf(last.Type)
	switch {
	case types.Identical(t, types.Universe.Lookup("error").Type()):
		return failing
	case types.Identical(t, types.Typ[types.Int]) && signature.Results.NumFields() == 1:
		return coded
	}
	return other
}

// exitsDeferred reports whether the function ends the process in a deferred
// call: then the exit code is made there.
func (f *function) exitsDeferred() bool {
	found := false
	ast.Inspect(f.body, func(n ast.Node) bool {
		if d, ok := n.(*ast.DeferStmt); ok {
			ast.Inspect(d.Call, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if _, ok := f.exits.Of(call); ok {
						found = true
					}
				}
				return !found
			})
		}
		_, literal := n.(*ast.FuncLit)
		return !found && !literal
	})
	return found
}

// statements looks through a list of statements; last is true if the function
// ends behind it.
func (f *function) statements(list []ast.Stmt, last bool) {
	if n := len(list); n > 0 {
		last = last || f.endsWell(list[n-1])
	}
	for i, stmt := range list {
		rest := list[i+1:]
		f.statement(stmt, last && !slices.ContainsFunc(rest, func(s ast.Stmt) bool { return !f.idle(s) }))
	}
}

// endsWell reports whether a statement ends the function or the process as if
// all went well.
func (f *function) endsWell(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.ReturnStmt:
		return f.succeeds(s)
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		exit, ok := f.exits.Of(call)
		return ok && exit.Always && exit.Code == exits.Success
	}
	return false
}

func (f *function) statement(stmt ast.Stmt, last bool) {
	switch s := stmt.(type) {
	case *ast.BlockStmt:
		f.statements(s.List, last)
	case *ast.LabeledStmt:
		f.statement(s.Stmt, last)
	case *ast.IfStmt:
		f.branch(s, last)
	case *ast.ForStmt:
		f.statements(s.Body.List, false)
	case *ast.RangeStmt:
		f.statements(s.Body.List, false)
	case *ast.SwitchStmt:
		f.clauses(s.Body, last)
	case *ast.TypeSwitchStmt:
		f.clauses(s.Body, last)
	case *ast.SelectStmt:
		f.clauses(s.Body, last)
	case *ast.ExprStmt:
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
			f.called(call, last)
		}
	case *ast.AssignStmt:
		if len(s.Rhs) == 1 && !slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool { return !isBlank(e) }) {
			if call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); ok && last {
				f.dropped(call)
			}
		}
	case *ast.ReturnStmt:
		if n := len(s.Results); n > 0 {
			f.endsWith(s.Results[n-1])
		}
	}
}

func (f *function) clauses(body *ast.BlockStmt, last bool) {
	for _, stmt := range body.List {
		switch clause := stmt.(type) {
		case *ast.CaseClause:
			f.statements(clause.Body, last)
		case *ast.CommClause:
			f.statements(clause.Body, last)
		}
	}
}

// called looks at a call that is a statement.
func (f *function) called(call *ast.CallExpr, last bool) {
	if exit, ok := f.exits.Of(call); ok {
		if len(call.Args) > 0 && (exit.Code == exits.Unknown || exit.Given != nil || exits.CalleeName(call) == "Exit") {
			f.endsWith(call.Args[0]) // os.Exit(run())
		}
		return
	}
	if !last {
		return
	}
	fn := exits.Callee(f.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	if f.own(fn) && fn.Signature().Results().Len() == 0 {
		if !writes(fn.Name()) {
			f.Ends = append(f.Ends, reach.ID(fn))
		}
		return
	}
	f.dropped(call)
}

// endsWith notes that the function or the process ends with the result of a call.
func (f *function) endsWith(e ast.Expr) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return
	}
	if fn := exits.Callee(f.pass.TypesInfo, call); fn != nil && f.own(fn) {
		f.Ends = append(f.Ends, reach.ID(fn))
	}
}

// own reports whether a function is the user's: of this package, or of another
// of the module.
func (g *gatherer) own(fn *types.Func) bool {
	return fn.Pkg() != nil && (fn.Pkg() == g.pass.Pkg || g.pass.ImportPackageFact(fn.Pkg(), new(Endings)))
}

// dropped judges a call whose error is dropped as the last thing that is done.
func (f *function) dropped(call *ast.CallExpr) {
	fn := exits.Callee(f.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	results := fn.Signature().Results()
	if results.Len() == 0 || !types.Identical(results.At(results.Len()-1).Type(), types.Universe.Lookup("error").Type()) {
		return
	}
	runs := runsWork(fn)
	if !runs && (f.kind != silent && !f.command || !f.own(fn) || f.minor(call, fn) || writes(fn.Name()) || f.cannotFail(call)) {
		return
	}
	fault := Fault{Site: shutdown.SiteOf(f.pass, call), Failed: text(call.Fun), Runs: runs}
	f.Faults = append(f.Faults, f.worded(fault, "check its error and end with os.Exit(1)"))
}

// cannotFail reports whether a call is given a function that returns no error
// but nil, so that it has none to return itself.
func (f *function) cannotFail(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		return ok && f.kindOf(lit.Type) == failing && !returnsError(f.pass.TypesInfo, lit)
	})
}

// returnsError reports whether a function literal returns an error but nil.
func returnsError(info *types.Info, lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || len(n.Results) == 0 || !harmlessResult(info, n.Results[len(n.Results)-1])
		}
		return true
	})
	return found
}

// harmlessResult reports whether a returned error is nil or steers a walk
// through files.
func harmlessResult(info *types.Info, e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return info.Types[e].IsNil() || ok && (sel.Sel.Name == "SkipDir" || sel.Sel.Name == "SkipAll")
}

// worded gives a fault its message with what to do about it.
func (f *function) worded(fault Fault, remedy string) Fault {
	if f.command && f.kind == silent {
		remedy = "make the command a RunE and return the error"
	}
	fault.Message = "failure of " + fault.Failed + " ends with exit code 0; " + remedy
	return fault
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// idle reports whether a statement can follow the work of a function without
// being part of it: it ends well, prints, or cleans up.
func (f *function) idle(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.ReturnStmt:
		return f.succeeds(s)
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		if exit, ok := f.exits.Of(call); ok {
			return exit.Code == exits.Success
		}
		return f.prints(call) || exits.IsCleanup(exits.CalleeName(call))
	case *ast.AssignStmt:
		return !slices.ContainsFunc(s.Rhs, func(e ast.Expr) bool { return !f.measures(e) })
	case *ast.IfStmt:
		if call := f.sourceIn(s.Init); call != nil && exits.IsCleanup(exits.CalleeName(call)) {
			return true
		}
		return s.Else == nil && s.Init == nil && !slices.ContainsFunc(s.Body.List, func(s ast.Stmt) bool { return !f.idle(s) || isReturn(s) })
	case *ast.EmptyStmt:
		return true
	}
	return false
}

func isReturn(s ast.Stmt) bool { _, ok := s.(*ast.ReturnStmt); return ok }

// measures reports whether an expression is a time measured or the result of a
// cleanup.
func (f *function) measures(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := exits.Callee(f.pass.TypesInfo, call)
	return fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "time" || exits.IsCleanup(fn.Name()))
}

// succeeds reports whether a return tells the caller that all went well.
func (f *function) succeeds(ret *ast.ReturnStmt) bool {
	switch f.kind {
	case silent:
		return true
	case failing:
		return len(ret.Results) > 0 && f.pass.TypesInfo.Types[ret.Results[len(ret.Results)-1]].IsNil()
	case coded:
		if len(ret.Results) == 1 {
			v := f.pass.TypesInfo.Types[ret.Results[0]].Value
			return v != nil && v.Kind() == constant.Int && constant.Sign(v) == 0
		}
	}
	return false
}

// prints reports whether a call writes to a log or a standard stream and lets
// the program go on.
func (f *function) prints(call *ast.CallExpr) bool {
	if _, ends := f.exits.Of(call); ends {
		return false
	}
	if logged, ok := logapi.Of(f.pass.TypesInfo, call); ok {
		return logged.Func.Kind == logapi.Sink && logged.Func.Level != "fatal"
	}
	fn := exits.Callee(f.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	return printing(fn)
}
