package database

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Constant returns the constant string that an expression is.
func Constant(info *types.Info, x ast.Expr) (string, bool) {
	v := info.Types[x].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}

// Texts knows which statements the expressions of a package stand for.
type Texts struct {
	pass *analysis.Pass
	// values are what variables are given, or the lists that they run through.
	values map[types.Object][]ast.Expr
	files  map[types.Object]string // variables with an embedded file
}

// NewTexts looks at the assignments of a package.
func NewTexts(pass *analysis.Pass) *Texts {
	t := &Texts{pass: pass, values: make(map[types.Object][]ast.Expr), files: make(map[types.Object]string)}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			t.note(n)
			return true
		})
	}
	return t
}

func (t *Texts) note(n ast.Node) {
	info := t.pass.TypesInfo
	switch n := n.(type) {
	case *ast.GenDecl:
		t.embedded(n)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) == len(n.Names) {
				t.add(info.Defs[name], n.Values[i])
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if id, ok := left.(*ast.Ident); ok && len(n.Rhs) == len(n.Lhs) {
				t.add(info.ObjectOf(id), n.Rhs[i])
			}
		}
	case *ast.RangeStmt:
		if id, ok := n.Value.(*ast.Ident); ok {
			t.add(info.ObjectOf(id), n.X)
		}
	}
}

func (t *Texts) add(obj types.Object, value ast.Expr) {
	if obj != nil {
		t.values[obj] = append(t.values[obj], value)
	}
}

// embedded notes a variable that holds a file.
func (t *Texts) embedded(decl *ast.GenDecl) {
	if decl.Tok != token.VAR || decl.Doc == nil || len(decl.Specs) != 1 {
		return
	}
	spec, ok := decl.Specs[0].(*ast.ValueSpec)
	if !ok || len(spec.Names) != 1 {
		return
	}
	for _, comment := range decl.Doc.List {
		pattern, ok := strings.CutPrefix(comment.Text, "//go:embed ")
		if pattern = strings.TrimSpace(pattern); ok && !strings.ContainsAny(pattern, " *[?\"`") {
			dir := filepath.Dir(t.pass.Fset.File(decl.Pos()).Name())
			t.files[t.pass.TypesInfo.Defs[spec.Names[0]]] = filepath.Join(dir, filepath.FromSlash(pattern))
		}
	}
}

// maxDepth bounds how far variables are followed.
const maxDepth = 4

// Of returns the beginnings of the statements that an expression may stand for,
// as far as they are constant.
func (t *Texts) Of(x ast.Expr) []string { return t.of(x, maxDepth) }

func (t *Texts) of(x ast.Expr, depth int) []string {
	if text, ok := Constant(t.pass.TypesInfo, x); ok {
		return []string{text}
	}
	if depth == 0 {
		return nil
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return t.variable(t.pass.TypesInfo.ObjectOf(x), depth)
	case *ast.BinaryExpr: // what a statement is shows at its beginning
		return t.of(x.X, depth)
	case *ast.CompositeLit:
		var all []string
		for _, elt := range x.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				elt = pair.Value
			}
			all = append(all, t.of(elt, depth-1)...)
		}
		return all
	case *ast.CallExpr: // fmt.Sprintf("ALTER TABLE %s …", name), string(schema)
		if len(x.Args) > 0 {
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Sprintf" || t.pass.TypesInfo.Types[x.Fun].IsType() {
				return t.of(x.Args[0], depth-1)
			}
		}
	}
	return nil
}

func (t *Texts) variable(obj types.Object, depth int) []string {
	if name, ok := t.files[obj]; ok {
		content, err := os.ReadFile(name) // pass.ReadFile refuses what the go command does not list
		if err != nil {
			return nil
		}
		return []string{string(content)}
	}
	var all []string
	for _, value := range t.values[obj] {
		all = append(all, t.of(value, depth-1)...)
	}
	return all
}
