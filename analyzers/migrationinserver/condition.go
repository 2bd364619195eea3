package migrationinserver

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/database"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// positive returns the setting that a condition asks to be on, if it is one that
// is about migrating, creating or setting up.
func (g *gatherer) positive(cond ast.Expr) string {
	switch x := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			if left := g.positive(x.X); left != "" {
				return left
			}
			return g.positive(x.Y)
		case token.EQL: // os.Getenv("MIGRATE") == "true"
			if text, ok := database.Constant(g.pass.TypesInfo, x.Y); ok && text != "" && !slices.Contains(off, strings.ToLower(text)) || isTrue(x.Y) {
				return g.setting(x.X)
			}
		case token.NEQ: // os.Getenv("MIGRATE") != ""
			if text, ok := database.Constant(g.pass.TypesInfo, x.Y); ok && (text == "" || slices.Contains(off, strings.ToLower(text))) {
				return g.setting(x.X)
			}
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.StarExpr, *ast.CallExpr:
		if t, ok := g.pass.TypesInfo.TypeOf(cond).Underlying().(*types.Basic); ok && t.Info()&types.IsBoolean != 0 {
			return g.setting(cond)
		}
	}
	return ""
}

var off = []string{"0", "false", "no", "off", "disabled", "none"}

func isTrue(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "true"
}

// subjects are words of settings that say whether a schema is changed.
var subjects = []string{"migrate", "migration", "migrations", "automigrate", "schema", "upgrade", "init", "initialize", "create", "setup", "bootstrap", "install", "seed", "ddl"}

// setting spells a setting, if its name is about changing the schema and does
// not turn that off.
func (g *gatherer) setting(x ast.Expr) string {
	text := types.ExprString(x)
	if lower := strings.ToLower(text); !slices.ContainsFunc(subjects, func(word string) bool { return strings.Contains(lower, word) }) {
		return "" // most conditions; the words are the slower question
	}
	words := sensitive.Words(text)
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(list, word) })
	}
	if !has(subjects) || has([]string{"skip", "no", "disable", "disabled", "without", "skipped"}) {
		return ""
	}
	return text
}

// local reports whether a condition is about a database inside the process or
// about development.
func (g *gatherer) local(cond ast.Expr) bool {
	text := types.ExprString(cond)
	if strings.HasPrefix(text, "!") || strings.Contains(text, "!=") {
		return false
	}
	words := sensitive.Words(text)
	return namesEmbedded(text) || slices.ContainsFunc(words, func(word string) bool {
		return slices.Contains([]string{"dev", "develop", "development", "debug", "test", "testing", "local", "memory", "inmemory"}, word)
	})
}

// namesEmbedded reports whether a name is that of a database inside the process.
func namesEmbedded(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "sqlite") || strings.Contains(name, "duckdb") || strings.Contains(name, "inmemory") || strings.Contains(name, "in_memory")
}

// registered reports whether a call lies in a function that an initializer hands
// on as a value: a step in a list of migrations, which something else runs.
func (g *gatherer) registered(n ast.Node) bool {
	for ; n != nil; n = g.graph.Parent(n) {
		switch fn := n.(type) {
		case *ast.FuncLit:
			if g.initializes(fn) {
				return true
			}
		case *ast.FuncDecl:
			return g.handed()[g.pass.TypesInfo.Defs[fn.Name]]
		}
	}
	return false
}

// handed lists the functions that initializers hand on as values.
func (g *gatherer) handed() map[types.Object]bool {
	if g.values != nil {
		return g.values
	}
	g.values = make(map[types.Object]bool)
	for id, obj := range g.pass.TypesInfo.Uses {
		if _, ok := obj.(*types.Func); ok && obj.Pkg() == g.pass.Pkg && g.initializes(id) {
			g.values[obj] = true
		}
	}
	return g.values
}

// initializes reports whether an expression is handed to a function, or is part
// of a value, in an initializer of the package. What a command runs is not meant.
func (g *gatherer) initializes(x ast.Expr) bool {
	value := false
	for child, n := ast.Node(x), g.graph.Parent(x); n != nil; child, n = n, g.graph.Parent(n) {
		switch p := n.(type) {
		case *ast.CallExpr:
			if p.Fun == child {
				return false
			}
			value = true
		case *ast.KeyValueExpr:
			if key, ok := p.Key.(*ast.Ident); ok && strings.HasPrefix(key.Name, "Run") {
				return false
			}
			value = true
		case *ast.CompositeLit:
			value = true
		case *ast.FuncLit:
			return false
		case *ast.FuncDecl:
			return value && p.Recv == nil && p.Name.Name == "init"
		case *ast.GenDecl:
			if _, ok := g.graph.Parent(p).(*ast.File); ok {
				return value
			}
		}
	}
	return false
}
