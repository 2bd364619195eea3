package blockingstartup

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"
)

// How a list of statements ends.
type end uint8

const (
	falls end = iota
	continues
	leaves
)

// A runner runs a loop in which every attempt fails.
type runner struct {
	*evaluator
	known env
	loop  ast.Stmt
	label string
	steps int

	turns   int
	waited  time.Duration
	sleeps  []time.Duration // one by one
	calls   []*ast.CallExpr // that wait: of time.Sleep, time.After
	dials   []*ast.CallExpr // without a timeout
	unknown bool            // how long it waits is not known
	bounded bool            // a context with a deadline may end it
	stopped bool            // a context without one may
	succeed bool            // it is left when an attempt succeeds
}

const (
	maxTurns = 20_000
	maxSteps = 100_000
	forever  = 24 * time.Hour
)

// runLoop runs a for or range statement.
func (r *runner) runLoop(loop ast.Stmt) {
	r.loop = loop
	switch loop := loop.(type) {
	case *ast.ForStmt:
		r.forLoop(loop)
	case *ast.RangeStmt:
		r.rangeLoop(loop)
	}
}

func (r *runner) forLoop(loop *ast.ForStmt) {
	if loop.Init != nil {
		r.statement(loop.Init)
	}
	for r.goesOn() {
		if loop.Cond != nil {
			switch v := r.value(loop.Cond, r.known); {
			case v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v):
				return
			case v == nil && r.compares(loop.Cond):
				r.unknown = true
				return
			case v == nil:
				r.succeed = true
				r.look(loop.Cond)
			}
		}
		if r.list(loop.Body.List) == leaves {
			return
		}
		if loop.Post != nil {
			r.statement(loop.Post)
		}
		r.turns++
	}
}

func (r *runner) rangeLoop(loop *ast.RangeStmt) {
	var values []ast.Expr
	turns := 0
	switch x := ast.Unparen(loop.X).(type) {
	case *ast.CompositeLit:
		values, turns = x.Elts, len(x.Elts)
	default:
		v := r.value(loop.X, r.known)
		if v == nil || v.Kind() != constant.Int {
			r.unknown = true
			return
		}
		n, _ := constant.Int64Val(v)
		turns = int(min(n, maxTurns))
	}
	for i := 0; i < turns && r.goesOn(); i++ {
		r.set(loop.Key, constant.MakeInt64(int64(i)))
		if values != nil {
			r.set(loop.Value, r.value(values[i], r.known))
		}
		if r.list(loop.Body.List) == leaves {
			return
		}
		r.turns++
	}
}

func (r *runner) goesOn() bool {
	return !r.unknown && r.turns < maxTurns && r.steps < maxSteps && r.waited < forever
}

// set gives a variable a value; nil makes it unknown.
func (r *runner) set(x ast.Expr, v constant.Value) {
	if x == nil {
		return
	}
	if obj := r.object(x); obj != nil {
		r.known[obj] = v
	}
}

func (r *runner) list(list []ast.Stmt) end {
	for _, stmt := range list {
		if r.steps++; r.unknown || r.steps > maxSteps {
			return leaves
		}
		if e := r.statement(stmt); e != falls {
			return e
		}
	}
	return falls
}

func (r *runner) statement(stmt ast.Stmt) end {
	switch s := stmt.(type) {
	case *ast.BlockStmt:
		return r.list(s.List)
	case *ast.LabeledStmt:
		return r.statement(s.Stmt)
	case *ast.ExprStmt:
		r.look(s.X)
		if call, ok := s.X.(*ast.CallExpr); ok && r.ends(call) {
			return leaves
		}
	case *ast.AssignStmt:
		r.assignment(s)
	case *ast.IncDecStmt:
		op := token.ADD
		if s.Tok == token.DEC {
			op = token.SUB
		}
		r.set(s.X, r.binary(op, r.value(s.X, r.known), constant.MakeInt64(1), r.pass.TypesInfo.TypeOf(s.X)))
	case *ast.DeclStmt:
		r.look(s)
	case *ast.IfStmt:
		return r.branch(s)
	case *ast.SelectStmt:
		return r.selection(s)
	case *ast.SwitchStmt:
		return r.clauses(s.Body.List)
	case *ast.TypeSwitchStmt:
		return r.clauses(s.Body.List)
	case *ast.ForStmt, *ast.RangeStmt:
		r.nested(s)
	case *ast.ReturnStmt:
		r.look(s)
		return leaves
	case *ast.BranchStmt:
		return r.jump(s)
	}
	return falls
}

func (r *runner) jump(s *ast.BranchStmt) end {
	switch {
	case s.Tok == token.CONTINUE && (s.Label == nil || s.Label.Name == r.label):
		return continues
	case s.Tok == token.FALLTHROUGH:
		return falls
	}
	return leaves
}

func (r *runner) assignment(s *ast.AssignStmt) {
	for _, right := range s.Rhs {
		r.look(right)
	}
	for i, left := range s.Lhs {
		var v constant.Value
		if len(s.Rhs) == len(s.Lhs) {
			v = r.value(s.Rhs[i], r.known)
			if op, ok := operators[s.Tok]; ok {
				v = r.binary(op, r.value(left, r.known), v, r.pass.TypesInfo.TypeOf(left))
			}
		}
		r.set(left, v)
	}
}

var operators = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO, token.SHL_ASSIGN: token.SHL,
}

// branch takes the side of an if statement that a failed attempt takes: the one
// that its condition says, else the one that does not leave the loop.
func (r *runner) branch(s *ast.IfStmt) end {
	if s.Init != nil {
		r.statement(s.Init)
	}
	r.look(s.Cond)
	if v := r.value(s.Cond, r.known); v != nil && v.Kind() == constant.Bool {
		switch {
		case constant.BoolVal(v):
			return r.list(s.Body.List)
		case s.Else != nil:
			return r.statement(s.Else)
		}
		return falls
	}
	body, other := r.left(s.Body.List), s.Else != nil && r.left([]ast.Stmt{s.Else})
	if (body || other) && r.compares(s.Cond) {
		r.unknown = true // attempts or time are counted in a way that is not known
		return leaves
	}
	switch {
	case body:
		r.succeed = r.succeed || !r.failure(s.Cond)
		if s.Else != nil {
			return r.statement(s.Else)
		}
		return falls
	case other:
		r.succeed = r.succeed || r.failure(s.Cond)
	case s.Else != nil && !r.waits(s.Body):
		return r.statement(s.Else)
	}
	return r.list(s.Body.List)
}

// failure reports whether a condition says that an attempt has failed.
func (r *runner) failure(cond ast.Expr) bool {
	switch x := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch x.Op {
		case token.NEQ:
			return r.isNil(x.Y) || r.isNil(x.X)
		case token.LAND, token.LOR:
			return r.failure(x.X) || r.failure(x.Y)
		}
	case *ast.UnaryExpr:
		return x.Op == token.NOT
	case *ast.CallExpr:
		name := r.callee(x)
		return name == "errors.Is" || name == "errors.As"
	}
	return false
}

func (r *runner) isNil(x ast.Expr) bool { return r.pass.TypesInfo.Types[x].IsNil() }

// compares reports whether a condition compares sizes or asks for the time.
func (r *runner) compares(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			found = found || slices.Contains([]token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ, token.REM}, n.Op) ||
				(n.Op == token.EQL || n.Op == token.NEQ) && isInteger(r.pass.TypesInfo.TypeOf(n.X))
		case *ast.CallExpr:
			name := r.callee(n)
			found = found || strings.HasPrefix(name, "time.") || strings.HasPrefix(name, "(time.") || strings.HasPrefix(name, "(context.")
		}
		return !found
	})
	return found
}

// left reports whether a list of statements leaves the loop at its end.
func (r *runner) left(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK || last.Tok == token.GOTO || last.Tok == token.CONTINUE && last.Label != nil && last.Label.Name != r.label
	case *ast.BlockStmt:
		return r.left(last.List)
	case *ast.IfStmt:
		return last.Else != nil && r.left(last.Body.List) && r.left([]ast.Stmt{last.Else})
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		return ok && r.ends(call)
	}
	return false
}

// ends reports whether a call ends the process.
func (r *runner) ends(call *ast.CallExpr) bool {
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "panic" && r.pass.TypesInfo.Types[call.Fun].IsBuiltin() {
		return true
	}
	fn, _ := r.pass.TypesInfo.Uses[calledName(call)].(*types.Func)
	if fn == nil {
		return false
	}
	return fn.FullName() == "os.Exit" || strings.HasPrefix(fn.Name(), "Fatal") || strings.HasPrefix(fn.Name(), "Panic")
}

func calledName(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// clauses takes the clause of a switch that waits, if there is one.
func (r *runner) clauses(list []ast.Stmt) end {
	for _, stmt := range list {
		clause, ok := stmt.(*ast.CaseClause)
		if !ok {
			continue
		}
		if r.left(clause.Body) {
			if last, ok := clause.Body[len(clause.Body)-1].(*ast.BranchStmt); !ok || last.Label != nil {
				r.succeed = true
			}
			continue
		}
		if slices.ContainsFunc(clause.Body, func(s ast.Stmt) bool { return r.waits(s) }) {
			return r.list(clause.Body)
		}
	}
	return falls
}

// selection takes the clause of a select that a timer ends.
func (r *runner) selection(s *ast.SelectStmt) end {
	var timed *ast.CommClause
	for _, stmt := range s.Body.List {
		clause, ok := stmt.(*ast.CommClause)
		switch {
		case !ok || clause.Comm == nil:
		case timed == nil && r.waits(clause.Comm):
			timed = clause
		default:
			before := r.bounded || r.stopped
			r.look(clause.Comm)
			r.bounded = r.bounded || !before && !r.stopped // a channel of some other kind
		}
	}
	if timed == nil {
		r.unknown = true
		return leaves
	}
	r.look(timed.Comm)
	if e := r.list(timed.Body); e == continues {
		return e
	} else if e == leaves && len(timed.Body) > 0 {
		if last, ok := timed.Body[len(timed.Body)-1].(*ast.BranchStmt); !ok || last.Label != nil {
			return leaves
		}
	}
	return falls
}

// nested runs a loop inside the loop.
func (r *runner) nested(loop ast.Stmt) {
	if !r.waits(loop) {
		return
	}
	inner := &runner{evaluator: r.evaluator, known: r.known}
	inner.runLoop(loop)
	r.steps += inner.steps
	r.unknown = r.unknown || inner.unknown || !inner.goesOn()
	r.bounded, r.stopped = r.bounded || inner.bounded, r.stopped || inner.stopped
	r.calls, r.dials = append(r.calls, inner.calls...), append(r.dials, inner.dials...)
	r.waited += inner.waited
	r.sleeps = append(r.sleeps, inner.sleeps...)
}
