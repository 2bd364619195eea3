package loggers

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

type environmentKind uint8

const (
	noEnvironment environmentKind = iota
	developmentOnly
	productionOnly
)

var (
	environmentWords  = []string{"env", "environment", "stage", "mode", "profile", "debug", "local", "dev", "development", "release", "tier", "deployment"}
	developmentWords  = []string{"debug", "local", "dev", "development", "develop", "devel", "tty", "terminal", "interactive", "testing"}
	productionWords   = []string{"prod", "production"}
	developmentValues = []string{"dev", "develop", "devel", "development", "local", "localhost", "test", "testing", "debug"}
	productionValues  = []string{"prod", "production", "live", "staging", "release", "prd"}
)

// environment reports whether a condition holds only in development or only in
// production.
func (g *Guards) environment(cond ast.Expr) environmentKind {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return flip(g.environment(e.X))
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ:
			kind := g.comparison(e.X, e.Y)
			if kind == noEnvironment {
				kind = g.comparison(e.Y, e.X)
			}
			if e.Op == token.NEQ {
				kind = flip(kind)
			}
			return kind
		case token.LAND:
			return max(g.environment(e.X), g.environment(e.Y))
		case token.LOR:
			if x, y := g.environment(e.X), g.environment(e.Y); x == y {
				return x
			}
		}
	case *ast.CallExpr:
		name := CalledName(e)
		switch {
		case name == "IsTerminal" || name == "IsCygwinTerminal":
			return developmentOnly
		case name == "EqualFold" && len(e.Args) == 2:
			return max(g.comparison(e.Args[0], e.Args[1]), g.comparison(e.Args[1], e.Args[0]))
		}
		return g.boolean(name)
	case *ast.Ident:
		return g.boolean(e.Name)
	case *ast.SelectorExpr:
		return g.boolean(e.Sel.Name)
	case *ast.StarExpr:
		return g.environment(e.X)
	}
	return noEnvironment
}

// CalledName returns the bare name of what is called.
func CalledName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// boolean judges a flag by its name.
func (g *Guards) boolean(name string) environmentKind {
	for _, word := range sensitive.Words(name) {
		if slices.Contains(developmentWords, word) {
			return developmentOnly
		}
		if slices.Contains(productionWords, word) {
			return productionOnly
		}
	}
	return noEnvironment
}

func flip(k environmentKind) environmentKind {
	switch k {
	case developmentOnly:
		return productionOnly
	case productionOnly:
		return developmentOnly
	}
	return k
}

func (g *Guards) comparison(value, with ast.Expr) environmentKind {
	switch {
	case !g.about(value, environmentWords):
	case g.constantIn(with, developmentValues):
		return developmentOnly
	case g.constantIn(with, productionValues):
		return productionOnly
	}
	return noEnvironment
}

func (g *Guards) constantIn(e ast.Expr, values []string) bool {
	text, ok := logapi.Constant(g.info, e)
	return ok && slices.Contains(values, strings.ToLower(text))
}

// about reports whether a name or constant in an expression has one of the
// words.
func (g *Guards) about(e ast.Expr, words []string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.Ident:
			text = n.Name
		case *ast.BasicLit:
			text, _ = logapi.Constant(g.info, n)
		}
		found = found || slices.ContainsFunc(sensitive.Words(text), func(w string) bool { return slices.Contains(words, w) })
		return !found
	})
	return found
}
