package database

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// call links the arguments of a call with the parameters of what it calls, and
// notes what a library does to the handles that it is given.
func (b *builder) call(fn *ssa.Function, instr ssa.CallInstruction) {
	common := instr.Common()
	for _, arg := range common.Args {
		b.asValue(fn, arg)
	}
	if common.IsInvoke() {
		b.invoke(fn, instr)
		return
	}
	callee := common.StaticCallee()
	if callee == nil {
		b.dynamic(fn, instr)
		return
	}
	obj, ok := callee.Object().(*types.Func)
	switch {
	case !ok:
		for i, arg := range common.Args { // a function literal
			if i < len(callee.Params) {
				b.flow(callee.Params[i], arg)
			}
		}
	case b.own(obj.Pkg()):
		for i, arg := range common.Args {
			if isHandle(arg.Type()) {
				b.link(b.place(arg), b.key(parameter, reach.ID(obj), i))
			} else {
				b.boxed(fn, arg, obj.Name())
			}
		}
	default:
		b.library(fn, instr, obj)
	}
}

// dynamic is call for a built-in function or a function value.
func (b *builder) dynamic(fn *ssa.Function, instr ssa.CallInstruction) {
	common := instr.Common()
	builtin, ok := common.Value.(*ssa.Builtin)
	for _, arg := range common.Args {
		if !ok {
			b.lose(fn, arg, "a function value")
		} else if call, ok := instr.(*ssa.Call); ok && builtin.Name() == "append" {
			b.flow(call, arg)
		}
	}
}

// asValue notes that a function of the package is handed over as a value:
// whoever calls it gets what it returns.
func (b *builder) asValue(fn *ssa.Function, v ssa.Value) {
	if box, ok := v.(*ssa.MakeInterface); ok {
		v = box.X
	}
	given, ok := v.(*ssa.Function)
	if !ok {
		return
	}
	obj, ok := given.Object().(*types.Func)
	if !ok {
		return
	}
	for i := range obj.Signature().Results().Len() {
		if isHandle(obj.Signature().Results().At(i).Type()) {
			b.note(fn, b.key(result, reach.ID(obj), i), Event{Act: Lost, Text: "the caller of " + obj.Name()}, nil)
		}
	}
}

// invoke is call for a method of an interface.
func (b *builder) invoke(fn *ssa.Function, instr ssa.CallInstruction) {
	common := instr.Common()
	if isHandle(common.Value.Type()) {
		b.method(fn, instr, common.Value, common.Method)
	}
	for i, arg := range common.Args {
		switch {
		case !isHandle(arg.Type()):
			b.boxed(fn, arg, common.Method.Name())
		case common.Method.Pkg() == nil || b.own(common.Method.Pkg()):
			b.link(b.place(arg), b.key(parameter, behind+common.Method.Name(), i))
		default:
			b.lose(fn, arg, common.Method.FullName())
		}
	}
}

// method notes what a method does to the handle that it belongs to.
func (b *builder) method(fn *ssa.Function, instr ssa.CallInstruction, of ssa.Value, method *types.Func) {
	name := method.Name()
	if call, ok := instr.(*ssa.Call); ok {
		b.derived(call, of)
	}
	switch {
	case slices.Contains(checks, name):
		b.note(fn, of, Event{Act: Checked}, instr)
	case !slices.Contains(quiet, name) && !answers(fn):
		b.note(fn, of, Event{Act: Queried, Text: name}, instr)
	}
}

// answers reports whether a function, or one around it, answers requests: what
// it does is done after the start.
func answers(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		for param := range fn.Signature.Params().Variables() {
			named := namedOf(param.Type())
			if named != nil && named.Obj().Pkg() != nil && slices.Contains(requests, logapi.Path(named.Obj().Pkg().Path())+"."+named.Obj().Name()) {
				return true
			}
		}
	}
	return false
}

var requests = []string{
	"net/http.ResponseWriter", "net/http.Request", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context",
	"github.com/gofiber/fiber.Ctx", "github.com/valyala/fasthttp.RequestCtx",
}

// derived links a handle with the one that a call makes of it.
func (b *builder) derived(call *ssa.Call, of ssa.Value) {
	for v := range call.Common().Signature().Results().Variables() {
		if isHandle(v.Type()) {
			b.link(b.place(of), call)
		}
	}
}

// library notes what a function of a library does to handles.
func (b *builder) library(fn *ssa.Function, instr ssa.CallInstruction, obj *types.Func) {
	common := instr.Common()
	call, isCall := instr.(*ssa.Call)
	if obj.Signature().Recv() != nil && isHandle(common.Args[0].Type()) {
		b.method(fn, instr, common.Args[0], obj)
		return
	}
	switch {
	case isCall && listed(openers, obj):
		b.note(fn, call, Event{Act: Opened, Text: obj.Pkg().Name() + "." + obj.Name(), Kind: kindOfOpen(common)}, instr)
		return
	case isCall && listed(checkers, obj) && obj.Signature().Results().Len() > 0 && isHandle(obj.Signature().Results().At(0).Type()):
		b.note(fn, call, Event{Act: Checked}, instr)
	}
	for _, arg := range common.Args {
		if box, ok := arg.(*ssa.MakeInterface); ok {
			arg = box.X
		}
		if !isHandle(arg.Type()) {
			continue
		}
		switch {
		case listed(checkers, obj) || MigrationPackage(obj.Pkg().Path()):
			b.note(fn, arg, Event{Act: Checked}, instr)
		case isCall && returnsHandle(obj):
			b.derived(call, arg)
		default:
			b.lose(fn, arg, obj.Pkg().Name()+"."+obj.Name())
		}
	}
}

func returnsHandle(fn *types.Func) bool {
	for v := range fn.Signature().Results().Variables() {
		if isHandle(v.Type()) {
			return true
		}
	}
	return false
}

// kindOfOpen says what the driver of an opening call is, by its first constant.
func kindOfOpen(common *ssa.CallCommon) Kind {
	for _, arg := range common.Args {
		if basic, ok := arg.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsString != 0 {
			return kindOfDriver(constantOf(arg))
		}
	}
	if results := common.Signature().Results(); results.Len() > 0 && results.At(0).Type().String() != "*database/sql.DB" {
		return Kind{Remote: true} // a pool of connections to PostgreSQL
	}
	return Kind{}
}

// callAt returns the syntax of a call.
func (b *builder) callAt(instr ssa.Instruction) *ast.CallExpr {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	if b.calls == nil {
		b.calls = callsOf(b.pass.Files)
	}
	return b.calls[call.Common().Pos()]
}

// callsOf lists the calls of files by their left parentheses.
func callsOf(files []*ast.File) map[token.Pos]*ast.CallExpr {
	calls := make(map[token.Pos]*ast.CallExpr)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				calls[call.Lparen] = call
			}
			return true
		})
	}
	return calls
}
