package misregisteredsignalhandler

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A listing is a signal that cannot be trapped in a list of signals.
type listing struct {
	name string
	expr ast.Expr // nil if the list is another package's
	at   shutdown.Site
	list []ast.Expr // all elements of the list
}

func (l listing) site(pass *analysis.Pass) shutdown.Site {
	if l.expr == nil {
		return l.at
	}
	return shutdown.SiteOf(pass, l.expr)
}

func namesOf(bad []listing) []string {
	var names []string
	for _, b := range bad {
		if !slices.Contains(names, b.name) {
			names = append(names, b.name)
		}
	}
	return names
}

// listed returns the signals of a call that cannot be trapped; at is the index
// of the first argument of the list.
func (c *checker) listed(call *ast.CallExpr, at int) []listing {
	if call.Ellipsis.IsValid() {
		return c.inList(call.Args[at], maxSteps)
	}
	return c.elements(call.Args[at:])
}

func (c *checker) elements(list []ast.Expr) []listing {
	var bad []listing
	for _, e := range list {
		if name := c.signal(e); name == "SIGKILL" || name == "SIGSTOP" {
			bad = append(bad, listing{name: name, expr: e, list: list})
		}
	}
	return bad
}

// inList looks through an expression of type []os.Signal.
func (c *checker) inList(e ast.Expr, steps int) []listing {
	if steps == 0 {
		return nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return c.elements(e.Elts)
	case *ast.CallExpr:
		if id, ok := ast.Unparen(e.Fun).(*ast.Ident); !ok || id.Name != "append" || !c.pass.TypesInfo.Types[e.Fun].IsBuiltin() {
			return nil
		}
		bad := c.inList(e.Args[0], steps-1)
		if e.Ellipsis.IsValid() {
			return append(bad, c.inList(e.Args[1], steps-1)...)
		}
		return append(bad, c.elements(e.Args[1:])...)
	case *ast.Ident:
		return c.inVariable(c.pass.TypesInfo.Uses[e], steps-1)
	case *ast.SelectorExpr:
		return c.inVariable(c.pass.TypesInfo.Uses[e.Sel], steps-1)
	}
	return nil
}

func (c *checker) inVariable(obj types.Object, steps int) []listing {
	v, ok := obj.(*types.Var)
	if !ok || v.Pkg() == nil {
		return nil
	}
	if v.Pkg() != c.pass.Pkg {
		var lists Lists
		if !c.pass.ImportObjectFact(v, &lists) {
			return nil
		}
		var bad []listing
		for _, name := range lists.Names {
			bad = append(bad, listing{name: name, at: lists.Site})
		}
		return bad
	}
	if init := c.initOf(v); init != nil {
		return c.inList(init, steps)
	}
	return nil
}

func (c *checker) listOf(obj types.Object) []listing { return c.inVariable(obj, maxSteps) }

// initOf returns the expression that a variable is declared with.
func (c *checker) initOf(obj types.Object) ast.Expr {
	if c.inits == nil {
		c.inits = make(map[types.Object]ast.Expr)
		for _, file := range c.pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					for i, name := range n.Names {
						if len(n.Names) == len(n.Values) {
							c.inits[c.pass.TypesInfo.Defs[name]] = n.Values[i]
						}
					}
				case *ast.AssignStmt:
					for i, lhs := range n.Lhs {
						if id, ok := lhs.(*ast.Ident); ok && n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) {
							c.inits[c.pass.TypesInfo.Defs[id]] = n.Rhs[i]
						}
					}
				}
				return true
			})
		}
	}
	return c.inits[obj]
}

// signalOf names the signal that an expression is: by its type and constant
// value, or as one of the two variables of package os.
func signalOf(info *types.Info, e ast.Expr) string {
	e = ast.Unparen(e)
	var obj types.Object
	switch e := e.(type) {
	case *ast.Ident:
		obj = info.Uses[e]
	case *ast.SelectorExpr:
		obj = info.Uses[e.Sel]
	}
	if v, ok := obj.(*types.Var); ok && v.Pkg() != nil && v.Pkg().Path() == "os" {
		switch v.Name() {
		case "Kill":
			return "SIGKILL"
		case "Interrupt":
			return "SIGINT"
		}
	}
	tv := info.Types[e]
	named, ok := types.Unalias(tv.Type).(*types.Named)
	if !ok || tv.Value == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "syscall" || named.Obj().Name() != "Signal" {
		return ""
	}
	for _, name := range []string{"SIGKILL", "SIGSTOP", "SIGINT", "SIGTERM"} {
		known, ok := named.Obj().Pkg().Scope().Lookup(name).(*types.Const)
		if ok && constant.Compare(tv.Value, token.EQL, known.Val()) {
			return name
		}
	}
	return ""
}

// delete removes signals from their lists. An empty list means all signals, so
// one that would be left empty is not touched; nor is a file that would be left
// with an import too many, unless the import can go with them.
func (c *checker) delete(bad []listing) (analysis.SuggestedFix, bool) {
	fix := analysis.SuggestedFix{Message: "delete what cannot be trapped"}
	var gone []ast.Expr
	for _, b := range bad {
		if b.expr == nil {
			return fix, false
		}
		gone = append(gone, b.expr)
	}
	for _, b := range bad {
		left := slices.DeleteFunc(slices.Clone(b.list), func(e ast.Expr) bool { return slices.Contains(gone, e) })
		if len(left) == 0 {
			return fix, false
		}
		i := slices.Index(b.list, b.expr)
		edit := analysis.TextEdit{Pos: b.expr.Pos(), End: b.expr.End()}
		if i > 0 {
			edit.Pos = b.list[i-1].End()
		} else {
			edit.End = b.list[1].Pos()
		}
		if c.commented(edit.Pos, edit.End) || slices.ContainsFunc(fix.TextEdits, func(t analysis.TextEdit) bool { return t.End > edit.Pos && edit.End > t.Pos }) {
			return fix, false
		}
		fix.TextEdits = append(fix.TextEdits, edit)
	}
	imports, ok := c.leftOver(gone)
	fix.TextEdits = append(fix.TextEdits, imports...)
	return fix, ok
}

// commented reports whether a comment lies in a piece of the source.
func (c *checker) commented(from, to token.Pos) bool {
	for _, file := range c.pass.Files {
		for _, group := range file.Comments {
			if from <= group.Pos() && group.Pos() < to {
				return true
			}
		}
	}
	return false
}

// leftOver removes the imports that nothing uses once some expressions are gone.
// It is false if that may come about only together with another fix of its kind.
func (c *checker) leftOver(gone []ast.Expr) ([]analysis.TextEdit, bool) {
	var edits []analysis.TextEdit
	for _, file := range c.pass.Files {
		uses := c.importUses(file, gone)
		for _, spec := range file.Imports {
			u := uses[c.pass.TypesInfo.PkgNameOf(spec)]
			switch {
			case u.gone == 0 || u.all > u.untrappable:
				continue
			case u.gone < u.all:
				return nil, false
			}
			edit, ok := c.deleteImport(file, spec)
			if !ok {
				return nil, false
			}
			edits = append(edits, edit)
		}
	}
	return edits, true
}

// A useCount counts the uses of an import: all, those in signals that cannot be
// trapped, and those that go away.
type useCount struct{ all, untrappable, gone int }

func (c *checker) importUses(file *ast.File, gone []ast.Expr) map[*types.PkgName]useCount {
	uses := make(map[*types.PkgName]useCount)
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		if name, ok := c.pass.TypesInfo.Uses[id].(*types.PkgName); ok {
			u := uses[name]
			u.all++
			if signal := c.signal(sel); signal == "SIGKILL" || signal == "SIGSTOP" {
				u.untrappable++
			}
			if slices.ContainsFunc(gone, func(e ast.Expr) bool { return e.Pos() <= id.Pos() && id.End() <= e.End() }) {
				u.gone++
			}
			uses[name] = u
		}
		return true
	})
	return uses
}

// deleteImport removes the line of an import, if others stand right beside it.
func (c *checker) deleteImport(file *ast.File, spec *ast.ImportSpec) (analysis.TextEdit, bool) {
	f := c.pass.Fset.File(file.FileStart)
	line := f.Line(spec.Pos())
	beside := slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool {
		other := f.Line(s.Pos())
		return other == line-1 || other == line+1
	})
	src, err := c.pass.ReadFile(f.Name())
	if err != nil || !beside || spec.Comment != nil || spec.Doc != nil || line >= f.LineCount() {
		return analysis.TextEdit{}, false
	}
	from, to := f.LineStart(line), f.LineStart(line+1)
	text, _ := strconv.Unquote(spec.Path.Value)
	if f.Offset(to) > len(src) || !bytes.Equal(bytes.TrimSpace(src[f.Offset(from):f.Offset(to)]), []byte(strconv.Quote(text))) {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: from, End: to}, true
}
