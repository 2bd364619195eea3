package settings

import (
	"cmp"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Program] for a package main, nil for any other.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintsettings",
	Doc:        "find out which variables, flags and commands a program has",
	Requires:   []*analysis.Analyzer{reach.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Program](),
	FactTypes:  []analysis.Fact{new(Fact), new(Helper)},
}

// A Program is what a program is told from outside, each list in the order of
// packages, files and lines.
type Program struct {
	Variables []Setting // environment variables
	Flags     []Setting
	Commands  []Setting // without the one that the program itself is
	Dynamic   []Setting // reads of a variable whose name is not constant; without Name
}

// A Kind says what a [Setting] is.
type Kind uint8

// The kinds of settings.
const (
	Variable Kind = iota + 1
	Flag
	Command
	Dynamic
)

// A Setting is a variable, flag or command.
type Setting struct {
	Kind Kind
	Name string
	// Default is what holds if nobody sets it, if HasDefault; a default that is
	// not constant is none.
	Default    string
	HasDefault bool
	// Required: without it the program, or what reads it, fails.
	Required bool
	Site     shutdown.Site // of the call or field that names it
}

// A Fact is the settings that the functions of a package read or declare.
type Fact struct {
	Deeds reach.Deeds[Setting]
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

func (s Setting) compare(t Setting) int {
	return cmp.Or(
		cmp.Compare(s.Kind, t.Kind),
		cmp.Compare(s.Site.Package, t.Site.Package), cmp.Compare(s.Site.File, t.Site.File),
		cmp.Compare(s.Site.Line, t.Site.Line), cmp.Compare(s.Site.Column, t.Site.Column), cmp.Compare(s.Name, t.Name),
	)
}

func run(pass *analysis.Pass) (any, error) {
	if !judge.Own(pass) {
		return (*Program)(nil), nil
	}
	c := &collector{
		pass:    pass,
		graph:   pass.ResultOf[reach.Analyzer].(*reach.Result),
		events:  make(map[*reach.Node][]Setting),
		helpers: make(map[*types.Func]*Helper),
	}
	if c.relevant() {
		c.findHelpers()
		for _, file := range pass.Files {
			if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
				ast.Inspect(file, c.visit)
			}
		}
	}
	deeds := reach.DeedsOf(c.events)
	if c.graph.Main == nil {
		if len(deeds) > 0 {
			pass.ExportPackageFact(&Fact{deeds})
		}
		return (*Program)(nil), nil
	}
	return c.program(deeds), nil
}

// A collector finds the settings of one package.
type collector struct {
	pass    *analysis.Pass
	graph   *reach.Result
	events  map[*reach.Node][]Setting
	helpers map[*types.Func]*Helper
}

// relevant reports whether the package uses anything that reads or declares a
// setting.
func (c *collector) relevant() bool {
	for _, obj := range c.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if ok && fn.Pkg() != nil && (known(fn) || fn.Pkg() != c.pass.Pkg && c.helper(fn) != nil) {
			return true
		}
		if t, ok := obj.(*types.TypeName); ok && t.Pkg() != nil && isCommandLine(t.Pkg().Path()) {
			return true
		}
	}
	return false
}

// program lists what the program at hand can reach.
func (c *collector) program(own reach.Deeds[Setting]) *Program {
	running := c.graph.Running()
	all := own.In(running)
	for _, f := range c.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != c.pass.Pkg {
			all = append(all, fact.Deeds.In(running)...)
		}
	}
	slices.SortFunc(all, Setting.compare)
	all = slices.CompactFunc(all, func(a, b Setting) bool { return a.compare(b) == 0 })
	p := new(Program)
	for _, s := range all {
		list := map[Kind]*[]Setting{Variable: &p.Variables, Flag: &p.Flags, Command: &p.Commands, Dynamic: &p.Dynamic}[s.Kind]
		*list = append(*list, s)
	}
	return p
}

func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, n).(*types.Func); ok && fn.Pkg() != nil {
			c.call(n, fn.Origin())
		}
	case *ast.CompositeLit:
		c.literal(n)
	}
	return true
}

func (c *collector) call(call *ast.CallExpr, fn *types.Func) {
	switch path := fn.Pkg().Path(); {
	case path == "os":
		c.read(call, fn)
	case isFiller(fn):
		c.filled(call, fn)
	case logapi.Path(path) == viperPkg:
		c.viper(call, fn.Name())
	case isCommandLine(path):
		c.declared(call, fn)
	default:
		if h := c.helper(fn); h != nil {
			c.throughHelper(call, h)
		}
	}
}

// known reports whether a function of a library reads or declares settings.
func known(fn *types.Func) bool {
	path := fn.Pkg().Path()
	return logapi.Path(path) == viperPkg || path == "os" && (fn.Name() == "Getenv" || fn.Name() == "LookupEnv") || isFiller(fn) || isCommandLine(path)
}

// add notes a setting that a call or field names.
func (c *collector) add(at ast.Node, s Setting) {
	s.Site = shutdown.SiteOf(c.pass, at)
	n := c.graph.NodeOf(at)
	c.events[n] = append(c.events[n], s)
}
