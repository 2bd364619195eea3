package serving

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

type builder struct {
	Result
	pass  *analysis.Pass
	funcs map[*types.Func]*Node
	facts map[*types.Package]*Fact
	// targets are the methods that a call of an interface's method may reach.
	targets map[*types.Func][]*types.Func
}

func newBuilder(pass *analysis.Pass) *builder {
	b := &builder{pass: pass, funcs: make(map[*types.Func]*Node), facts: make(map[*types.Package]*Fact), targets: make(map[*types.Func][]*types.Func)}
	b.Init = &Node{}
	b.bySyntax = make(map[ast.Node]*Node)
	b.parents = make(map[ast.Node]ast.Node)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func)
			if !ok {
				continue
			}
			n := &Node{Fn: fn, Syntax: d}
			b.funcs[fn], b.bySyntax[d] = n, n
			b.Nodes = append(b.Nodes, n)
			switch {
			case d.Recv == nil && d.Name.Name == "init":
				b.Init.Calls = append(b.Init.Calls, Call{At: d, To: n})
			case d.Recv == nil && d.Name.Name == "main" && pass.Pkg.Name() == "main":
				b.Main = n
			}
		}
	}
	return b
}

// file notes what the functions of a file refer to.
func (b *builder) file(file *ast.File) {
	var stack []ast.Node
	dead := 0 // depth of the block that never runs, 0 outside of one
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			if stack = stack[:len(stack)-1]; len(stack) < dead {
				dead = 0
			}
			return true
		}
		if len(stack) > 0 {
			b.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		if dead == 0 && b.neverRuns(n) {
			dead = len(stack)
		}
		if dead == 0 {
			b.note(n)
		}
		return true
	})
}

// neverRuns reports whether a block was switched off by a constant when the
// program was built.
func (b *builder) neverRuns(n ast.Node) bool {
	branch, ok := b.parents[n].(*ast.IfStmt)
	if !ok || branch.Body != n {
		return false
	}
	v := b.pass.TypesInfo.Types[branch.Cond].Value
	return v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v)
}

func (b *builder) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncLit:
		if b.isCommand(n) {
			from := b.NodeOf(b.parents[n])
			node := &Node{Syntax: n}
			b.bySyntax[n] = node
			b.Nodes = append(b.Nodes, node)
			from.Calls = append(from.Calls, Call{At: n, To: node, Command: true})
		}
	case *ast.Ident:
		if fn, ok := b.pass.TypesInfo.Uses[n].(*types.Func); ok {
			b.refer(n, fn.Origin())
		}
	case *ast.SelectStmt:
		if len(n.Body.List) == 0 {
			b.serves(b.NodeOf(n))
		}
	case *ast.ForStmt:
		if n.Cond == nil && accepts(b.pass.TypesInfo, n) {
			b.serves(b.NodeOf(n))
		}
	}
}

func (b *builder) serves(n *Node) { n.Serves, n.surely = true, true }

// accepts reports whether a loop accepts connections.
func accepts(info *types.Info, loop *ast.ForStmt) bool {
	found := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			fn, ok := info.Uses[id].(*types.Func)
			found = found || ok && fn.Pkg() != nil && fn.Pkg().Path() == "net" && (fn.Name() == "Accept" || fn.Name() == "ReadFromUDP")
		}
		return !found
	})
	return found
}

// refer notes a use of a function.
func (b *builder) refer(id *ast.Ident, fn *types.Func) {
	from := b.NodeOf(id)
	if fn.Pkg() == nil {
		return
	}
	key := logapi.Path(fn.Pkg().Path()) + "." + ID(fn)
	switch {
	case serves[key]:
		b.serves(from)
	case hosts[key]:
		from.Hosted = true
	}
	if to := b.funcs[fn]; to != nil {
		from.Calls = append(from.Calls, Call{At: id, To: to, Command: b.isCommand(b.expression(id))})
		return
	}
	if types.IsInterface(recvType(fn)) {
		b.implementations(from, id, fn)
		return
	}
	if fn.Pkg() != b.pass.Pkg {
		from.Calls = append(from.Calls, Call{At: id, Fn: fn})
	}
}

func recvType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// expression returns the selector that an identifier ends, else itself.
func (b *builder) expression(id *ast.Ident) ast.Expr {
	if sel, ok := b.parents[id].(*ast.SelectorExpr); ok && sel.Sel == id {
		return sel
	}
	return id
}

// implementations notes the methods that a call of an interface's method may
// reach: those of types of this package and of the packages it imports that are
// known to serve.
func (b *builder) implementations(from *Node, id *ast.Ident, method *types.Func) {
	targets, ok := b.targets[method]
	if !ok {
		targets = b.implementing(method)
		b.targets[method] = targets
	}
	for _, fn := range targets {
		if to := b.funcs[fn]; to != nil {
			from.Calls = append(from.Calls, Call{At: id, To: to, Maybe: true})
		} else if fn.Pkg() != b.pass.Pkg {
			from.Calls = append(from.Calls, Call{At: id, Fn: fn, Maybe: true})
		}
	}
}

func (b *builder) implementing(method *types.Func) []*types.Func {
	iface, ok := recvType(method).Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return nil
	}
	var list []*types.Func
	for _, pkg := range append([]*types.Package{b.pass.Pkg}, b.pass.Pkg.Imports()...) {
		if pkg != b.pass.Pkg && b.fact(pkg) == nil {
			continue
		}
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() || types.IsInterface(obj.Type()) {
				continue
			}
			pointer := types.NewPointer(obj.Type())
			found, _, _ := types.LookupFieldOrMethod(pointer, false, pkg, method.Name())
			if fn, ok := found.(*types.Func); ok && types.Implements(pointer, iface) {
				list = append(list, fn.Origin())
			}
		}
	}
	return list
}

// commandFields are the fields of a command that hold what it does.
var commandFields = []string{"Run", "RunE", "Action", "PreRun", "PreRunE", "PostRun", "PostRunE", "Before", "After"}

// isCommand reports whether an expression is what a command of a command-line
// library does.
func (b *builder) isCommand(e ast.Expr) bool {
	pair, ok := b.parents[e].(*ast.KeyValueExpr)
	if !ok || pair.Value != e {
		return false
	}
	key, ok := pair.Key.(*ast.Ident)
	if !ok || !slices.Contains(commandFields, key.Name) {
		return false
	}
	lit, ok := b.parents[pair].(*ast.CompositeLit)
	if !ok {
		return false
	}
	t := types.Unalias(b.pass.TypesInfo.TypeOf(lit))
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	return ok && (named.Obj().Name() == "Command" || named.Obj().Name() == "App")
}

func (b *builder) fact(pkg *types.Package) *Fact {
	fact, ok := b.facts[pkg]
	if !ok {
		fact = new(Fact)
		if !b.pass.ImportPackageFact(pkg, fact) {
			fact = nil
		}
		b.facts[pkg] = fact
	}
	return fact
}

// solve spreads what serves to the callers.
func (b *builder) solve() {
	nodes := append([]*Node{b.Init}, b.Nodes...)
	for changed := true; changed; {
		changed = false
		for _, n := range nodes {
			before := *n
			for _, call := range n.Calls {
				b.spread(n, call)
			}
			if n.Serves != before.Serves || n.surely != before.surely || n.Hosted != before.Hosted {
				changed = true
			}
		}
	}
}

func (b *builder) spread(n *Node, call Call) {
	if call.To != nil {
		n.Serves = n.Serves || call.To.Serves
		n.surely = n.surely || call.To.surely && !call.Maybe
		n.Hosted = n.Hosted || call.To.Hosted
		return
	}
	id := ID(call.Fn)
	if fact := b.fact(call.Fn.Pkg()); fact != nil {
		n.Serves = n.Serves || contains(fact.Funcs, id)
		n.surely = n.surely || contains(fact.Surely, id) && !call.Maybe
		n.Hosted = n.Hosted || contains(fact.Hosts, id)
	}
}

func contains(sorted []string, id string) bool {
	_, found := slices.BinarySearch(sorted, id)
	return found
}
