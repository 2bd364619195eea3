package exits

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Analyzer yields a [*Result]. It reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintexits",
	Doc:        "find out which functions end the process",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Ends)},
}

// Ends is the fact of a function that may end the process.
type Ends struct {
	// Never is true if the function does not return to its caller.
	Never bool
	// Always is true if it ends the process whenever it is called.
	Always bool
	// Given is one more than the index of an error parameter: the function ends
	// the process if that is not nil.
	Given int
	Code  Code
	// Cleans names the methods and functions that it calls before it exits, so
	// that a cleanup of its own is known; sorted.
	Cleans []string
}

// AFact marks Ends as a fact.
func (*Ends) AFact() {}

// Code is what is known of an exit code.
type Code uint8

// The codes.
const (
	Unknown Code = iota
	Success
	Failure
)

// An Exit is a call that ends the process.
type Exit struct {
	// Always is false for a call that ends the process only if Given is not nil.
	Always bool
	Given  ast.Expr
	Code   Code
	// Flushes is the import path of the logger that writes out what it holds
	// before it exits, if the call is one's.
	Flushes string
	// Cleans names what the callee calls before it exits.
	Cleans []string
}

// A Result knows the calls of one package that end the process.
type Result struct {
	pass   *analysis.Pass
	ends   map[*types.Func]*Ends
	graphs map[*ast.BlockStmt]*cfg.CFG
	locals map[types.Object]*ast.FuncLit // variables that only ever hold one literal
	lits   map[*ast.FuncLit]*Ends
}

// maxRounds bounds how long a chain of functions that call each other is
// followed within a package.
const maxRounds = 8

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:   pass,
		ends:   make(map[*types.Func]*Ends),
		graphs: make(map[*ast.BlockStmt]*cfg.CFG),
		locals: make(map[types.Object]*ast.FuncLit),
		lits:   make(map[*ast.FuncLit]*Ends),
	}
	if !judge.Own(pass) {
		return r, nil
	}
	r.collectLocals()
	for range maxRounds {
		if !r.round() {
			break
		}
	}
	for _, fn := range slices.SortedFunc(maps.Keys(r.ends), func(a, b *types.Func) int { return cmp.Compare(a.Pos(), b.Pos()) }) {
		pass.ExportObjectFact(fn, r.ends[fn])
	}
	clear(r.graphs) // they were made while less was known
	return r, nil
}

// round looks at every function once more and reports whether that told
// anything new.
func (r *Result) round() bool {
	changed := false
	clear(r.graphs)
	for _, file := range r.pass.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			fn, ok := r.pass.TypesInfo.Defs[d.Name].(*types.Func)
			if !ok {
				continue
			}
			if e := r.body(d.Type, d.Body); e != nil && !reflect.DeepEqual(r.ends[fn], e) {
				r.ends[fn], changed = e, true
			}
		}
	}
	for _, lit := range r.locals {
		if e := r.body(lit.Type, lit.Body); e != nil && !reflect.DeepEqual(r.lits[lit], e) {
			r.lits[lit], changed = e, true
		}
	}
	return changed
}

// collectLocals finds the variables that are given a function literal where
// they are declared and nothing else ever.
func (r *Result) collectLocals() {
	changed := make(map[types.Object]bool)
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					id, ok := lhs.(*ast.Ident)
					if !ok {
						continue
					}
					if obj := r.pass.TypesInfo.Defs[id]; obj != nil && len(n.Lhs) == len(n.Rhs) {
						if lit, ok := ast.Unparen(n.Rhs[i]).(*ast.FuncLit); ok {
							r.locals[obj] = lit
						}
					} else if obj := r.pass.TypesInfo.Uses[id]; obj != nil {
						changed[obj] = true
					}
				}
			case *ast.UnaryExpr:
				if id, ok := n.X.(*ast.Ident); ok && n.Op == token.AND {
					changed[r.pass.TypesInfo.Uses[id]] = true
				}
			}
			return true
		})
	}
	for obj := range changed {
		delete(r.locals, obj)
	}
}

// body says how a function ends the process, nil if it does not.
func (r *Result) body(signature *ast.FuncType, body *ast.BlockStmt) *Ends {
	graph := r.Graph(body)
	var e Ends
	exits, panics := 0, false
	codes := make(map[Code]bool)
	for _, block := range graph.Blocks {
		if !block.Live {
			continue
		}
		for _, node := range block.Nodes {
			Calls(node, func(call *ast.CallExpr) {
				if exit, ok := r.Of(call); ok {
					codes[exit.Code] = true
					if exit.Always {
						exits++
					}
					e.Cleans = append(e.Cleans, exit.Cleans...)
				} else if r.panics(call) {
					panics = true
				} else if name := CalleeName(call); IsCleanup(name) {
					e.Cleans = append(e.Cleans, name)
				}
			})
		}
	}
	e.Never = graph.NoReturn()
	e.Always = e.Never && exits > 0 && !panics
	if len(codes) == 1 {
		for code := range codes {
			e.Code = code
		}
	}
	if !e.Always {
		e.Given = r.given(signature, body)
	}
	switch {
	case e.Always, e.Given > 0:
		slices.Sort(e.Cleans)
		e.Cleans = slices.Compact(e.Cleans)
	case e.Never:
		return &Ends{Never: true}
	default:
		return nil
	}
	return &e
}

// given returns one more than the index of the error parameter that decides
// whether a function ends the process: it does so in an if on its not being nil,
// or behind a return for its being nil.
func (r *Result) given(signature *ast.FuncType, body *ast.BlockStmt) int {
	for i, stmt := range body.List {
		branch, ok := stmt.(*ast.IfStmt)
		if !ok || branch.Init != nil {
			continue
		}
		obj, op := NilTest(r.pass.TypesInfo, branch.Cond)
		index := paramIndex(r.pass.TypesInfo, signature, obj)
		switch {
		case index < 0:
		case op == token.NEQ && r.endsIn(branch.Body.List):
			return index + 1
		case op == token.EQL && returns(branch.Body.List) && r.endsIn(body.List[i+1:]):
			return index + 1
		}
	}
	return 0
}

// NilTest takes a condition apart that compares an error with nil: it returns
// the variable and the operator, nil if the condition is another.
func NilTest(info *types.Info, cond ast.Expr) (types.Object, token.Token) {
	test, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || test.Op != token.NEQ && test.Op != token.EQL {
		return nil, 0
	}
	x, y := ast.Unparen(test.X), ast.Unparen(test.Y)
	if info.Types[x].IsNil() {
		x, y = y, x
	}
	id, ok := x.(*ast.Ident)
	if !ok || !info.Types[y].IsNil() || !IsError(info.TypeOf(id)) {
		return nil, 0
	}
	return info.Uses[id], test.Op
}

// IsError reports whether a type is error or implements it.
func IsError(t types.Type) bool {
	return t != nil && types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

func paramIndex(info *types.Info, signature *ast.FuncType, obj types.Object) int {
	index := 0
	for _, field := range signature.Params.List {
		for _, name := range field.Names {
			if obj != nil && info.Defs[name] == obj {
				return index
			}
			index++
		}
		if len(field.Names) == 0 {
			index++
		}
	}
	return -1
}

func returns(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := list[len(list)-1].(*ast.ReturnStmt)
	return ok
}

// endsIn reports whether the last of some statements ends the process.
func (r *Result) endsIn(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	stmt, ok := list[len(list)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	exit, ok := r.Of(call)
	return ok && exit.Always
}

// Graph returns the control flow of a function's body. What ends the process,
// panics or never returns for another reason ends a path.
func (r *Result) Graph(body *ast.BlockStmt) *cfg.CFG {
	graph := r.graphs[body]
	if graph == nil {
		graph = cfg.New(body, r.mayReturn)
		r.graphs[body] = graph
	}
	return graph
}

func (r *Result) mayReturn(call *ast.CallExpr) bool {
	if exit, ok := r.Of(call); ok && exit.Always || r.panics(call) {
		return false
	}
	fn, _ := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	e := r.endsOf(fn)
	return e == nil || !e.Never
}

// panics reports whether a call panics or ends its goroutine, so that what is
// deferred runs.
func (r *Result) panics(call *ast.CallExpr) bool {
	switch callee := typeutil.Callee(r.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return callee.Name() == "panic"
	case *types.Func:
		return isPanic(callee)
	}
	return false
}

// Of says whether and how a call ends the process.
func (r *Result) Of(call *ast.CallExpr) (Exit, bool) {
	if lit := r.literal(call); lit != nil {
		return exitOf(call, r.lits[lit])
	}
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return Exit{}, false
	}
	if a, ok := lookup(r.pass.TypesInfo, call, fn); ok {
		return r.known(call, fn, a)
	}
	return exitOf(call, r.endsOf(fn))
}

// literal returns the function literal that a call calls: at once, or by a
// variable that holds no other.
func (r *Result) literal(call *ast.CallExpr) *ast.FuncLit {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		return r.locals[r.pass.TypesInfo.Uses[id]]
	}
	return nil
}

func exitOf(call *ast.CallExpr, e *Ends) (Exit, bool) {
	switch {
	case e == nil:
	case e.Always:
		return Exit{Always: true, Code: e.Code, Cleans: e.Cleans}, true
	case e.Given > 1 && len(call.Args) == 1: // must(open())
		return Exit{Given: call.Args[0], Code: e.Code, Cleans: e.Cleans}, true
	case e.Given > 0 && e.Given <= len(call.Args):
		return Exit{Given: call.Args[e.Given-1], Code: e.Code, Cleans: e.Cleans}, true
	}
	return Exit{}, false
}

func (r *Result) known(call *ast.CallExpr, fn *types.Func, a ending) (Exit, bool) {
	exit := Exit{Always: a.given == 0, Code: Failure}
	if a.flushes {
		exit.Flushes = fn.Pkg().Path()
	}
	if a.given > 0 {
		if a.given > len(call.Args) {
			return Exit{}, false
		}
		exit.Given = call.Args[a.given-1]
	}
	if a.coded && len(call.Args) > 0 {
		exit.Code = Unknown
		if v := r.pass.TypesInfo.Types[call.Args[0]].Value; v != nil && v.Kind() == constant.Int {
			exit.Code = Failure
			if constant.Sign(v) == 0 {
				exit.Code = Success
			}
		}
	}
	return exit, true
}

// endsOf returns what is known of a function of the user's.
func (r *Result) endsOf(fn *types.Func) *Ends {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	fn = fn.Origin()
	if fn.Pkg() == r.pass.Pkg {
		return r.ends[fn]
	}
	var e Ends
	if r.pass.ImportObjectFact(fn, &e) {
		return &e
	}
	return nil
}

// Calls visits the calls in a node of a control-flow graph, in order of
// evaluation, those in function literals left out and what is deferred or
// started as a goroutine too.
func Calls(node ast.Node, visit func(*ast.CallExpr)) {
	var stack []ast.Node
	ast.Inspect(node, func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			if call, ok := stack[len(stack)-1].(*ast.CallExpr); ok {
				visit(call)
			}
			stack = stack[:len(stack)-1]
			return true
		case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			return false
		}
		stack = append(stack, n)
		return true
	})
}

// Callee returns the declaration of the function or method that a call names, of
// generic ones the origin; nil if it names none.
func Callee(info *types.Info, call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// CalleeName returns the name of the function or method that is called, without
// what stands before it.
func CalleeName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}
