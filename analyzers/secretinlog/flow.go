package secretinlog

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A source is a secret that an expression may hold.
type source struct {
	kind sensitive.Kind
	text string   // for messages: "cfg.Password", "request header Authorization"
	node ast.Node // where the secret comes in
	// param is set if the secret is what a parameter of that name was given.
	param *types.Var
	// whole: the value is printed whole and text names the part that matters.
	whole bool
}

// A value is what is known about an expression.
type value struct {
	source *source
	// params are the parameters of the function at hand whose text is in it.
	params uint64
	// known: whatever it holds, nothing else does; with no source and no
	// params the value is harmless.
	known bool
}

var harmless = value{known: true}

func (v value) join(w value) value {
	if v.source == nil {
		v.source = w.source
	}
	v.params |= w.params
	v.known = v.known && w.known
	return v
}

// maxSteps bounds how far a value is followed back in a function, maxEvals how
// many expressions are looked at for one call.
const (
	maxSteps = 64
	maxEvals = 5000
)

// eval follows an expression back to what it is made of, within the function.
func (c *checker) eval(e ast.Expr) value {
	e = ast.Unparen(e)
	tv, ok := c.pass.TypesInfo.Types[e]
	if _, name := e.(*ast.Ident); !name && (!ok || tv.Value != nil || tv.IsNil() || !carries(tv.Type)) {
		return harmless
	}
	if c.steps > maxSteps || c.evals > maxEvals || c.open[e] {
		return value{}
	}
	c.steps++
	c.evals++
	c.open[e] = true
	defer func() { c.steps--; delete(c.open, e) }()
	switch e := e.(type) {
	case *ast.Ident:
		return c.ident(e)
	case *ast.SelectorExpr:
		return c.selector(e)
	case *ast.CallExpr:
		return c.call(e, 0)
	case *ast.BinaryExpr:
		return c.eval(e.X).join(c.eval(e.Y)).join(c.labelled(e))
	case *ast.IndexExpr:
		return c.item(e)
	case *ast.SliceExpr:
		if c.shortCut(e) {
			return harmless
		}
		return c.eval(e.X)
	case *ast.StarExpr:
		return c.eval(e.X)
	case *ast.TypeAssertExpr:
		return c.eval(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return c.eval(e.X)
		}
	case *ast.CompositeLit:
		return c.composite(e)
	}
	return value{}
}

// carries also admits what several results are.
func carries(t types.Type) bool {
	_, several := t.(*types.Tuple)
	return several || sensitive.Carries(t)
}

func (c *checker) ident(id *ast.Ident) value {
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || !sensitive.Carries(v.Type()) || c.safe(v) {
		return harmless
	}
	return c.place(place{root: v}, id)
}

// place judges what a variable, or a field below it, holds at use.
func (c *checker) place(p place, use ast.Expr) value {
	result := c.written(p, use)
	if result.source == nil && !result.known && c.secretPlace(p, use) {
		result.source = &source{kind: sensitive.Named, text: c.text(use), node: use}
		if result.params != 0 && len(p.fields) == 0 {
			result.source.param = p.root
		}
	}
	return result
}

// written joins what reached a place.
func (c *checker) written(p place, use ast.Node) value {
	if c.global(p.root) {
		return c.globalValue(p)
	}
	defs, entry := c.index.reaching(p, use)
	result := value{known: !entry}
	for _, d := range defs {
		result = result.join(c.defined(d, p.fields[len(d.fields):]))
	}
	if entry && len(p.fields) == 0 {
		if i := c.index.parameter(c.index.declared(use), p.root); i >= 0 && i < 64 {
			result.params |= 1 << i
		}
	}
	if c.index.writtenBelow(p) {
		result.known = false // of its parts, asked one by one, more is known
	}
	return result
}

// defined judges what a write puts into the place; rest are the fields between
// what was written and the place.
func (c *checker) defined(d definition, rest []*types.Var) value {
	switch {
	case d.kind == zero:
		return harmless
	case d.kind == escaped:
		return c.filled(d, rest)
	case d.value == nil:
		return value{}
	case len(rest) > 0:
		return c.holds(d.value, rest)
	}
	if call, ok := ast.Unparen(d.value).(*ast.CallExpr); ok {
		return c.call(call, d.result)
	}
	if d.result > 0 { // the "ok" of a map, an assertion or a channel
		return harmless
	}
	return c.eval(d.value)
}

// holds judges the part of e that fields lead to.
func (c *checker) holds(e ast.Expr, fields []*types.Var) value {
	e = ast.Unparen(e)
	if len(fields) == 0 {
		return c.eval(e)
	}
	if c.steps > maxSteps || c.evals > maxEvals {
		return value{}
	}
	c.steps++
	c.evals++
	defer func() { c.steps-- }()
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return c.holds(e.X, fields)
		}
	case *ast.StarExpr:
		return c.holds(e.X, fields)
	case *ast.CompositeLit:
		return c.literalField(e, fields)
	case *ast.CallExpr:
		if tv := c.pass.TypesInfo.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return c.holds(e.Args[0], fields)
		}
		if b, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Builtin); ok && b.Name() == "new" {
			return harmless
		}
		if decl := c.bodyOf(e); decl != nil {
			return c.returned(decl, 0, fields)
		}
	case *ast.Ident, *ast.SelectorExpr:
		p, ok := c.index.place(e)
		if !ok || c.global(p.root) {
			return value{}
		}
		p.fields = append(p.fields[:len(p.fields):len(p.fields)], fields...)
		return c.written(p, e)
	}
	return value{}
}

func (c *checker) literalField(lit *ast.CompositeLit, fields []*types.Var) value {
	s, ok := c.pass.TypesInfo.TypeOf(lit).Underlying().(*types.Struct)
	if !ok {
		if len(lit.Elts) == 0 {
			return harmless
		}
		return value{}
	}
	for i, elt := range lit.Elts {
		pair, keyed := elt.(*ast.KeyValueExpr)
		switch {
		case keyed:
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == fields[0].Name() {
				return c.holds(pair.Value, fields[1:])
			}
		case i < s.NumFields() && s.Field(i).Name() == fields[0].Name():
			return c.holds(elt, fields[1:])
		}
	}
	return harmless
}

func (c *checker) global(v *types.Var) bool {
	return v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// globalValue judges a variable of package level: harmless if the package only
// ever gives it constants.
func (c *checker) globalValue(p place) value {
	writes := c.index.writes[p.root]
	if p.root.Pkg() != c.pass.Pkg || len(writes) == 0 {
		return value{}
	}
	result := harmless
	for _, d := range writes {
		if !concerns(&d, p) {
			continue
		}
		if d.kind == zero {
			continue // filled by someone: a linker, a flag, another package
		}
		result = result.join(c.defined(d, p.fields[len(d.fields):]))
	}
	if allZero(writes) || c.index.writtenBelow(p) {
		result.known = false
	}
	return result
}

func allZero(writes []definition) bool {
	for _, d := range writes {
		if d.kind != zero {
			return false
		}
	}
	return true
}

// secretPlace reports whether the name, type or tag of a variable or field
// makes what it holds a secret.
func (c *checker) secretPlace(p place, use ast.Expr) bool {
	if len(p.fields) == 0 {
		return c.vocabulary.Object(p.root) || c.vocabulary.Type(p.root.Type()) && c.vocabulary.Name(p.root.Name()) != sensitive.Cancelled
	}
	sel, ok := ast.Unparen(use).(*ast.SelectorExpr)
	return ok && c.secretField(sel)
}

func (c *checker) selector(e *ast.SelectorExpr) value {
	sel := c.pass.TypesInfo.Selections[e]
	if sel == nil {
		return c.ident(e.Sel)
	}
	field, ok := sel.Obj().(*types.Var)
	if sel.Kind() != types.FieldVal || !ok {
		return value{}
	}
	if c.safe(field) {
		return harmless
	}
	p, ok := c.index.place(e)
	if sensitive.IsCookie(sel.Recv()) && ok && c.plainCookie(p, e) {
		return harmless
	}
	if ok {
		return c.place(p, e)
	}
	if c.secretField(e) {
		return value{source: &source{kind: sensitive.Named, text: c.text(e), node: e}}
	}
	return value{}
}

// plainCookie reports whether a cookie was looked up by a constant name that
// speaks of no session or login: a preference.
func (c *checker) plainCookie(p place, use ast.Node) bool {
	if len(p.fields) == 0 {
		return false
	}
	p.fields = p.fields[:len(p.fields)-1]
	defs, entry := c.index.reaching(p, use)
	if entry || len(defs) == 0 {
		return false
	}
	for _, d := range defs {
		call, ok := d.value.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return false
		}
		name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[len(call.Args)-1])
		if !ok || c.vocabulary.Cookie(name) {
			return false
		}
	}
	return true
}

// secretField reports whether a selected field is a secret by name, tag or type.
func (c *checker) secretField(e *ast.SelectorExpr) bool {
	sel := c.pass.TypesInfo.Selections[e]
	if sel == nil || sel.Kind() != types.FieldVal {
		return false
	}
	t := sel.Recv()
	index := sel.Index()
	for _, i := range index[:len(index)-1] {
		t = structOf(t).Field(i).Type()
	}
	s := structOf(t)
	field := s.Field(index[len(index)-1])
	if !sensitive.Text(field.Type()) && !sensitive.Collection(field.Type()) {
		return false
	}
	if _, ok := c.vocabulary.Field(t, field, s.Tag(index[len(index)-1])); ok || sensitive.TypedField(t, field.Name()) {
		return true
	}
	return c.vocabulary.Type(field.Type()) && c.vocabulary.Name(field.Name()) != sensitive.Cancelled
}

func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// item judges x[i]: a named item of a map, else an item of whatever x holds.
func (c *checker) item(e *ast.IndexExpr) value {
	t := c.pass.TypesInfo.TypeOf(e.X)
	if _, ok := t.Underlying().(*types.Map); ok {
		key, ok := logapi.Constant(c.pass.TypesInfo, e.Index)
		if !ok {
			return c.eval(e.X)
		}
		verdict, title := c.vocabulary.Name(key), c.text(e)
		if sensitive.IsHeader(t) {
			verdict, title = c.vocabulary.Header(key), "request header "+key
		}
		if verdict == sensitive.Secret && mayBeText(c.pass.TypesInfo.TypeOf(e)) {
			return value{source: &source{kind: sensitive.Read, text: title, node: e}}
		}
		return value{}
	}
	if call, ok := ast.Unparen(e.X).(*ast.CallExpr); ok && c.cuts(call) && c.isConstant(e.Index, 0) {
		return harmless
	}
	return c.eval(e.X)
}

func mayBeText(t types.Type) bool {
	_, dynamic := t.Underlying().(*types.Interface)
	return dynamic || sensitive.Text(t) || sensitive.Collection(t)
}

// cuts reports whether a call splits its argument at a separator in front of
// which stands something harmless: NAME=secret, "Bearer secret".
func (c *checker) cuts(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || len(call.Args) < 2 {
		return false
	}
	switch fn.Name() {
	case "Cut", "SplitN", "Split":
		sep, _ := logapi.Constant(c.pass.TypesInfo, call.Args[1])
		return sep == "=" || sep == " "
	}
	return fn.Name() == "Fields"
}

func (c *checker) isConstant(e ast.Expr, want int64) bool {
	v, ok := c.integer(e)
	return ok && v == want
}

func (c *checker) integer(e ast.Expr) (int64, bool) {
	tv := c.pass.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(tv.Value)
}

// shortCut reports whether a slice expression shows at most a few characters:
// s[:4], s[len(s)-4:].
func (c *checker) shortCut(e *ast.SliceExpr) bool {
	if high, ok := c.integer(e.High); e.High != nil && ok {
		low := int64(0)
		if e.Low != nil {
			low, _ = c.integer(e.Low)
		}
		return high-low <= c.visible
	}
	if e.High != nil || e.Low == nil {
		return false
	}
	minus, ok := ast.Unparen(e.Low).(*ast.BinaryExpr)
	if !ok || minus.Op != token.SUB {
		return false
	}
	n, ok := c.integer(minus.Y)
	call, isCall := ast.Unparen(minus.X).(*ast.CallExpr)
	return ok && n <= c.visible && isCall && len(call.Args) == 1 && c.text(call.Fun) == "len" && c.text(call.Args[0]) == c.text(e.X)
}

// composite joins the items of a slice or map; what a struct shows is decided
// by its type.
func (c *checker) composite(lit *ast.CompositeLit) value {
	if structOf(c.pass.TypesInfo.TypeOf(lit)) != nil {
		return value{}
	}
	result := harmless
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			elt = pair.Value
		}
		result = result.join(c.eval(elt))
	}
	return result
}

// labelled judges "password=" + x by its label.
func (c *checker) labelled(e *ast.BinaryExpr) value {
	text, ok := logapi.Constant(c.pass.TypesInfo, e.X)
	if !ok {
		if left, isSum := ast.Unparen(e.X).(*ast.BinaryExpr); isSum {
			text, ok = logapi.Constant(c.pass.TypesInfo, left.Y)
		}
	}
	if label := logapi.Label(text); ok && label != "" {
		arg := logapi.Argument{Expr: e.Y, Role: logapi.Value, Key: label, Labelled: true, Class: logapi.Plain}
		if src := c.keyed(arg, c.eval(e.Y)); src != nil {
			return value{source: src, known: true}
		}
	}
	return harmless
}
