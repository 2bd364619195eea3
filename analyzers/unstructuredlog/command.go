package unstructuredlog

import (
	"go/ast"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// answers are the beginnings of the names of commands that a person calls to be
// told something: what they print is their result, even if they serve a page for
// it or start half the program to find out.
var answers = []string{
	"adapt", "validate", "verify", "check", "config", "conf", "doc", "gen", "list", "show", "print", "dump", "export", "convert", "fmt", "format",
	"info", "version", "help", "status", "inspect", "describe", "schema", "hash", "environ", "build-info", "completion", "man",
}

// maxCallers bounds how many functions away a command is looked for.
const maxCallers = 2

// answering reports whether a function is what a command does whose result is
// what it prints, or is called by nothing but such functions.
func (g *gatherer) answering(n *reach.Node, depth int) bool {
	if n.Syntax == nil || n == g.graph.Main {
		return false
	}
	if name := g.commandName(n); name != "" {
		return isAnswer(name)
	}
	called := false
	for _, from := range g.graph.Nodes {
		for _, c := range from.Calls {
			if c.To != n {
				continue
			}
			if c.Command || depth == maxCallers || !g.answering(from, depth+1) {
				return false
			}
			called = true
		}
	}
	return called
}

func isAnswer(name string) bool {
	for _, prefix := range answers {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// commandName returns the name of the command that a function belongs to, ""
// if it is none's.
func (g *gatherer) commandName(n *reach.Node) string {
	switch syntax := n.Syntax.(type) {
	case *ast.FuncLit:
		return g.nameAround(syntax)
	case *ast.FuncDecl:
		for id, obj := range g.pass.TypesInfo.Uses {
			if obj == n.Fn {
				if name := g.nameAround(id); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// nameAround returns the name of the command whose literal a node lies in.
func (g *gatherer) nameAround(n ast.Node) string {
	for n = g.graph.Parent(n); n != nil; n = g.graph.Parent(n) {
		if _, ok := n.(*ast.FuncDecl); ok {
			return ""
		}
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			continue
		}
		for _, key := range []string{"Use", "Name"} {
			if value := field(lit, key); value != nil {
				if name, ok := logapi.Constant(g.pass.TypesInfo, value); ok {
					name, _, _ = strings.Cut(name, " ")
					return name
				}
			}
		}
	}
	return ""
}
