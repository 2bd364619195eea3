package blockingstartup

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// An env holds the values of variables while a loop is run.
type env map[types.Object]constant.Value

// An evaluator knows the constants of a package.
type evaluator struct {
	pass *analysis.Pass
	// vars are the initial values of variables that are never assigned again.
	vars env
	// written counts the assignments of each variable.
	written map[types.Object]int
	first   map[types.Object]ast.Expr
	// made are the calls of several results that define a variable.
	made map[types.Object]*ast.CallExpr
	zero map[types.Object]bool // declared without a value
}

func newEvaluator(pass *analysis.Pass) *evaluator {
	e := &evaluator{
		pass: pass, vars: make(env), written: make(map[types.Object]int), first: make(map[types.Object]ast.Expr),
		made: make(map[types.Object]*ast.CallExpr), zero: make(map[types.Object]bool),
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			e.note(n)
			return true
		})
	}
	for obj, value := range e.first {
		if e.written[obj] == 1 {
			if v := e.pass.TypesInfo.Types[value].Value; v != nil {
				e.vars[obj] = v
			}
		}
	}
	return e
}

// A target is a variable that is written, and the value it gets if that is known.
type target struct{ left, value ast.Expr }

// targets lists what a piece of syntax writes, what lies in it aside.
func targets(n ast.Node) []target {
	var list []target
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) == len(n.Names) {
				list = append(list, target{name, n.Values[i]})
			} else if len(n.Values) > 0 {
				list = append(list, target{name, nil})
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if len(n.Rhs) == len(n.Lhs) && (n.Tok == token.DEFINE || n.Tok == token.ASSIGN) {
				list = append(list, target{left, n.Rhs[i]})
			} else {
				list = append(list, target{left, nil})
			}
		}
	case *ast.IncDecStmt:
		list = append(list, target{n.X, nil})
	case *ast.RangeStmt:
		list = append(list, target{n.Key, nil}, target{n.Value, nil})
	case *ast.UnaryExpr: // whoever has the address may write: flags, options
		if n.Op == token.AND {
			list = append(list, target{n.X, nil}, target{n.X, nil})
		}
	}
	return list
}

// note counts what a piece of syntax writes.
func (e *evaluator) note(n ast.Node) {
	for _, t := range targets(n) {
		if t.left == nil {
			continue
		}
		obj := e.object(t.left)
		if obj == nil {
			continue
		}
		if e.written[obj]++; e.written[obj] == 1 && t.value != nil {
			e.first[obj] = t.value
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if call, ok := n.Rhs[0].(*ast.CallExpr); ok && len(n.Rhs) < len(n.Lhs) {
			if obj := e.object(n.Lhs[0]); obj != nil {
				e.made[obj] = call
			}
		}
	case *ast.ValueSpec:
		for _, name := range n.Names {
			if obj := e.pass.TypesInfo.Defs[name]; obj != nil && len(n.Values) == 0 {
				e.zero[obj] = true
			}
		}
	}
}

// object returns the variable that an expression names.
func (e *evaluator) object(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return e.pass.TypesInfo.ObjectOf(x)
	case *ast.SelectorExpr:
		if v, ok := e.pass.TypesInfo.Uses[x.Sel].(*types.Var); ok && !v.IsField() {
			return v
		}
	}
	return nil
}

// value computes an expression, nil if it is not known.
func (e *evaluator) value(x ast.Expr, known env) constant.Value {
	if v := e.pass.TypesInfo.Types[x].Value; v != nil {
		return v
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		obj := e.object(x)
		if v, ok := known[obj]; ok {
			return v
		}
		if obj != nil && obj.Pkg() == e.pass.Pkg && obj.Parent() == e.pass.Pkg.Scope() && obj.Exported() {
			return nil // another package may set it
		}
		return e.vars[obj]
	case *ast.UnaryExpr:
		if v := e.value(x.X, known); v != nil && (x.Op == token.SUB || x.Op == token.ADD || x.Op == token.NOT) {
			return constant.UnaryOp(x.Op, v, 0)
		}
	case *ast.BinaryExpr:
		return e.binary(x.Op, e.value(x.X, known), e.value(x.Y, known), e.pass.TypesInfo.TypeOf(x))
	case *ast.CallExpr:
		return e.call(x, known)
	}
	return nil
}

func (e *evaluator) binary(op token.Token, x, y constant.Value, t types.Type) constant.Value {
	if x == nil || y == nil {
		return nil
	}
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return constant.MakeBool(constant.Compare(x, op, y))
	case token.SHL, token.SHR:
		if n, ok := constant.Uint64Val(constant.ToInt(y)); ok && n < 64 {
			return constant.Shift(constant.ToInt(x), op, uint(n))
		}
		return nil
	case token.QUO, token.REM:
		if constant.Sign(y) == 0 {
			return nil
		}
		if isInteger(t) {
			if op == token.QUO {
				op = token.QUO_ASSIGN // integer division
			}
			x, y = constant.ToInt(x), constant.ToInt(y)
			if x.Kind() != constant.Int || y.Kind() != constant.Int {
				return nil
			}
		} else if op == token.REM {
			return nil
		}
	case token.LAND, token.LOR:
		if x.Kind() != constant.Bool || y.Kind() != constant.Bool {
			return nil
		}
	case token.ADD, token.SUB, token.MUL:
	default:
		return nil
	}
	return constant.BinaryOp(x, op, y)
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// call computes a conversion, and min and max.
func (e *evaluator) call(call *ast.CallExpr, known env) constant.Value {
	info := e.pass.TypesInfo
	if info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		v := e.value(call.Args[0], known)
		if v != nil && isInteger(info.TypeOf(call)) && v.Kind() == constant.Float {
			f, _ := constant.Float64Val(v)
			return constant.MakeInt64(int64(f))
		}
		return v
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok || !info.Types[call.Fun].IsBuiltin() || id.Name != "min" && id.Name != "max" {
		return nil
	}
	var best constant.Value
	for _, arg := range call.Args {
		v := e.value(arg, known)
		if v == nil {
			return nil
		}
		if best == nil || constant.Compare(v, token.LSS, best) == (id.Name == "min") {
			best = v
		}
	}
	return best
}

// callee names the function that a call calls, "" if that is not known.
func (e *evaluator) callee(call *ast.CallExpr) string {
	if fn, ok := typeutil.Callee(e.pass.TypesInfo, call).(*types.Func); ok {
		return fn.FullName()
	}
	return ""
}

// definer returns the call whose first result a variable is defined as, nil if
// it is written more than once.
func (e *evaluator) definer(obj types.Object) *ast.CallExpr {
	if e.written[obj] != 1 {
		return nil
	}
	return e.made[obj]
}
