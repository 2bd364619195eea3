package secretinlog

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// call judges one result of a call.
func (c *checker) call(e *ast.CallExpr, result int) value {
	info := c.pass.TypesInfo
	if tv := info.Types[e.Fun]; tv.IsType() {
		if len(e.Args) != 1 {
			return value{}
		}
		v := c.eval(e.Args[0])
		if v.source == nil && !v.known && c.vocabulary.Type(tv.Type) {
			v.source = &source{kind: sensitive.Named, text: c.text(e), node: e}
		}
		return v
	}
	if t := resultType(info.TypeOf(e), result); t == nil || !sensitive.Carries(t) {
		return harmless
	}
	switch callee := typeutil.Callee(info, e).(type) {
	case *types.Builtin:
		switch callee.Name() {
		case "append", "min", "max":
			return c.joined(e.Args)
		}
		return harmless
	case *types.Func:
		return c.function(callee.Origin(), e, result)
	}
	return value{}
}

func resultType(t types.Type, result int) types.Type {
	tuple, several := t.(*types.Tuple)
	switch {
	case several && result < tuple.Len():
		return tuple.At(result).Type()
	case several || result > 0:
		return nil
	}
	return t
}

func (c *checker) joined(list []ast.Expr) value {
	result := harmless
	for _, e := range list {
		result = result.join(c.eval(e))
	}
	return result
}

// function judges a call of a known function: sources, functions that pass
// their arguments on, those that hide them, and functions of this package.
func (c *checker) function(fn *types.Func, e *ast.CallExpr, result int) value {
	path, recv, name := named(fn)
	if place, ok := sensitive.Origin(path, recv, name); ok {
		return c.read(place, e, result)
	}
	title := path + "." + name
	if recv != "" {
		title = path + "." + recv + "." + name
	}
	if f, ok := formatters[title]; ok {
		if result > 0 {
			return harmless
		}
		return c.formatted(&logapi.Call{Func: f, Expr: e})
	}
	if f, ok := logapi.Lookup(fn); ok {
		if f.Kind == logapi.Builder {
			return c.formatted(&logapi.Call{Func: f, Expr: e})
		}
		return value{}
	}
	switch {
	case repeating[title]:
		return c.joined(e.Args)
	case digests(path, name) || recv == "Replacer" || name == "Cut" && result == 0 && c.cuts(e):
		return harmless
	case path == "strings" && (name == "Replace" || name == "ReplaceAll") && len(e.Args) > 2:
		return c.replaced(e)
	case passing[path]:
		return c.passedOn(e, recv, result)
	}
	if decl := c.index.funcs[fn]; decl != nil {
		return c.called(decl, fn, e, result)
	}
	return c.opaque(fn, e, result)
}

// opaque judges a call of a function whose body is not visible.
func (c *checker) opaque(fn *types.Func, e *ast.CallExpr, result int) value {
	if sanitizes(fn.Name()) {
		return harmless
	}
	recv := logapi.Receiver(c.pass.TypesInfo, e)
	if recv != nil && len(e.Args) == 0 && (fn.Name() == "String" || fn.Name() == "Error") {
		return c.spelt(recv)
	}
	if c.yields(fn, result) {
		return value{source: &source{kind: sensitive.Named, text: c.text(e), node: e}}
	}
	return value{}
}

// spelt judges x.String() and x.Error(): the text of what is text already or of
// a protobuf message; other types are trusted to say what they want.
func (c *checker) spelt(recv ast.Expr) value {
	t := c.pass.TypesInfo.TypeOf(recv)
	if c.walker.IsMessage(t) {
		return c.shown(logapi.Argument{Expr: recv, Role: logapi.Value, Class: logapi.Plain})
	}
	v := c.eval(recv)
	if v.source != nil && !v.source.whole && !c.walker.Shows(t, logapi.Plain) {
		return harmless
	}
	return v
}

// read judges a function that reads named values.
func (c *checker) read(place sensitive.Place, e *ast.CallExpr, result int) value {
	if result != place.Result {
		return harmless
	}
	title := place.Title
	if place.Arg >= 0 {
		if place.Arg >= len(e.Args) {
			return value{}
		}
		key, ok := logapi.Constant(c.pass.TypesInfo, e.Args[place.Arg])
		verdict := c.vocabulary.Name(key)
		if place.Header {
			verdict = c.vocabulary.Header(key)
		}
		if !ok || verdict != sensitive.Secret {
			return value{}
		}
		if title != "" {
			title = fmt.Sprintf("%s %s", title, key)
		}
	}
	if title == "" {
		title = c.text(e)
	}
	return value{source: &source{kind: sensitive.Read, text: title, node: e}}
}

// formatted joins what the arguments of a formatting call show.
func (c *checker) formatted(call *logapi.Call) value {
	result := harmless
	for _, arg := range call.Arguments(c.pass.TypesInfo) {
		result = result.join(c.shown(arg))
	}
	return result
}

// replaced judges strings.Replace(All): harmless if the secret itself is what
// is replaced.
func (c *checker) replaced(e *ast.CallExpr) value {
	v := c.eval(e.Args[0]).join(c.eval(e.Args[2]))
	if v.source != nil && v.source.text == c.text(e.Args[1]) {
		return harmless
	}
	return v
}

// passedOn joins receiver and arguments of a function of the standard library
// whose result is made of them.
func (c *checker) passedOn(e *ast.CallExpr, recv string, result int) value {
	if result > 0 && types.Identical(resultType(c.pass.TypesInfo.TypeOf(e), result), types.Universe.Lookup("error").Type()) {
		return harmless
	}
	v := c.joined(e.Args)
	on := logapi.Receiver(c.pass.TypesInfo, e)
	switch {
	case on == nil:
		return v
	case recv == "Builder" || recv == "Buffer":
		return v.join(c.accumulated(on, e))
	}
	return v.join(c.eval(on))
}

// accumulated judges what was written into a strings.Builder or bytes.Buffer
// before use.
func (c *checker) accumulated(on ast.Expr, use ast.Node) value {
	p, ok := c.index.place(on)
	if !ok || len(p.fields) > 0 {
		return value{}
	}
	result := value{}
	for _, id := range c.index.uses[p.root] {
		if id.Pos() >= use.Pos() || c.index.excluded(id, use) {
			continue
		}
		call, ok := c.index.enclosingCall(id)
		if !ok {
			continue
		}
		for _, arg := range call.Args {
			if !covers(arg, id) {
				result = result.join(c.eval(arg))
			}
		}
	}
	return result
}

// enclosingCall returns the call that an identifier is receiver, or the address
// in an argument, of.
func (x *index) enclosingCall(id *ast.Ident) (*ast.CallExpr, bool) {
	n := x.parents[id]
	switch parent := n.(type) {
	case *ast.SelectorExpr, *ast.UnaryExpr:
		n = x.parents[parent]
	}
	call, ok := n.(*ast.CallExpr)
	return call, ok
}

// bodyOf returns the declaration of the function of this package that a call
// calls, nil if there is none.
func (c *checker) bodyOf(e *ast.CallExpr) *ast.FuncDecl {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Func)
	if !ok {
		return nil
	}
	return c.index.funcs[fn.Origin()]
}

// called judges a call of a function of this package by its body.
func (c *checker) called(decl *ast.FuncDecl, fn *types.Func, e *ast.CallExpr, result int) value {
	inside := c.returned(decl, result, nil)
	args := c.arguments(fn, e)
	v := value{source: inside.source, known: inside.known}
	if v.source != nil && v.source.param != nil {
		v.source = nil // what matters is what is given for it
	}
	for i, arg := range args {
		if inside.params&(1<<i) == 0 {
			continue
		}
		given := harmless
		for _, a := range arg {
			given = given.join(c.eval(a))
		}
		v = v.join(given)
		if inside.source != nil && inside.source.param == parameters(fn)[i] && given.source == nil && !given.known {
			v.source = &source{kind: inside.source.kind, text: c.text(e), node: e}
		}
	}
	if v.source == nil && !v.known && inside.params == 0 && !sanitizes(fn.Name()) && c.yields(fn, result) {
		v.source = &source{kind: sensitive.Named, text: c.text(e), node: e}
	}
	return v
}

// arguments lists what a call gives for receiver and parameters of fn.
func (c *checker) arguments(fn *types.Func, e *ast.CallExpr) [][]ast.Expr {
	list := make([][]ast.Expr, len(parameters(fn)))
	i := 0
	if fn.Signature().Recv() != nil {
		if on := logapi.Receiver(c.pass.TypesInfo, e); on != nil {
			list[0] = []ast.Expr{on}
		}
		i = 1
	}
	for _, arg := range e.Args {
		at := min(i, len(list)-1)
		if at < 0 {
			break
		}
		list[at] = append(list[at], arg)
		i++
	}
	return list
}

type resultKey struct {
	decl   *ast.FuncDecl
	result int
	fields string
}

// maxCalls bounds how deep calls are followed.
const maxCalls = 12

// returned judges a result of a function, or what fields of it lead to, joined
// over its return statements. The parameters in the value are its own.
func (c *checker) returned(decl *ast.FuncDecl, result int, fields []*types.Var) value {
	key := resultKey{decl: decl, result: result}
	for _, field := range fields {
		key.fields += "." + field.Name()
	}
	if v, ok := c.results[key]; ok {
		return v
	}
	if len(c.returning) > maxCalls {
		return value{}
	}
	if c.returning[key] {
		return harmless // of a recursion the other returns decide
	}
	c.returning[key] = true
	steps := c.steps
	c.steps = 0
	v := harmless
	for ret := range c.returns(decl) {
		v = v.join(c.returnedBy(ret, decl, result, fields))
	}
	c.steps = steps
	delete(c.returning, key)
	c.results[key] = v
	return v
}

// returnedBy judges one return statement.
func (c *checker) returnedBy(ret *ast.ReturnStmt, decl *ast.FuncDecl, result int, fields []*types.Var) value {
	switch {
	case result < len(ret.Results) && len(fields) > 0:
		return c.holds(ret.Results[result], fields)
	case len(ret.Results) == 1 && result > 0:
		call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
		if !ok {
			return value{}
		}
		return c.call(call, result)
	case result < len(ret.Results):
		return c.eval(ret.Results[result])
	}
	return c.namedResult(decl, result, ret)
}

func (c *checker) namedResult(decl *ast.FuncDecl, result int, ret *ast.ReturnStmt) value {
	fn := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	results := fn.Signature().Results()
	if result >= results.Len() {
		return value{}
	}
	return c.written(place{root: results.At(result)}, ret)
}

// returns yields the return statements of a function, not those of functions
// inside it.
func (c *checker) returns(decl *ast.FuncDecl) func(func(*ast.ReturnStmt) bool) {
	return func(yield func(*ast.ReturnStmt) bool) {
		going := true
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				going = going && yield(n)
			}
			return going
		})
	}
}

// redacts reports whether a method of this package that prints its receiver
// hides what is sensitive in it; a method from elsewhere is trusted.
func (c *checker) redacts(m *types.Func) bool {
	decl := c.index.funcs[m.Origin()]
	if decl == nil {
		return true
	}
	if verdict, ok := c.redacting[m]; ok {
		return verdict
	}
	c.redacting[m] = true
	verdict := true
	if m.Signature().Results().Len() > 0 && m.Name() != "MarshalLogObject" && m.Name() != "MarshalLogArray" {
		verdict = c.returned(decl, 0, nil).source == nil
	} else {
		verdict = !c.encodes(decl)
	}
	c.redacting[m] = verdict
	return verdict
}

// encodes reports whether a body hands a secret to a log encoder.
func (c *checker) encodes(decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		e, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		if call, ok := logapi.Of(c.pass.TypesInfo, e); ok {
			found = c.formatted(call).source != nil
		}
		return true
	})
	return found
}

var redactingMethods = []string{
	"LogValue", "MarshalLog", "MarshalLogObject", "MarshalLogArray", "MarshalZerologObject", "MarshalZerologArray",
	"MarshalObject",
}

// insideRedacting reports whether a node lies in a method that is asked by a
// logger: what it lets through is reported where the value is logged.
func (c *checker) insideRedacting(n ast.Node) bool {
	decl := c.index.declared(n)
	return decl != nil && decl.Recv != nil && slices.Contains(redactingMethods, decl.Name.Name)
}
