package reach

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

type builder struct {
	Result
	funcs map[*types.Func]*Node
	owns  map[*types.Package]bool
	// commands are the functions that are what a command does.
	commands map[ast.Node]bool
}

func newBuilder(pass *analysis.Pass) *builder {
	b := &builder{
		Result:   Result{pass: pass},
		funcs:    make(map[*types.Func]*Node),
		owns:     make(map[*types.Package]bool),
		commands: make(map[ast.Node]bool),
	}
	b.Init = &Node{ID: InitID(pass.Pkg.Path())}
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
			n := &Node{ID: ID(fn), Fn: fn, Syntax: d}
			b.funcs[fn], b.bySyntax[d] = n, n
			b.Nodes = append(b.Nodes, n)
			switch {
			case d.Recv == nil && d.Name.Name == "init":
				n.ID = shutdown.SiteOf(pass, d.Name).String()
				b.Init.Calls = append(b.Init.Calls, Call{To: n, Fn: fn})
			case d.Recv == nil && d.Name.Name == "main" && pass.Pkg.Name() == "main":
				b.Main = n
			}
		}
	}
	return b
}

// shape notes what lies around each piece of a file's syntax, and which declared
// functions are what commands do.
func (b *builder) shape(file *ast.File) {
	var stack []ast.Node
	var functions []*ast.Ident
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			b.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		if id, ok := n.(*ast.Ident); ok {
			if fn, ok := b.pass.TypesInfo.Uses[id].(*types.Func); ok && b.funcs[fn.Origin()] != nil {
				functions = append(functions, id)
			}
		}
		return true
	})
	for _, id := range functions {
		if b.isCommand(b.expression(id)) {
			b.commands[b.funcs[b.pass.TypesInfo.Uses[id].(*types.Func).Origin()].Syntax] = true
		}
	}
}

// file notes what the functions of a file refer to.
func (b *builder) file(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || b.neverRuns(n) {
			return false
		}
		b.note(n)
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
			b.commands[n] = true
			b.part(n)
		}
	case *ast.BlockStmt:
		branch, ok := b.parents[n].(*ast.IfStmt)
		if ok && (b.ends(n, n.List) || branch.Body == n && b.answers(branch.Cond)) {
			b.part(n).Ending = true
		}
	case *ast.CaseClause:
		if b.ends(n, n.Body) || b.lastOfMain(n) {
			b.part(n).Ending = true
		}
	case *ast.Ident:
		if fn, ok := b.pass.TypesInfo.Uses[n].(*types.Func); ok {
			b.refer(n, fn.Origin())
		}
	}
	b.values(n)
}

// part makes a node of a piece of syntax that may be no part of the service.
func (b *builder) part(n ast.Node) *Node {
	from := b.NodeOf(b.parents[n])
	node := &Node{ID: shutdown.SiteOf(b.pass, n).String(), Syntax: n}
	b.bySyntax[n] = node
	b.Nodes = append(b.Nodes, node)
	from.Calls = append(from.Calls, Call{To: node, Command: true})
	return node
}

// answers reports whether a condition says that somebody has asked for something
// to be printed: the version, help, a list.
func (b *builder) answers(cond ast.Expr) bool {
	name := ""
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	case *ast.StarExpr:
		return b.answers(e.X)
	case *ast.CallExpr: // flags.Bool("version")
		if len(e.Args) == 1 {
			name, _ = logapi.Constant(b.pass.TypesInfo, e.Args[0])
		}
	}
	return slices.ContainsFunc(sensitive.Words(name), func(word string) bool { return slices.Contains(asking, word) })
}

var asking = []string{"version", "help", "usage", "print", "dump", "show", "list"}

// ends reports whether a list of statements ends the process: by os.Exit, or in
// function main and in that of a command by return.
func (b *builder) ends(around ast.Node, list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return b.inEntry(around)
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn, ok := typeutil.Callee(b.pass.TypesInfo, call).(*types.Func)
		return ok && fn.FullName() == "os.Exit"
	}
	return false
}

// inEntry reports whether the function around a node is main or a command's.
func (b *builder) inEntry(n ast.Node) bool {
	for ; n != nil; n = b.parents[n] {
		switch n := n.(type) {
		case *ast.FuncLit:
			return b.commands[n]
		case *ast.FuncDecl:
			return b.commands[n] || b.Main != nil && b.Main.Syntax == n
		}
	}
	return false
}

// lastOfMain reports whether a clause belongs to a switch that is the last thing
// that function main does.
func (b *builder) lastOfMain(clause ast.Node) bool {
	if b.Main == nil {
		return false
	}
	list := b.Main.Syntax.(*ast.FuncDecl).Body.List
	stmt := b.parents[b.parents[clause]]
	return len(list) > 0 && stmt == ast.Node(list[len(list)-1])
}

// refer notes a use of a function.
func (b *builder) refer(id *ast.Ident, fn *types.Func) {
	from := b.NodeOf(id)
	if fn.Pkg() == nil {
		return
	}
	if types.IsInterface(recvType(fn)) {
		if !slices.Contains(from.invokes, fn) {
			from.invokes = append(from.invokes, fn)
		}
		return
	}
	b.call(from, fn, b.isCommand(b.expression(id)))
}

// call notes a call of a function of the user's packages.
func (b *builder) call(from *Node, fn *types.Func, command bool) {
	if to := b.funcs[fn]; to != nil || b.own(fn.Pkg()) {
		from.Calls = append(from.Calls, Call{To: to, Fn: fn, Command: command})
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

// own reports whether a package is one of the user's.
func (b *builder) own(pkg *types.Package) bool {
	own, known := b.owns[pkg]
	if !known {
		own = pkg == b.pass.Pkg || b.pass.ImportPackageFact(pkg, new(Graph))
		b.owns[pkg] = own
	}
	return own
}

// commandFields are the fields of a command that hold what it does.
var commandFields = []string{"Run", "RunE", "Action", "PreRun", "PreRunE", "PostRun", "PostRunE", "Before", "After", "Exec", "Func"}

// isCommand reports whether an expression is, or makes, what a command of a
// command-line library does.
func (b *builder) isCommand(e ast.Expr) bool {
	for child, parent := ast.Node(e), b.parents[e]; parent != nil; child, parent = parent, b.parents[parent] {
		switch p := parent.(type) {
		case *ast.ParenExpr:
		case *ast.CallExpr:
			if fn, ok := typeutil.Callee(b.pass.TypesInfo, p).(*types.Func); ok && p.Fun != child && fn.Name() == "Action" && isClause(fn) {
				return true
			}
		case *ast.KeyValueExpr:
			key, ok := p.Key.(*ast.Ident)
			lit, isLit := b.parents[p].(*ast.CompositeLit)
			return ok && isLit && p.Value == child && slices.Contains(commandFields, key.Name) && b.ofCommand(lit)
		case *ast.AssignStmt:
			i := slices.Index(p.Rhs, child.(ast.Expr))
			if i < 0 || len(p.Lhs) != len(p.Rhs) {
				return false
			}
			sel, ok := ast.Unparen(p.Lhs[i]).(*ast.SelectorExpr)
			return ok && slices.Contains(commandFields, sel.Sel.Name) && b.ofCommand(sel.X)
		default:
			return false
		}
	}
	return false
}

// isClause reports whether a method is one of kingpin's commands.
func isClause(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Name() == "kingpin" && fn.Signature().Recv() != nil
}

// ofCommand reports whether an expression is a command or an application made
// of commands.
func (b *builder) ofCommand(e ast.Expr) bool {
	t := types.Unalias(b.pass.TypesInfo.TypeOf(e))
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	return ok && (named.Obj().Name() == "Command" || named.Obj().Name() == "App")
}
