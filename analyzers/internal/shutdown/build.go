package shutdown

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/ir"
)

// A builder makes the Graph of one package.
type builder struct {
	pass   *analysis.Pass
	ir     *ir.Package
	graphs map[string]*Graph // of the packages in sight
	others map[string]*Func  // of those packages, by ID
	sets   map[string]Signals
	funcs  map[string]*Func
	order  []*Func
	types  map[string]*Type
	calls  map[token.Pos]*ast.CallExpr // by their left parenthesis
}

func (b *builder) build() *Graph {
	functions := b.functions()
	for _, g := range b.graphs {
		for _, f := range g.Funcs {
			b.others[f.ID] = f
		}
	}
	b.collectSets()
	for _, fn := range functions {
		f := &Func{ID: b.id(fn), Site: b.site(fn.Pos(), fn.Pos()+token.Pos(len(fn.Name())))}
		if b.funcs[f.ID] != nil {
			continue
		}
		b.funcs[f.ID] = f
		b.order = append(b.order, f)
		b.body(f, fn)
	}
	b.collectTypes()
	b.markAwaiting()
	b.markLeading()
	g := b.pruned()
	b.addOutcomes()
	return g
}

// functions returns the functions of the package without its tests, the
// initialisation of its variables included.
func (b *builder) functions() []*ssa.Function {
	var all []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		all = append(all, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	if initialiser := b.ir.SSA().Func("init"); initialiser != nil {
		add(initialiser)
	}
	for _, fn := range b.ir.Functions() {
		if !strings.HasSuffix(b.pass.Fset.Position(fn.Pos()).Filename, "_test.go") {
			all = append(all, fn)
		}
	}
	return all
}

// id names a function of the program.
func (b *builder) id(fn *ssa.Function) string {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if parent := fn.Parent(); parent != nil {
		for i, anon := range parent.AnonFuncs {
			if anon == fn {
				return b.id(parent) + "$" + strconv.Itoa(i+1)
			}
		}
		return b.id(parent) + "$" + fn.Name()
	}
	if obj, ok := fn.Object().(*types.Func); ok && obj.Name() != "init" {
		return obj.Origin().FullName()
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg.Path() + "." + fn.Name()
	}
	return fn.Name()
}

// refID names the function behind a function value: a method value stands for
// its method.
func (b *builder) refID(fn *ssa.Function) string {
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && fn.Parent() == nil {
		return obj.Origin().FullName()
	}
	return b.id(fn)
}

// owns reports whether a function's body may be in some Graph.
func (b *builder) owns(fn *ssa.Function) bool {
	if fn.Parent() != nil {
		return true
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return fn.Pkg != nil && b.ownPath(fn.Pkg.Pkg.Path())
	}
	return obj.Pkg() != nil && b.ownPath(obj.Pkg().Path())
}

func (b *builder) ownPath(path string) bool {
	return path == b.pass.Pkg.Path() || b.graphs[path] != nil
}

// collectSets notes the package variables that hold signals and are set once.
func (b *builder) collectSets() {
	b.sets = make(map[string]Signals)
	for _, g := range b.graphs {
		for _, set := range g.Sets {
			b.sets[set.Name] = set.Signals
		}
	}
	stores := make(map[*ssa.Global][]ssa.Value)
	for _, fn := range b.functions() {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				store, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				if global, ok := store.Addr.(*ssa.Global); ok && holdsSignals(global) {
					stores[global] = append(stores[global], store.Val)
				}
			}
		}
	}
	for global, values := range stores {
		set := unknownSignals
		if len(values) == 1 {
			if set = b.signalOf(values[0]); set == unknownSignals {
				set, _ = b.signalsOf(values[0])
			}
		}
		b.sets[global.String()] = set
	}
}

func holdsSignals(global *ssa.Global) bool {
	t := global.Type().Underlying().(*types.Pointer).Elem()
	return isSignalList(t) || t.String() == signalType || t.String() == "syscall.Signal"
}

// body fills in the blocks of a function.
func (b *builder) body(f *Func, fn *ssa.Function) {
	loops := b.loops(fn)
	f.Blocks = make([]Block, len(fn.Blocks))
	for i, block := range fn.Blocks {
		out := &f.Blocks[i]
		for _, succ := range block.Succs {
			out.Succs = append(out.Succs, succ.Index)
		}
		for _, instr := range block.Instrs {
			out.Ops = b.instruction(out.Ops, instr, loops)
			if end, ok := instr.(*ssa.Return); ok {
				out.Returns, out.Clean = true, returnsNil(end)
			}
		}
		if op := loops.sinkAt(block); op != nil {
			out.Ops = append(out.Ops, *op)
		}
	}
}

func (b *builder) instruction(ops []Op, instr ssa.Instruction, loops *loops) []Op {
	ops = b.aliases(ops, instr)
	switch instr := instr.(type) {
	case *ssa.Panic:
		return b.ending(ops, instr)
	case *ssa.Call:
		return b.fatal(b.call(ops, instr, plain), instr)
	case *ssa.Store:
		ops = b.option(ops, instr)
	case *ssa.Go:
		return b.call(ops, instr, async)
	case *ssa.Defer:
		return b.call(ops, instr, deferred)
	case *ssa.MakeInterface:
		ops = b.convert(ops, instr)
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return append(ops, Op{Kind: opWait, Keys: []string{b.keyOf(instr.X)}})
		}
	case *ssa.Select:
		return b.selects(ops, instr, loops)
	case *ssa.Send:
		ops = append(ops, Op{Kind: opDone, Keys: []string{b.keyOf(instr.Chan)}})
	}
	return b.references(ops, instr)
}

// selects notes what a select statement waits for. One that a timer ends waits
// only so long, unless it stands in a loop that goes on.
func (b *builder) selects(ops []Op, s *ssa.Select, loops *loops) []Op {
	if !s.Blocking {
		return ops
	}
	if len(s.States) == 0 {
		return append(ops, Op{Kind: opSink, Loop: true, Worker: true, Text: "select{}", Site: b.site(s.Pos(), s.Pos()+token.Pos(len("select")))})
	}
	op := Op{Kind: opWait}
	for i, state := range s.States {
		key := ""
		if state.Dir == types.RecvOnly {
			key = b.keyOf(state.Chan)
		}
		if key == keyTimer {
			if !loops.has(s.Block()) {
				op.Kind = opTimed
			}
			continue
		}
		op.Keys = append(op.Keys, key)
		op.Cases = append(op.Cases, caseBody(s, i).Index)
	}
	if len(op.Keys) == 0 {
		return ops
	}
	return append(ops, op)
}

// convert notes that a value of a type of the main module is put behind an
// interface: from there its methods may be called.
func (b *builder) convert(ops []Op, instr *ssa.MakeInterface) []Op {
	t := instr.X.Type()
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return ops
	}
	path := named.Obj().Pkg().Path()
	if !b.ownPath(path) && apisOf(path) == nil {
		return ops
	}
	op := Op{Kind: opConvert, Func: path + "." + named.Obj().Name()}
	if apisOf(path) != nil {
		b.foreignType(named)
	}
	op.Methods = methodNames(instr.Type())
	if instr.Type().String() == "net/http.Handler" {
		op.Mode = async
	}
	return append(ops, op)
}

// methodNames lists the names of an interface's methods, sorted.
func methodNames(t types.Type) []string {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var names []string
	for m := range iface.Methods() {
		names = append(names, m.Name())
	}
	slices.Sort(names)
	return names
}

// foreignType makes a type of a dependency known by the methods that serve.
func (b *builder) foreignType(named *types.Named) {
	name := named.Obj().Pkg().Path() + "." + named.Obj().Name()
	if b.types[name] != nil {
		return
	}
	t := &Type{Name: name}
	set := types.NewMethodSet(types.NewPointer(named))
	for i := range set.Len() {
		t.All = append(t.All, set.At(i).Obj().Name())
	}
	for i := range named.NumMethods() {
		_, drains := inTable(drainings, named.Method(i))
		if a, ok := lookup(named.Method(i)); drains || ok && a.sink {
			t.Methods = append(t.Methods, Method{Name: named.Method(i).Name(), Func: named.Method(i).FullName()})
		}
	}
	b.types[name] = t
}

// collectTypes lists the types of the package with their methods.
func (b *builder) collectTypes() {
	scope := b.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		if _, ok := obj.Type().Underlying().(*types.Interface); ok {
			continue
		}
		t := &Type{Name: b.pass.Pkg.Path() + "." + name}
		set := types.NewMethodSet(types.NewPointer(obj.Type()))
		for i := range set.Len() {
			t.All = append(t.All, set.At(i).Obj().Name())
			if fn, ok := set.At(i).Obj().(*types.Func); ok {
				t.Methods = append(t.Methods, Method{Name: fn.Name(), Func: fn.Origin().FullName()})
			}
		}
		b.types[t.Name] = t
	}
}

// markAwaiting finds the functions that hand their context on to one that waits
// for its end.
func (b *builder) markAwaiting() {
	for changed := true; changed; {
		changed = false
		for _, f := range b.order {
			for key := range f.awaited(b.awaits) {
				if owner := b.funcs[paramOwner(key)]; owner != nil && !owner.Awaits {
					owner.Awaits, changed = true, true
				}
			}
		}
	}
}

func (b *builder) awaits(id string) bool {
	f := cmp.Or(b.funcs[id], b.others[id])
	return f != nil && f.Awaits
}

// awaited returns the keys of the parameters that a function waits for or hands
// to a function that does.
func (f *Func) awaited(awaits func(id string) bool) map[string]bool {
	keys := make(map[string]bool)
	for _, block := range f.Blocks {
		for _, op := range block.Ops {
			switch {
			case op.Kind == opWait:
				for _, key := range op.Keys {
					keys[key] = true
				}
			case op.Kind == opCall && awaits(op.Func):
				for _, key := range op.Args {
					keys[key] = true
				}
			}
		}
	}
	return keys
}

// paramOwner returns the function that a parameter's key belongs to.
func paramOwner(key string) string {
	rest, ok := strings.CutPrefix(key, parmPrefix)
	if !ok {
		return ""
	}
	return rest[:strings.LastIndexByte(rest, ':')]
}

// pruned returns the graph without what can never matter: functions that do
// nothing of interest and call none that does.
func (b *builder) pruned() *Graph {
	relevant := b.relevantFuncs()
	g := &Graph{Imports: importPaths(b.pass)}
	for _, f := range b.order {
		if !relevant[f.ID] {
			continue
		}
		for i := range f.Blocks {
			f.Blocks[i].Ops = slices.DeleteFunc(f.Blocks[i].Ops, func(op Op) bool {
				return (op.Kind == opCall || op.Kind == opRef) && !b.known(relevant, op.Func) ||
					op.Kind == opConvert && !b.converts(relevant, op.Func)
			})
		}
		g.Funcs = append(g.Funcs, f)
	}
	for _, t := range b.types {
		t.Methods = slices.DeleteFunc(t.Methods, func(m Method) bool { return !b.known(relevant, m.Func) && !b.foreign(t.Name) })
		slices.SortFunc(t.Methods, func(a, b Method) int { return strings.Compare(a.Name, b.Name) })
		slices.Sort(t.All)
		if len(t.Methods) > 0 {
			g.Types = append(g.Types, *t)
		}
	}
	for name, set := range b.sets {
		if strings.HasPrefix(name, b.pass.Pkg.Path()+".") {
			g.Sets = append(g.Sets, SigSet{name, set})
		}
	}
	slices.SortFunc(g.Funcs, func(a, b *Func) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(g.Types, func(a, b Type) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(g.Sets, func(a, b SigSet) int { return strings.Compare(a.Name, b.Name) })
	return g
}

// importPaths returns what the package imports, its tests left out.
func importPaths(pass *analysis.Pass) []string {
	var paths []string
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			continue
		}
		for _, spec := range file.Imports {
			if name := pass.TypesInfo.PkgNameOf(spec); name != nil {
				paths = append(paths, name.Imported().Path())
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// relevantFuncs finds the functions of the package that do something of
// interest or lead to one that does.
func (b *builder) relevantFuncs() map[string]bool {
	relevant := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for _, f := range b.order {
			if !relevant[f.ID] && slices.ContainsFunc(f.Blocks, func(block Block) bool {
				return slices.ContainsFunc(block.Ops, func(op Op) bool { return b.interests(relevant, f.ID, &op) })
			}) {
				relevant[f.ID], changed = true, true
			}
		}
	}
	return relevant
}

func (b *builder) interests(relevant map[string]bool, in string, op *Op) bool {
	switch op.Kind {
	case opCall, opRef:
		return b.known(relevant, op.Func)
	case opConvert:
		return b.converts(relevant, op.Func)
	case opDone:
		return op.Keys[0] != keyContext // many a function cancels a context
	case opExit: // what a timer calls
		return strings.Contains(in, "$")
	case opTimed:
		return false
	}
	return true
}

// known reports whether a function is in some graph.
func (b *builder) known(relevant map[string]bool, id string) bool {
	return relevant[id] || b.others[id] != nil
}

// converts reports whether a type has methods of interest.
func (b *builder) converts(relevant map[string]bool, name string) bool {
	if t := b.types[name]; t != nil {
		return b.foreign(name) && len(t.Methods) > 0 || slices.ContainsFunc(t.Methods, func(m Method) bool { return b.known(relevant, m.Func) })
	}
	for _, g := range b.graphs {
		if _, ok := slices.BinarySearchFunc(g.Types, name, func(t Type, name string) int { return strings.Compare(t.Name, name) }); ok {
			return true
		}
	}
	return false
}

// foreign reports whether a type belongs to a dependency.
func (b *builder) foreign(typeName string) bool {
	return !b.ownPath(typeName[:strings.LastIndexByte(typeName, '.')])
}
