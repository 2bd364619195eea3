package blockingstartup

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"
)

// timers are the functions that wait, or yield a channel that does.
var timers = []string{"time.Sleep", "time.After"}

// patient are the dials that end only when the network says so.
var patient = []string{"net.Dial", "crypto/tls.Dial", "net/smtp.Dial", "net/rpc.Dial", "net/rpc.DialHTTP", "(*net.Dialer).Dial", "net.DialTCP"}

// waits reports whether a piece of syntax waits, function literals aside.
func (e *evaluator) waits(n ast.Node) bool {
	found := false
	inspect(n, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && slices.Contains(timers, e.callee(call)) {
			found = true
		}
	})
	return found
}

// mayWait reports whether a piece of syntax has anything in it that may take
// time, function literals aside.
func (e *evaluator) mayWait(n ast.Node) bool {
	found := false
	inspect(n, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			name := e.callee(call)
			found = slices.Contains(timers, name) || slices.Contains(patient, name) || slices.Contains(bounding, name)
		}
	})
	return found
}

// bounding are the calls that say how long an attempt may take.
var bounding = []string{"net.DialTimeout", "context.WithTimeout"}

// inspect visits a piece of syntax without the function literals in it.
func inspect(n ast.Node, visit func(ast.Node)) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			return false
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		}
		visit(n)
		return true
	})
}

// look adds up what the calls in a piece of syntax wait, and notes contexts and
// dials.
func (r *runner) look(n ast.Node) {
	inspect(n, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			r.call(n)
		case *ast.Ident:
			r.context(n)
		}
	})
}

func (r *runner) call(call *ast.CallExpr) {
	name := r.callee(call)
	switch {
	case slices.Contains(timers, name):
		if d, ok := r.duration(call.Args[0]); ok {
			r.sleeps = append(r.sleeps, d)
			r.waited += d
		} else {
			r.unknown = true
		}
		if !slices.Contains(r.calls, call) {
			r.calls = append(r.calls, call)
		}
	case name == "net.DialTimeout" && len(call.Args) == 3:
		r.add(call.Args[2])
	case name == "context.WithTimeout" && len(call.Args) == 2:
		r.add(call.Args[1])
	case slices.Contains(patient, name) && (name != "(*net.Dialer).Dial" || r.impatient(call)):
		if !slices.Contains(r.dials, call) {
			r.dials = append(r.dials, call)
		}
	}
}

// impatient reports whether a dialer is made on the spot and without a timeout.
func (r *runner) impatient(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x := ast.Unparen(sel.X)
	if address, ok := x.(*ast.UnaryExpr); ok && address.Op == token.AND {
		x = address.X
	}
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	return ok && len(lit.Elts) == 0
}

// add adds the time that an attempt may take by itself.
func (r *runner) add(timeout ast.Expr) {
	if d, ok := r.duration(timeout); ok {
		r.waited += d
	}
}

func (r *runner) duration(x ast.Expr) (time.Duration, bool) {
	v := r.value(x, r.known)
	if v == nil {
		return 0, false
	}
	n, ok := constant.Int64Val(constant.ToInt(v))
	return time.Duration(n), ok
}

// context notes the use of a context that may end the loop. One that only a
// signal or a call of its cancel function ends sets no limit to the time.
func (r *runner) context(id *ast.Ident) {
	obj, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || !isContext(obj.Type()) {
		return
	}
	name := ""
	if call, ok := r.first[obj].(*ast.CallExpr); ok {
		name = r.callee(call)
	} else if call := r.definer(obj); call != nil {
		name = r.callee(call)
	}
	switch {
	case name == "context.Background" || name == "context.TODO":
	case name == "os/signal.NotifyContext" || name == "context.WithCancel":
		r.stopped = true
	case r.loop != nil && r.loop.Pos() <= obj.Pos() && obj.Pos() < r.loop.End(): // made for one attempt
	default:
		r.bounded = true
	}
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// parameters lists the parameters that decide how long a loop waits.
func (e *evaluator) parameters(fn *ast.FuncDecl) []types.Object {
	var list []types.Object
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			list = append(list, e.pass.TypesInfo.Defs[name])
		}
	}
	return list
}

// calleeOf returns the function that a call calls.
func (e *evaluator) calleeOf(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(e.pass.TypesInfo, call).(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// describe writes what a loop waits: "30 × 2 s", or the sum if the waits differ.
func (r *runner) describe() string {
	if len(r.sleeps) > 1 && !slices.ContainsFunc(r.sleeps, func(d time.Duration) bool { return d != r.sleeps[0] }) &&
		r.waited == time.Duration(len(r.sleeps))*r.sleeps[0] {
		return strconv.Itoa(len(r.sleeps)) + " × " + spell(r.sleeps[0])
	}
	return spell(r.waited)
}

// spell writes a duration for people: "2 s", "1 m 30 s".
func spell(d time.Duration) string {
	text := d.Round(time.Millisecond).String()
	var b strings.Builder
	for i, c := range text {
		letter := c >= 'a'
		if i > 0 && letter != (text[i-1] >= 'a') {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	text = b.String()
	text, _ = strings.CutSuffix(text, " 0 s")
	text, _ = strings.CutSuffix(text, " 0 m")
	return text
}
