package database

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/ir"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Databases] for a package main, nil for any other. It
// reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintdatabase",
	Doc:        "find out how a program reaches its databases",
	Requires:   []*analysis.Analyzer{ir.Analyzer, reach.Analyzer},
	Run:        run,
	FactTypes:  []analysis.Fact{new(Graph)},
	ResultType: reflect.TypeFor[*Databases](),
}

// Databases are what a program knows of its databases.
type Databases struct {
	Kind    Kind // of the drivers that its packages import
	Classes []Class
}

func run(pass *analysis.Pass) (any, error) {
	if !judge.Own(pass) {
		return (*Databases)(nil), nil
	}
	b := &builder{
		pass: pass, reach: pass.ResultOf[reach.Analyzer].(*reach.Result), links: newUnion(),
		keys: make(map[string]bool), owns: make(map[*types.Package]bool),
	}
	graph := new(Graph)
	relevant := false
	for _, imported := range pass.Pkg.Imports() {
		path := imported.Path()
		graph.Kind = graph.Kind.Or(KindOf(path))
		other := new(Graph)
		relevant = relevant || handles[logapi.Path(path)] != nil || openers[logapi.Path(path)] != nil ||
			pass.ImportPackageFact(imported, other) && len(other.Classes) > 0
	}
	if relevant {
		b.functions(pass.ResultOf[ir.Analyzer].(*ir.Package))
		graph.Classes = b.classes()
	}
	pass.ExportPackageFact(graph)
	if b.reach.Main == nil {
		return (*Databases)(nil), nil
	}
	graphs := []*Graph{graph}
	for _, f := range pass.AllPackageFacts() {
		if g, ok := f.Fact.(*Graph); ok && f.Package != pass.Pkg {
			graphs = append(graphs, g)
		}
	}
	return join(graphs), nil
}

// A builder follows the handles of one package. What belongs together is linked:
// SSA values of the package, and keys that other packages know too.
type builder struct {
	pass   *analysis.Pass
	reach  *reach.Result
	links  *union
	keys   map[string]bool
	events []located
	owns   map[*types.Package]bool
	calls  map[token.Pos]*ast.CallExpr // by left parenthesis
}

// A located is an event and the handle that it is about.
type located struct {
	of any
	Event
}

func (b *builder) functions(pkg *ir.Package) {
	if initializer := pkg.SSA().Func("init"); initializer != nil {
		b.function(initializer)
	}
	for _, fn := range pkg.Functions() {
		if !strings.HasSuffix(b.pass.Fset.Position(fn.Pos()).Filename, "_test.go") {
			b.function(fn)
		}
	}
}

// function links what flows through a function.
func (b *builder) function(fn *ssa.Function) {
	b.signature(fn)
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			b.instruction(fn, instr)
		}
	}
	for _, captured := range fn.FreeVars {
		if isHandle(captured.Type()) {
			b.link(captured, captured)
		}
	}
}

// signature links the parameters of a method with those of its name behind any
// interface, and gives parameters keys.
func (b *builder) signature(fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return
	}
	id := reach.ID(obj)
	for i, p := range fn.Params {
		if isHandle(p.Type()) {
			b.link(p, b.key(parameter, id, i))
		}
	}
	recv := obj.Signature().Recv()
	if recv == nil {
		return
	}
	for i, p := range fn.Params[1:] {
		if isHandle(p.Type()) {
			b.link(p, b.key(parameter, behind+obj.Name(), i))
		}
	}
	for i := range obj.Signature().Results().Len() {
		if isHandle(obj.Signature().Results().At(i).Type()) {
			b.link(b.key(result, id, i), b.key(result, behind+obj.Name(), i))
		}
	}
}

// The kinds of keys; behind stands before the name of a method that is called
// through an interface.
const (
	parameter = "parameter "
	result    = "result "
	field     = "field "
	variable  = "variable "
	behind    = "interface "
)

func (b *builder) key(kind, id string, index int) string {
	return b.named(kind + id + " " + strconv.Itoa(index))
}

func (b *builder) named(key string) string {
	b.keys[key] = true
	return key
}

func (b *builder) link(x, y any) { b.links.join(x, y) }

func (b *builder) instruction(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		b.call(fn, instr)
	case *ssa.Return:
		obj, ok := fn.Object().(*types.Func)
		for i, v := range instr.Results {
			switch {
			case !isHandle(v.Type()):
				b.boxed(fn, v, "an interface without queries")
			case ok:
				b.link(b.place(v), b.key(result, reach.ID(obj), i))
			default: // a literal's: whoever calls it is not known
				b.lose(fn, v, "the result of a function literal")
			}
		}
	case *ssa.Store:
		switch {
		case isHandle(instr.Val.Type()):
			b.link(b.place(instr.Val), b.place(instr.Addr))
			b.given(fn, instr)
		default:
			b.boxed(fn, instr.Val, "a variable of another type")
			b.asValue(fn, instr.Val)
		}
	case *ssa.Phi:
		for _, edge := range instr.Edges {
			b.flow(instr, edge)
		}
	case *ssa.MakeInterface:
		if isHandle(instr.X.Type()) && isHandle(instr.Type()) {
			b.flow(instr, instr.X)
			if hasPing(instr.Type()) && !types.IsInterface(instr.X.Type()) {
				b.note(fn, instr.X, Event{Act: Checked}, instr)
			}
		}
		b.promoted(fn, instr)
	case *ssa.ChangeInterface:
		b.flow(instr, instr.X)
	case *ssa.ChangeType:
		b.flow(instr, instr.X)
	case *ssa.TypeAssert:
		b.flow(instr, instr.X)
	case *ssa.MakeClosure:
		for i, bound := range instr.Bindings {
			b.flow(instr.Fn.(*ssa.Function).FreeVars[i], bound)
		}
	case *ssa.MapUpdate:
		b.flow(instr.Map, instr.Value)
	case *ssa.Slice:
		b.flow(instr, instr.X)
	case *ssa.Send:
		b.lose(fn, instr.X, "a channel")
	}
}

// promoted notes that a value with an embedded handle is put behind an interface
// that can ping.
func (b *builder) promoted(fn *ssa.Function, instr *ssa.MakeInterface) {
	named := namedOf(instr.X.Type())
	if named == nil || !hasPing(instr.Type()) {
		return
	}
	structure, ok := named.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range structure.NumFields() {
		if f := structure.Field(i); f.Embedded() && isHandle(f.Type()) {
			b.note(fn, b.fieldKey(named, f), Event{Act: Checked}, instr)
		}
	}
}

// flow links a value with what it is made of, if both are handles.
func (b *builder) flow(to, from ssa.Value) {
	if isHandle(to.Type()) && isHandle(from.Type()) {
		b.link(b.place(to), b.place(from))
	}
}

// place names what holds a handle: a field, a package variable, the result of a
// function; else the value stands for itself.
func (b *builder) place(v ssa.Value) any {
	switch v := v.(type) {
	case *ssa.UnOp:
		return b.place(v.X) // a variable and what it holds are one
	case *ssa.Global:
		return b.named(variable + v.String())
	case *ssa.FieldAddr:
		return b.fieldPlace(v.X, v.Field)
	case *ssa.Field:
		return b.fieldPlace(v.X, v.Field)
	case *ssa.IndexAddr: // a list and what it holds are one too
		return b.place(v.X)
	case *ssa.Index:
		return b.place(v.X)
	case *ssa.Lookup:
		return b.place(v.X)
	case *ssa.MakeInterface:
		return b.place(v.X)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Call:
			return b.result(tuple, v.Index)
		case *ssa.Lookup:
			return b.place(tuple.X)
		case *ssa.TypeAssert:
			return b.place(tuple.X)
		case *ssa.Next:
			if iterator, ok := tuple.Iter.(*ssa.Range); ok {
				return b.place(iterator.X)
			}
		}
	case *ssa.Call:
		return b.result(v, 0)
	}
	return v
}

func (b *builder) fieldPlace(of ssa.Value, index int) any {
	named := namedOf(of.Type())
	if named == nil {
		return of
	}
	structure, ok := named.Underlying().(*types.Struct)
	if !ok {
		return of
	}
	if isHandle(of.Type()) || isHandle(named) { // sqlx.DB holds a sql.DB
		return b.place(of)
	}
	return b.fieldKey(named, structure.Field(index))
}

func (b *builder) fieldKey(named *types.Named, f *types.Var) string {
	path := ""
	if named.Obj().Pkg() != nil {
		path = named.Obj().Pkg().Path()
	}
	return b.named(field + path + "." + named.Obj().Name() + "." + f.Name())
}

// result names what a call returns.
func (b *builder) result(call *ssa.Call, index int) any {
	common := call.Common()
	if common.IsInvoke() {
		if !isHandle(common.Value.Type()) {
			return b.key(result, behind+common.Method.Name(), index)
		}
		return b.place(common.Value)
	}
	if callee := common.StaticCallee(); callee != nil {
		if obj, ok := callee.Object().(*types.Func); ok && b.own(obj.Pkg()) {
			return b.key(result, reach.ID(obj), index)
		}
	}
	return call
}

// own reports whether a package is one of the user's.
func (b *builder) own(pkg *types.Package) bool {
	own, known := b.owns[pkg]
	if !known {
		own = pkg == b.pass.Pkg || pkg != nil && b.pass.ImportPackageFact(pkg, new(Graph))
		b.owns[pkg] = own
	}
	return own
}

// note adds an event.
func (b *builder) note(fn *ssa.Function, of any, e Event, at ssa.Instruction) {
	if v, ok := of.(ssa.Value); ok {
		of = b.place(v)
	}
	b.link(of, of)
	e.Func = reach.InitID(b.pass.Pkg.Path())
	if syntax := fn.Syntax(); syntax != nil {
		e.Func = b.reach.NodeOf(syntax).ID
	}
	if call := b.callAt(at); call != nil {
		e.Func = b.reach.NodeOf(call).ID
		if e.Act == Opened {
			e.Site = shutdown.SiteOf(b.pass, call)
		}
	}
	b.events = append(b.events, located{of, e})
}

// lose notes that a handle goes where it cannot be followed.
func (b *builder) lose(fn *ssa.Function, v ssa.Value, where string) {
	if box, ok := v.(*ssa.MakeInterface); ok {
		v = box.X
	}
	if isHandle(v.Type()) {
		b.note(fn, v, Event{Act: Lost, Text: where}, nil)
	}
}

// boxed is lose for a handle behind an interface that stands for no database.
func (b *builder) boxed(fn *ssa.Function, v ssa.Value, where string) {
	if box, ok := v.(*ssa.MakeInterface); ok && !isHandle(box.Type()) {
		b.lose(fn, box.X, where)
	}
}

// given notes that a handle is stored in the structure of a dependency.
func (b *builder) given(fn *ssa.Function, store *ssa.Store) {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	named := namedOf(addr.X.Type())
	if named == nil || named.Obj().Pkg() == nil || isHandle(addr.X.Type()) || b.own(named.Obj().Pkg()) {
		return
	}
	if path := named.Obj().Pkg().Path(); strings.HasPrefix(path, "gorm.io/") {
		b.note(fn, store.Val, Event{Act: Checked}, nil) // by gorm.Open
	} else {
		b.lose(fn, store.Val, named.Obj().Pkg().Name()+"."+named.Obj().Name())
	}
}

// constantOf returns the constant string that a value is.
func constantOf(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return ""
}

// classes gathers what belongs together and is of interest to others.
func (b *builder) classes() []Class {
	found := make(map[any]*Class)
	at := func(x any) *Class {
		root := b.links.find(x)
		if found[root] == nil {
			found[root] = new(Class)
		}
		return found[root]
	}
	for key := range b.keys {
		c := at(key)
		c.Keys = append(c.Keys, key)
	}
	for _, e := range b.events {
		c := at(e.of)
		c.Events = append(c.Events, e.Event)
	}
	var list []*Class
	for _, c := range found {
		if len(c.Keys) > 1 || len(c.Events) > 0 {
			list = append(list, c)
		}
	}
	return slices.Clip(inOrder(list))
}
