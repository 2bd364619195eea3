package loggers

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Program] for the package main of a service, nil for any
// other.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintloggers",
	Doc:        "find out how the loggers of a program are made",
	Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Program](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Fact is what a package of the user's knows of loggers; each has one.
type Fact struct {
	Deeds reach.Deeds[Event]
	// Demands are the slots of which it wants to know what they hold, sorted.
	Demands []string
	// Keys are the constant keys of attributes that it logs, sorted.
	Keys []string
	// Callers are those of functions that do something to loggers.
	Callers []Caller
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

func run(pass *analysis.Pass) (any, error) {
	if !judge.Own(pass) {
		return (*Program)(nil), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	g := newGatherer(pass, graph)
	if g.relevant() {
		g.gather()
	}
	fact := &Fact{Deeds: reach.DeedsOf(g.events), Demands: g.demands(), Keys: g.keys(), Callers: g.callers()}
	if graph.Main == nil {
		pass.ExportPackageFact(fact)
		return (*Program)(nil), nil
	}
	service := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if service == nil || !service.Serves() {
		return (*Program)(nil), nil
	}
	return newProgram(pass, graph, service, fact), nil
}

// A gatherer finds the events of one package.
type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	guards *Guards
	files  []*ast.File
	index  *index
	events map[*reach.Node][]Event

	owns   map[*types.Package]bool
	fields map[*types.Package]map[*types.Var]string // slots of fields
	sets   map[*types.Var][]fieldSet
	handed map[*types.Var]bool
	open   map[*types.Var]bool // that are being followed
	steps  int                 // of the value that is being followed

	foreign map[string]bool // slots that other packages ask for
	asked   map[string]bool // slots that this one asks for
	logged  map[string]bool // keys of attributes
}

func newGatherer(pass *analysis.Pass, graph *reach.Result) *gatherer {
	g := &gatherer{
		pass: pass, graph: graph, guards: NewGuards(pass, graph), events: make(map[*reach.Node][]Event),
		owns: make(map[*types.Package]bool), fields: make(map[*types.Package]map[*types.Var]string), sets: make(map[*types.Var][]fieldSet), handed: make(map[*types.Var]bool),
		open: make(map[*types.Var]bool), foreign: make(map[string]bool), asked: make(map[string]bool), logged: make(map[string]bool),
	}
	for _, file := range pass.Files {
		if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			g.files = append(g.files, file)
		}
	}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			for _, slot := range fact.Demands {
				g.foreign[slot] = true
			}
		}
	}
	return g
}

// relevant reports whether a package may do anything to loggers, or hand
// anything to those who do.
func (g *gatherer) relevant() bool {
	if len(g.foreign) > 0 || logapi.Imports(g.pass.Pkg) {
		return true
	}
	return slices.ContainsFunc(g.pass.Pkg.Imports(), func(p *types.Package) bool {
		return libraryPaths()[pathOf(p)]
	})
}

func (g *gatherer) gather() {
	g.index = newIndex(g.pass.TypesInfo, g.files)
	for _, file := range g.files {
		g.noteSets(file)
	}
	for _, file := range g.files {
		if !ast.IsGenerated(file) {
			g.record(file)
		}
	}
	g.results()
	g.settle()
}

// own reports whether a package is one of the user's.
func (g *gatherer) own(pkg *types.Package) bool {
	own, known := g.owns[pkg]
	if !known {
		own = pkg == g.pass.Pkg || g.pass.ImportPackageFact(pkg, new(Fact))
		g.owns[pkg] = own
	}
	return own
}

func (g *gatherer) site(n ast.Node) shutdown.Site { return shutdown.SiteOf(g.pass, n) }

func (g *gatherer) add(n ast.Node, e Event) {
	e.Site = g.site(n)
	e.Condition = g.guards.Of(n)
	e.Request = g.perRequest(n)
	node := g.graph.NodeOf(n)
	g.events[node] = append(g.events[node], e)
}

// perRequest reports whether a function around a node serves one request.
func (g *gatherer) perRequest(n ast.Node) bool {
	for ; n != nil; n = g.graph.Parent(n) {
		var t types.Type
		switch f := n.(type) {
		case *ast.FuncLit:
			t = g.pass.TypesInfo.TypeOf(f)
		case *ast.FuncDecl:
			if fn, ok := g.pass.TypesInfo.Defs[f.Name].(*types.Func); ok {
				t = fn.Type()
			}
		}
		if s, ok := t.(*types.Signature); ok && TakesRequest(s) {
			return true
		}
	}
	return false
}

// TakesRequest reports whether a function serves one request: it takes a request,
// or what answers one.
func TakesRequest(s *types.Signature) bool {
	for param := range s.Params().Variables() {
		t := types.Unalias(param.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			continue
		}
		switch logapi.Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name() {
		case "net/http.Request", "net/http.ResponseWriter", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context",
			"github.com/gofiber/fiber.Ctx", "google.golang.org/grpc.UnaryServerInfo", "google.golang.org/grpc.ServerStream":
			return true
		}
	}
	return false
}
