package taint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

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
		if slices.ContainsFunc(v.Edges, redactedURL) {
			return harmless // the other way is that of a text that is no URL
		}
		result := harmless
		for i, edge := range v.Edges {
			from := v.Block().Preds[i]
			result = result.join(p.holds(edge, to, from.Instrs[len(from.Instrs)-1]))
		}
		return result
	})
}

// redactedURL reports whether a value is a URL without its password.
func redactedURL(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	obj := object(call)
	return obj != nil && calleeOf(obj).title == "net/url.URL.Redacted"
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

func mayBeText(t types.Type) bool {
	_, dynamic := t.Underlying().(*types.Interface)
	return dynamic || sensitive.Text(t) || sensitive.Collection(t)
}
