package shutdown

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// serves describes a call that serves.
func (b *builder) serves(instr ssa.CallInstruction, a api, fn *types.Func, mode Mode) Op {
	common := instr.Common()
	s := servingOf(fn, a)
	op := Op{
		Kind: opSink, Mode: mode, Worker: a.worker, Side: a.handler > 0 && b.sideHandler(common.Args[a.handler-1]),
		Text: b.callText(common.Pos()), Site: b.callSite(common.Pos()),
		Server: s.kind, Closed: s.closed, instr: instr,
	}
	op.Aside = b.namesDiagnosis(instr)
	if a.starts {
		op.Mode = async
	}
	if common.IsInvoke() {
		return op
	}
	if fn.Signature().Recv() != nil {
		op.Side = b.sideServer(common.Args[0])
	}
	if s.server > 0 {
		server := common.Args[s.server-1]
		if fn.Signature().Recv() == nil || s.server == 1 { // else the receiver is the handler
			op.Side = op.Side || b.sideServer(server)
		}
		if s.server > 1 || fn.Signature().Recv() == nil {
			op.Name = b.argumentText(instr, s.server-1)
		}
		op.Keys, op.Address = []string{b.identity(server)}, b.addressOf(server)
		if op.Server == HTTP && endsByContext(instr) {
			op.Server = Managed
		}
	}
	if s.address > 0 && s.address <= len(common.Args) {
		op.Address = constantText(common.Args[s.address-1])
	}
	return op
}

// sideHandler reports whether a handler is the default one, on which packages
// such as net/http/pprof register themselves, or one for metrics.
func (b *builder) sideHandler(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.MakeInterface:
		return b.sideHandler(v.X)
	case *ssa.UnOp:
		global, ok := v.X.(*ssa.Global)
		return ok && global.String() == "net/http.DefaultServeMux"
	case *ssa.Call:
		callee := v.Common().StaticCallee()
		return callee != nil && callee.Pkg != nil && strings.HasSuffix(callee.Pkg.Pkg.Path(), "/promhttp")
	}
	return false
}

// sideServer reports whether a server is a literal without a handler or with
// one for diagnosis.
func (b *builder) sideServer(v ssa.Value) bool {
	server, ok := v.(*ssa.Alloc)
	if !ok || !strings.HasSuffix(server.Type().String(), "net/http.Server") {
		return false
	}
	for _, user := range *server.Referrers() {
		field, ok := user.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		structure := field.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		if structure.Field(field.Field).Name() != "Handler" {
			continue
		}
		for _, user := range *field.Referrers() {
			if store, ok := user.(*ssa.Store); ok {
				return b.sideHandler(store.Val)
			}
		}
	}
	return true
}
