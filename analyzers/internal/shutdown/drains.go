package shutdown

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// drain notes a call that stops a server or tells a library how long that may
// take.
func (b *builder) drain(ops []Op, instr ssa.CallInstruction, fn *types.Func, mode Mode) []Op {
	common := instr.Common()
	if s, ok := inTable(drainings, fn); ok && len(common.Args) > 0 {
		ops = append(ops, Op{
			Kind: opDrain, Mode: mode, Text: b.callText(common.Pos()), Site: b.callSite(common.Pos()), Server: s.kind, Graceful: s.graceful,
			Keys: []string{b.identity(common.Args[0])}, Bound: b.boundOf(instr, s), instr: instr,
		})
	}
	if i, ok := inTable(options, fn); ok && i <= len(common.Args) {
		bound := &Bound{Limit: Unlimited}
		b.limit(bound, common.Args[i-1])
		ops = append(ops, Op{Kind: opOption, Text: b.callText(common.Pos()), Site: b.callSite(common.Pos()), Bound: bound})
	}
	return ops
}

// option notes a field that tells a library how long its shutdown may take.
func (b *builder) option(ops []Op, store *ssa.Store) []Op {
	field, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return ops
	}
	named := namedOf(field.X.Type())
	if named == nil || named.Obj().Pkg() == nil {
		return ops
	}
	wanted := optionFields[named.Obj().Pkg().Path()+"."+named.Obj().Name()]
	if wanted == "" {
		wanted = optionFields[unversioned(named.Obj().Pkg().Path())+"."+named.Obj().Name()]
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok || wanted == "" || fields.Field(field.Field).Name() != wanted {
		return ops
	}
	value := store.Val
	if _, ok := value.Type().Underlying().(*types.Pointer); ok {
		value = pointee(value)
	}
	bound := &Bound{Limit: Unlimited}
	b.limit(bound, value)
	from, to := b.keyedValue(store.Pos())
	return append(ops, Op{Kind: opOption, Text: named.Obj().Name() + "." + wanted, Site: b.site(from, to), Bound: bound})
}

// pointee returns what a pointer points to that is made for a single use: by a
// helper such as ptr.To, or to a variable that is set once.
func pointee(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.Alloc:
		return storedAnyway(v)
	case *ssa.Call:
		if len(v.Common().Args) == 1 {
			return v.Common().Args[0]
		}
	}
	return nil
}

// boundReceiver returns the receiver of a method value.
func boundReceiver(v ssa.Value) ssa.Value {
	for range 4 {
		switch x := v.(type) {
		case *ssa.MakeClosure:
			if len(x.Bindings) == 1 {
				return x.Bindings[0]
			}
			return nil
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.UnOp:
			v = onlyStored(loaded(x))
		default:
			return nil
		}
	}
	return nil
}

// addressOf returns the constant address of an http.Server that is a literal.
func (b *builder) addressOf(v ssa.Value) string {
	if load, ok := v.(*ssa.UnOp); ok {
		v = storedAnyway(load.X)
	}
	server, ok := v.(*ssa.Alloc)
	if !ok || !strings.HasSuffix(server.Type().String(), "net/http.Server") {
		return ""
	}
	for _, user := range *server.Referrers() {
		field, ok := user.(*ssa.FieldAddr)
		if !ok || fieldName(field) != "Addr" {
			continue
		}
		for _, user := range *field.Referrers() {
			if store, ok := user.(*ssa.Store); ok {
				return constantText(store.Val)
			}
		}
	}
	return ""
}

// namesDiagnosis reports whether the names in a call, of the function that makes
// it, and those in the literal of the server say that it serves operators.
func (b *builder) namesDiagnosis(instr ssa.CallInstruction) bool {
	in := b.id(instr.Parent())
	names := []string{in[strings.LastIndexByte(in, '/')+1:]}
	identifiers := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				names = append(names, id.Name)
			}
			return true
		})
	}
	if call := b.callAt(instr.Common().Pos()); call != nil {
		identifiers(call)
	}
	for _, arg := range instr.Common().Args {
		if load, ok := arg.(*ssa.UnOp); ok {
			arg = storedAnyway(load.X)
		}
		if server, ok := arg.(*ssa.Alloc); ok && isServer(elementOf(server.Type())) {
			if lit := b.literalAt(server.Pos()); lit != nil {
				identifiers(lit)
			}
		}
	}
	return namesDiagnosis(names...)
}

// literalAt returns the composite literal with its brace at a position.
func (b *builder) literalAt(brace token.Pos) *ast.CompositeLit {
	var found *ast.CompositeLit
	for _, file := range b.pass.Files {
		if brace < file.FileStart || file.FileEnd < brace {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && (lit.Lbrace == brace || lit.Pos() == brace) {
				found = lit
			}
			return found == nil && (n == nil || n.Pos() <= brace && brace < n.End())
		})
	}
	return found
}

func fieldName(field *ssa.FieldAddr) string {
	fields, ok := field.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	return fields.Field(field.Field).Name()
}

func constantText(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return ""
}

// endsByContext reports whether a function that serves sets the field by which
// fiber stops at the end of a context.
func endsByContext(instr ssa.CallInstruction) bool {
	for _, block := range instr.Parent().Blocks {
		for _, other := range block.Instrs {
			if field, ok := other.(*ssa.FieldAddr); ok && fieldName(field) == "GracefulContext" {
				return true
			}
		}
	}
	return false
}

// ending notes what ends the process at a place where control does not go on: a
// panic, or a call before it that never returns.
func (b *builder) ending(ops []Op, end *ssa.Panic) []Op {
	if value, ok := end.X.(*ssa.MakeInterface); !ok || constantText(value.X) != "noreturn" {
		if !end.Pos().IsValid() {
			return ops // of the compiler's making
		}
		return append(ops, Op{Kind: opExit, Text: "panic", Code: 2, Site: b.callSite(end.Pos())})
	}
	instrs := end.Block().Instrs
	for i := len(instrs) - 1; i >= 0; i-- {
		call, ok := instrs[i].(*ssa.Call)
		if !ok {
			continue
		}
		fn, _ := call.Common().Value.(*ssa.Function)
		if fn == nil || fn.Name() == "Goexit" {
			return ops
		}
		op := Op{Kind: opExit, Text: b.callText(call.Pos()), Code: 1, Site: b.callSite(call.Pos())}
		if strings.HasPrefix(fn.Name(), "Panic") {
			op.Code = 2
		}
		if fn.Name() == "Exit" && len(call.Common().Args) == 1 {
			op.Code = exitCode(call.Common().Args[0])
		}
		return append(ops, op)
	}
	return ops
}

// fatal notes calls that end the process of which package ir does not know that
// they never return: the end of a chain that begins with zerolog's Fatal, and the
// Fatal of a logger behind an interface.
func (b *builder) fatal(ops []Op, call *ssa.Call) []Op {
	if common := call.Common(); common.IsInvoke() {
		a, ok := logapi.Lookup(common.Method)
		if ok && a.Kind == logapi.Sink && strings.HasPrefix(common.Method.Name(), "Fatal") {
			ops = append(ops, Op{Kind: opExit, Text: b.callText(call.Pos()), Code: 1, Site: b.callSite(call.Pos())})
		}
		return ops
	}
	callee := call.Common().StaticCallee()
	if callee == nil {
		return ops
	}
	fn, ok := callee.Object().(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "github.com/rs/zerolog" || !strings.HasPrefix(fn.Name(), "Msg") && fn.Name() != "Send" {
		return ops
	}
	if a, ok := logapi.Lookup(fn); !ok || a.Kind != logapi.Sink {
		return ops
	}
	for v := call.Common().Args[0]; ; {
		event, ok := v.(*ssa.Call)
		if !ok || event.Common().StaticCallee() == nil {
			return ops
		}
		if event.Common().StaticCallee().Name() == "Fatal" {
			return append(ops, Op{Kind: opExit, Text: "log.Fatal", Code: 1, Site: b.callSite(call.Pos())})
		}
		if len(event.Common().Args) == 0 {
			return ops
		}
		v = event.Common().Args[0]
	}
}

func exitCode(v ssa.Value) int {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		if code, err := strconv.Atoi(c.Value.ExactString()); err == nil {
			return code
		}
	}
	return -1
}
