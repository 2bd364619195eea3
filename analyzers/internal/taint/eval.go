package taint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// eval judges what a value holds when it is used by an instruction.
func (p *Package) eval(v ssa.Value, at ssa.Instruction) value {
	if !carries(v.Type()) {
		return harmless
	}
	var result value
	switch v := v.(type) {
	case *ssa.Const:
		return harmless
	case *ssa.UnOp:
		if v.Op == token.MUL {
			result = p.load(v, at)
			break
		}
		result = p.plain(v, at)
	case *ssa.Lookup:
		result = p.item(v, at)
	case *ssa.Field:
		result = p.field(v.X, v.Field, v, p.holds(v.X, step16(v.Field), at))
	case *ssa.ChangeType:
		result = p.converted(v, v.X, at)
	case *ssa.Convert:
		result = p.converted(v, v.X, at)
	default:
		result = p.plain(v, at)
	}
	return p.called(v, at, result)
}

// carries also admits what several results are.
func carries(t types.Type) bool {
	_, several := t.(*types.Tuple)
	return several || sensitive.Carries(t)
}

// plain judges a value that is no load. What a reference leads to depends on
// when it is looked at.
func (p *Package) plain(v ssa.Value, at ssa.Instruction) value {
	if reference(v.Type()) {
		root, to := p.resolve(v)
		if to != "" || root == v {
			return p.memory(root, to, at)
		}
		if _, boxed := v.(*ssa.MakeInterface); !boxed {
			return p.memory(root, to, at)
		}
	}
	return p.memoize(key{kind: askValue, v: v}, func() value { return p.origin(v, at) })
}

// called lets the first name that the source has for a value decide where
// nothing else does; others are those of variables that it is copied to.
func (p *Package) called(v ssa.Value, at ssa.Instruction, result value) value {
	names := p.ir.Names(v)
	if len(names) == 0 {
		return result
	}
	name := names[0]
	if name.Block.Parent() == at.Parent() && !name.Block.Dominates(at.Block()) {
		return result
	}
	return p.calledBy(name.Var, result)
}

// calledBy lets the name of a local variable decide where nothing else does.
func (p *Package) calledBy(v *types.Var, result value) value {
	if p.safe(v) {
		return harmless
	}
	return p.named(result, v.Name(), func(vocabulary *sensitive.Vocabulary) bool {
		return p.variable(vocabulary, v)
	}, place{span: judge.Span{From: v.Pos(), To: v.Pos() + token.Pos(len(v.Name()))}})
}

// variable reports whether name or type of a variable make it sensitive.
func (p *Package) variable(vocabulary *sensitive.Vocabulary, v types.Object) bool {
	return vocabulary.Object(v) || vocabulary.Type(v.Type()) && vocabulary.Name(v.Name()) != sensitive.Cancelled
}

// A place is where a source comes in.
type place struct {
	span judge.Span
	node ast.Node
}

func at(n ast.Node) place {
	if n == nil {
		return place{}
	}
	return place{judge.Span{From: n.Pos(), To: n.End()}, n}
}

// named adds a source for each topic that a name speaks of, unless more is known.
func (p *Package) named(v value, text string, speaks func(*sensitive.Vocabulary) bool, where place) value {
	for t := range topics {
		if !v.decided(t) && speaks(p.vocabulary[t]) {
			v.sources[t] = &Source{Kind: sensitive.Named, Text: text, span: where.span, node: where.node, param: p.first(v.params)}
		}
	}
	return v
}

// first returns the parameter with the lowest number in a set.
func (p *Package) first(params uint64) *ssa.Parameter {
	if params == 0 || p.unit == nil {
		return nil
	}
	for param, bit := range p.unit.bits {
		if params&(1<<bit) != 0 && params&(1<<bit-1) == 0 {
			return param
		}
	}
	return nil
}

// parameter judges what a function is given.
func (p *Package) parameter(param *ssa.Parameter) value {
	obj := param.Object()
	if !carries(param.Type()) || obj != nil && p.safe(obj) {
		return harmless
	}
	var v value
	if u := p.unitOf(param.Parent()); u != nil {
		if bit, ok := u.bits[param]; ok {
			v = value{params: 1 << bit, known: true}
		}
	}
	if obj == nil {
		return v
	}
	v = p.named(v, param.Name(), func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, obj) },
		place{span: judge.Span{From: param.Pos(), To: param.Pos() + token.Pos(len(param.Name()))}})
	for _, s := range v.sources {
		if s != nil {
			s.param = param
		}
	}
	return v
}

// load judges what is read from memory.
func (p *Package) load(v *ssa.UnOp, at ssa.Instruction) value {
	if !reference(v.Type()) {
		at = v
	}
	root, to := p.resolve(v.X)
	result := p.memory(root, to, at)
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		return p.field(addr.X, addr.Field, v, result)
	case *ssa.Global:
		return p.object(addr.Object(), v, result)
	case *ssa.IndexAddr:
		if p.partOfCut(addr) {
			return harmless
		}
		return p.ofWhole(result, addr.X, at)
	case *ssa.Alloc:
		return p.local(addr, result)
	case *ssa.FreeVar:
		if bound, ok := p.binding(addr).(*ssa.Alloc); ok {
			return p.local(bound, result)
		}
	}
	return result
}

// local lets the name of a variable that lives in memory decide.
func (p *Package) local(cell *ssa.Alloc, result value) value {
	t := cell.Type().Underlying().(*types.Pointer).Elem()
	v := types.NewVar(cell.Pos(), p.pass.Pkg, cell.Comment, t)
	return p.named(result, cell.Comment, func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, v) },
		place{span: judge.Span{From: cell.Pos(), To: cell.Pos() + token.Pos(len(cell.Comment))}})
}

// object lets the name of a variable of package level decide.
func (p *Package) object(obj types.Object, use ssa.Value, result value) value {
	if obj == nil {
		return result
	}
	if p.safe(obj) {
		return harmless
	}
	text := obj.Name()
	if obj.Pkg() != p.pass.Pkg {
		text = obj.Pkg().Name() + "." + text
	}
	return p.named(result, text, func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, obj) }, place{})
}

// field lets name, tag and type of a field decide.
func (p *Package) field(x ssa.Value, index int, read ssa.Value, result value) value {
	t := owner(x)
	s := structOf(t)
	if s == nil || index >= s.NumFields() {
		return result
	}
	f, tag := s.Field(index), s.Tag(index)
	if p.safe(f) || sensitive.IsCookie(t) && p.plainCookie(x) {
		return harmless
	}
	if result.known && !result.tainted() {
		return result
	}
	e := p.syntax.expression(read)
	text := f.Name()
	if sel, ok := e.(*ast.SelectorExpr); ok {
		text = spell(sel)
	}
	result = p.named(result, text, func(vocabulary *sensitive.Vocabulary) bool { return p.fieldSpeaks(vocabulary, t, f, tag) }, at(e))
	if src := result.sources[Secrets]; src != nil && src.node == e && p.vocabulary[Secrets].TypedField(t, f.Name()) {
		src.Kind = sensitive.Typed
	}
	for t := range topics {
		if kind, ok := p.holding(f, t); ok && !result.decided(t) {
			result.sources[t] = &Source{Kind: kind, Text: text, span: at(e).span, node: e}
		}
	}
	return result
}

func (p *Package) fieldSpeaks(vocabulary *sensitive.Vocabulary, owner types.Type, f *types.Var, tag string) bool {
	if vocabulary.TypedField(owner, f.Name()) {
		return true
	}
	if !sensitive.Text(f.Type()) && !sensitive.Collection(f.Type()) {
		return false
	}
	if _, ok := vocabulary.Field(owner, f, tag); ok {
		return true
	}
	return vocabulary.Type(f.Type()) && vocabulary.Name(f.Name()) != sensitive.Cancelled
}

// plainCookie reports whether a cookie was looked up by a constant name that
// speaks of no session or login: a preference.
func (p *Package) plainCookie(x ssa.Value) bool {
	root, to := p.resolve(x)
	if to != "" {
		return false
	}
	if result, ok := root.(*ssa.Extract); ok {
		root = result.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok {
		return false
	}
	args := arguments(call)
	if len(args) == 0 {
		return false
	}
	name, ok := text(args[len(args)-1])
	return ok && !p.vocabulary[Secrets].Cookie(name)
}

// text returns the value of a constant string.
func text(v ssa.Value) (string, bool) {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Value), true
}

func integer(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}

// origin judges what a value is made of, leaving out what was done to the memory
// behind it since.
func (p *Package) origin(v ssa.Value, at ssa.Instruction) value {
	switch v := v.(type) {
	case *ssa.Parameter:
		return p.parameter(v)
	case *ssa.Phi:
		return p.phi(v, "")
	case *ssa.Call:
		return p.result(v, 0, "")
	case *ssa.Extract:
		return p.extract(v, "")
	case *ssa.BinOp:
		return p.sum(v)
	case *ssa.UnOp:
		return p.received(v)
	case *ssa.Convert, *ssa.ChangeType, *ssa.Lookup, *ssa.Field:
		return p.eval(v, at)
	case *ssa.MultiConvert:
		return p.converted(v, v.X, at)
	case *ssa.MakeInterface:
		return p.eval(v.X, v)
	case *ssa.ChangeInterface:
		return p.eval(v.X, v)
	case *ssa.SliceToArrayPointer:
		return p.eval(v.X, v)
	case *ssa.TypeAssert:
		return p.eval(v.X, v)
	case *ssa.Slice:
		if p.shortCut(v) || behindAt(v) {
			return harmless
		}
		return p.eval(v.X, v)
	case *ssa.Index:
		return p.eval(v.X, v)
	}
	return unknown
}

func (p *Package) phi(v *ssa.Phi, to path) value {
	return p.memoize(key{kind: askValue, v: v, to: to, n: 1}, func() value {
		result := harmless
		for i, edge := range v.Edges {
			from := v.Block().Preds[i]
			result = result.join(p.holds(edge, to, from.Instrs[len(from.Instrs)-1]))
		}
		return result
	})
}

// part judges what a path leads to below a value that is no place of memory.
func (p *Package) part(v ssa.Value, to path, at ssa.Instruction) value {
	switch v := v.(type) {
	case *ssa.Const:
		return harmless
	case *ssa.Phi:
		return p.phi(v, to)
	case *ssa.Call:
		return p.result(v, 0, to)
	case *ssa.Extract:
		return p.extract(v, to)
	case *ssa.Convert:
		return p.holds(v.X, to, at)
	case *ssa.ChangeType:
		return p.holds(v.X, to, at)
	case *ssa.MakeInterface:
		return p.holds(v.X, to, v)
	case *ssa.TypeAssert:
		return p.holds(v.X, to, at)
	case *ssa.Slice:
		return p.holds(v.X, to, at)
	case *ssa.Lookup:
		return p.holds(v.X, p.keyStep(v.Index)+to, at)
	}
	if to.items() {
		return p.origin(v, at)
	}
	return unknown
}

// extract judges one of several results.
func (p *Package) extract(v *ssa.Extract, to path) value {
	switch tuple := v.Tuple.(type) {
	case *ssa.Call:
		return p.result(tuple, v.Index, to)
	case *ssa.TypeAssert:
		return p.holds(tuple.X, to, tuple)
	case *ssa.Lookup:
		if to == "" {
			return p.item(tuple, v)
		}
		return p.holds(tuple.X, p.keyStep(tuple.Index)+to, tuple)
	case *ssa.UnOp:
		return p.received(tuple)
	case *ssa.Next:
		iter, ok := tuple.Iter.(*ssa.Range)
		if !ok || v.Index != 2 {
			return harmless // the keys of a map are the names of what it holds
		}
		if picked(tuple) {
			return unknown
		}
		return p.ofWhole(p.holds(iter.X, anyItem+to, v), iter.X, v)
	case *ssa.Select:
		return p.selected(tuple, v.Index)
	}
	return unknown
}

// picked reports whether a loop over a map looks at the keys: which items it
// takes is not known.
func picked(next *ssa.Next) bool {
	for _, user := range *next.Referrers() {
		key, ok := user.(*ssa.Extract)
		if !ok || key.Index != 1 {
			continue
		}
		for _, user := range *key.Referrers() {
			switch user := user.(type) {
			case *ssa.BinOp, *ssa.Lookup:
				return true
			case *ssa.Call:
				if basic, ok := user.Type().Underlying().(*types.Basic); ok {
					return basic.Info()&(types.IsBoolean|types.IsString) != 0
				}
			}
		}
	}
	return false
}

// received judges what comes out of a channel: what was sent into it.
func (p *Package) received(v *ssa.UnOp) value {
	if v.Op != token.ARROW {
		return unknown
	}
	return p.channel(v.X, v)
}

func (p *Package) selected(s *ssa.Select, index int) value {
	receives := 0
	for _, state := range s.States {
		if state.Dir != types.RecvOnly {
			continue
		}
		if receives == index-2 {
			return p.channel(state.Chan, s)
		}
		receives++
	}
	return harmless
}

func (p *Package) channel(ch ssa.Value, at ssa.Instruction) value {
	root, to := p.resolve(ch)
	u := p.unitOf(at.Parent())
	h := p.history(u, root)
	if h == nil {
		return unknown
	}
	result := harmless
	for i := range h.all {
		if send, ok := h.all[i].instr.(*ssa.Send); ok && h.all[i].to == to+anyItem {
			result = result.join(p.eval(send.X, send).stepped(send.Pos(), send.Pos(), "goes through a channel"))
		}
	}
	if _, made := root.(*ssa.MakeChan); !made {
		if _, cell := root.(*ssa.Alloc); !cell {
			result = result.join(unknown)
		}
	}
	return result
}

// converted judges a conversion; one to a type with a telling name is a source.
func (p *Package) converted(v, x ssa.Value, use ssa.Instruction) value {
	result := p.eval(x, use)
	if _, changed := v.(*ssa.ChangeType); !changed && !sensitive.Text(v.Type()) {
		return result
	}
	e := p.syntax.expression(v)
	if e == nil {
		return result
	}
	return p.named(result, spell(e), func(vocabulary *sensitive.Vocabulary) bool { return vocabulary.Type(v.Type()) }, at(e))
}

// sum judges a concatenation, and what stands behind a label in it:
// "password=" + x.
func (p *Package) sum(v *ssa.BinOp) value {
	if v.Op != token.ADD {
		return harmless
	}
	left, right := p.eval(v.X, v), p.eval(v.Y, v)
	result := left.join(right)
	e, ok := find[*ast.BinaryExpr](p.syntax, v.Pos())
	if !ok {
		return result
	}
	if result.tainted() {
		result = result.stepped(e.Pos(), e.End(), "becomes part of a text")
	}
	label, ok := text(v.X)
	if before, isSum := v.X.(*ssa.BinOp); !ok && isSum {
		label, ok = text(before.Y)
	}
	if label = logapi.Label(label); !ok || label == "" {
		return result
	}
	arg := logapi.Argument{Expr: e.Y, Role: logapi.Value, Key: label, Labelled: true, Class: logapi.Plain}
	for t := range topics {
		if src := p.keyed(t, arg, v.Y, right); src != nil && result.sources[t] == nil {
			result.sources[t] = src
		}
	}
	return result
}

// item judges m[key]: a named item, else an item of whatever m holds.
func (p *Package) item(v *ssa.Lookup, use ssa.Instruction) value {
	if _, ok := v.X.Type().Underlying().(*types.Map); !ok {
		return harmless // a byte of a string
	}
	result := p.holds(v.X, p.keyStep(v.Index), use)
	name, ok := text(v.Index)
	if !ok {
		return p.ofWhole(result, v.X, use)
	}
	t := v.X.Type().Underlying().(*types.Map).Elem()
	e, _ := p.syntax.at[v.Pos()].(ast.Expr)
	title := name
	if e != nil {
		title = spell(e)
	}
	header := sensitive.IsHeader(v.X.Type())
	if header {
		title = "request header " + name
	}
	if !mayBeText(t) {
		return result
	}
	for t := range topics {
		verdict := p.vocabulary[t].Name(name)
		if header {
			verdict = p.vocabulary[t].Header(name)
		}
		if verdict == sensitive.Secret && !result.decided(t) {
			result.sources[t] = &Source{Kind: sensitive.Read, Text: title, span: at(e).span, node: e}
		}
	}
	for t, s := range p.eval(v.X, use).sources {
		if s != nil && s.Kind == sensitive.Typed && !result.decided(Topic(t)) {
			result.sources[t] = &Source{Kind: sensitive.Typed, Text: title, span: at(e).span, node: e}
		}
	}
	return result
}

// ofWhole lets what a slice or map is called decide about an item of it.
func (p *Package) ofWhole(result value, x ssa.Value, use ssa.Instruction) value {
	if !sensitive.Collection(x.Type()) {
		return result
	}
	for t, s := range p.byName(x, use).sources {
		if s != nil && !result.decided(Topic(t)) {
			result.sources[t] = s
		}
	}
	return result
}

// byName judges a value by what it is called alone.
func (p *Package) byName(v ssa.Value, use ssa.Instruction) value {
	switch v := v.(type) {
	case *ssa.Parameter:
		return p.parameter(v)
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr:
			return p.field(addr.X, addr.Field, v, unknown)
		case *ssa.Global:
			return p.object(addr.Object(), v, unknown)
		case *ssa.Alloc:
			return p.local(addr, unknown)
		}
	}
	return p.called(v, use, unknown)
}

func mayBeText(t types.Type) bool {
	_, dynamic := t.Underlying().(*types.Interface)
	return dynamic || sensitive.Text(t) || sensitive.Collection(t)
}

// shortCut reports whether a slice shows at most a few characters: s[:4],
// s[len(s)-4:].
func (p *Package) shortCut(v *ssa.Slice) bool {
	visible := int64(Visible)
	if v.High != nil {
		high, ok := integer(v.High)
		low := int64(0)
		if v.Low != nil {
			low, _ = integer(v.Low)
		}
		return ok && high-low <= visible
	}
	minus, ok := v.Low.(*ssa.BinOp)
	if !ok || minus.Op != token.SUB {
		return false
	}
	n, ok := integer(minus.Y)
	call, isCall := minus.X.(*ssa.Call)
	if !ok || n > visible || !isCall || len(call.Call.Args) != 1 {
		return false
	}
	builtin, ok := call.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == "len" && p.same(call.Call.Args[0], v.X)
}

// same reports whether two values are read from one place.
func (p *Package) same(a, b ssa.Value) bool {
	rootA, toA := p.resolve(a)
	rootB, toB := p.resolve(b)
	return rootA == rootB && toA == toB
}

// partOfCut reports whether an item is the harmless part of a text that is split:
// see [cutAt].
func (p *Package) partOfCut(v *ssa.IndexAddr) bool {
	i, ok := integer(v.Index)
	call, isCall := v.X.(*ssa.Call)
	return ok && isCall && cutAt(call, int(i))
}

// cutAt reports whether a call splits a text at a separator in front of which, or
// behind which, stands something harmless: NAME=secret, "Bearer secret",
// somebody@example.org.
func cutAt(call *ssa.Call, part int) bool {
	fn := object(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || len(call.Call.Args) < 1 {
		return false
	}
	switch fn.Name() {
	case "Cut", "SplitN", "Split":
		switch sep, _ := text(call.Call.Args[1]); sep {
		case "=", " ":
			return part == 0
		case "@":
			return part == 1
		}
		return false
	}
	return fn.Name() == "Fields" && part == 0
}

// behindAt reports whether a slice is what stands behind the @ of an address.
func behindAt(v *ssa.Slice) bool {
	if v.High != nil {
		return false
	}
	sum, ok := v.Low.(*ssa.BinOp)
	if !ok || sum.Op != token.ADD {
		return false
	}
	index, ok := sum.X.(*ssa.Call)
	if !ok || len(index.Call.Args) < 2 {
		return false
	}
	fn := object(index)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || !strings.Contains(fn.Name(), "Index") {
		return false
	}
	if sep, ok := text(index.Call.Args[1]); ok {
		return sep == "@"
	}
	sep, ok := integer(index.Call.Args[1])
	return ok && sep == '@'
}
