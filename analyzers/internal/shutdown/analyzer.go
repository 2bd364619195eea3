package shutdown

import (
	"go/ast"
	"go/build"
	"go/types"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/ir"
)

// Analyzer gathers what each package contributes to serving and stopping, and
// yields a [*Program] for a package main, nil for any other.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintshutdown",
	Doc:        "find out which programs serve and what stops them",
	Requires:   []*analysis.Analyzer{ir.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Program](),
	FactTypes:  []analysis.Fact{new(Graph), new(Foreign)},
}

func run(pass *analysis.Pass) (any, error) {
	v := newView(pass)
	if !inMainModule(pass) {
		pass.ExportPackageFact(ForeignOf(pass.Pkg.Path(), inStandardLibrary(pass), importPaths(pass), v.foreignFact))
		return (*Program)(nil), nil
	}
	graph := &Graph{Imports: importPaths(pass)}
	relevant := isRelevant(pass, v)
	if relevant || takesNotes(pass) || v.importsNotes(pass) {
		b := &builder{
			pass:   pass,
			ir:     pass.ResultOf[ir.Analyzer].(*ir.Package),
			graphs: v.graphs,
			others: make(map[string]*Func),
			funcs:  make(map[string]*Func),
			types:  make(map[string]*Type),
		}
		graph = b.build()
		graph.Noted = !relevant
	}
	graph.Defaults = defaultsOf(pass)
	pass.ExportPackageFact(graph)
	if pass.Pkg.Name() != "main" || pass.Pkg.Scope().Lookup("main") == nil {
		return (*Program)(nil), nil
	}
	v.graphs[pass.Pkg.Path()] = graph
	return newProgram(pass, v), nil
}

// A view is the facts that the packages in sight have left.
type view struct {
	graphs  map[string]*Graph
	foreign map[string]*Foreign
}

func newView(pass *analysis.Pass) *view {
	v := &view{graphs: make(map[string]*Graph), foreign: make(map[string]*Foreign)}
	for _, f := range pass.AllPackageFacts() {
		switch fact := f.Fact.(type) {
		case *Graph:
			v.graphs[f.Package.Path()] = fact
		case *Foreign:
			v.foreign[f.Package.Path()] = fact
		}
	}
	return v
}

// importsNotes reports whether a package imports one with calls worth a note.
func (v *view) importsNotes(pass *analysis.Pass) bool {
	return slices.ContainsFunc(pass.Pkg.Imports(), func(imported *types.Package) bool {
		g := v.graphs[imported.Path()]
		return g != nil && g.Noted && len(g.Funcs) > 0
	})
}

func (v *view) foreignFact(path string) *Foreign { return v.foreign[path] }

// inMainModule reports whether a package belongs to a main module. Without
// modules, whatever is neither of the standard library nor known from the table
// nor under a domain does.
func inMainModule(pass *analysis.Pass) bool {
	if m := pass.Module; m != nil && m.Path != "" {
		return m.Main || m.Version == ""
	}
	path := pass.Pkg.Path()
	first, _, _ := strings.Cut(path, "/")
	return !inStandardLibrary(pass) && !strings.Contains(first, ".") && !tablePackage(path)
}

func inStandardLibrary(pass *analysis.Pass) bool {
	if m := pass.Module; m != nil && m.Path != "" {
		return false
	}
	if len(pass.Files) == 0 {
		return true
	}
	root := build.Default.GOROOT
	name := pass.Fset.File(pass.Files[0].FileStart).Name()
	return root != "" && strings.HasPrefix(filepath.Clean(name), filepath.Clean(root)+string(filepath.Separator))
}

// isRelevant reports whether a package can matter: it is a program, it uses
// something that serves or traps, it imports a package that matters, or it has
// functions that start goroutines for their callers.
func isRelevant(pass *analysis.Pass, v *view) bool {
	if pass.Pkg.Name() == "main" {
		return true
	}
	for _, imported := range pass.Pkg.Imports() {
		if g := v.graphs[imported.Path()]; g != nil && len(g.Funcs) > 0 && !g.Noted {
			return true
		}
	}
	return usesTable(pass) || startsForCallers(pass)
}

func usesTable(pass *analysis.Pass) bool {
	imports := false
	for _, imported := range pass.Pkg.Imports() {
		imports = imports || tablePackage(imported.Path()) && imported.Path() != "sync" && imported.Path() != timePkg && imported.Path() != contextPkg || imported.Path() == "net"
	}
	if !imports {
		return false
	}
	for _, obj := range pass.TypesInfo.Uses {
		switch obj := obj.(type) {
		case *types.Func:
			if a, ok := lookup(obj); ok && (a.sink || a.starts || a.traps || a.hosted || a.signals > 0 || a.stop || a.joins) {
				return true
			}
			if obj.Pkg() != nil && (obj.Pkg().Path() == signalPkg || obj.Pkg().Path() == "net" && obj.Name() == "Accept") {
				return true
			}
		case *types.Var:
			if obj.Pkg() != nil && !obj.IsField() && apisOf(obj.Pkg().Path())[obj.Name()].traps {
				return true
			}
		}
	}
	return false
}

// startsForCallers reports whether a function of the package starts a goroutine
// and takes a function: it may start the one for the other.
func startsForCallers(pass *analysis.Pass) bool {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || !takesFunction(pass, fn) {
				continue
			}
			starts := false
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				_, ok := n.(*ast.GoStmt)
				starts = starts || ok
				return !starts
			})
			if starts {
				return true
			}
		}
	}
	return false
}

func takesFunction(pass *analysis.Pass, fn *ast.FuncDecl) bool {
	for _, field := range fn.Type.Params.List {
		if t := pass.TypesInfo.TypeOf(field.Type); t != nil {
			if _, ok := t.Underlying().(*types.Signature); ok {
				return true
			}
		}
	}
	return false
}
