// Package ir gives analyzers the SSA form of a package, built when one of them
// first asks for it and shared between all of them.
//
// Unlike buildssa of x/tools it needs no facts about dependencies: what never
// returns is known from a table (see noreturn.go), so that the result is the
// same whether or not the source of a dependency is at hand.
package ir

import (
	"go/ast"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Analyzer yields a [*Package]. It reports nothing and does no work by itself.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintir",
	Doc:        "build the SSA form of a package on demand",
	Run:        func(pass *analysis.Pass) (any, error) { return &Package{pass: pass}, nil },
	ResultType: reflect.TypeFor[*Package](),
}

// A Package is the SSA form of the analysed package.
type Package struct {
	pass  *analysis.Pass
	once  sync.Once
	ssa   *ssa.Package
	funcs []*ssa.Function
	names map[ssa.Value][]Name
}

// A Name is a local variable that the source uses for a value in a block.
type Name struct {
	Var   *types.Var
	Block *ssa.BasicBlock
}

// SSA returns the package, built.
func (p *Package) SSA() *ssa.Package {
	p.once.Do(p.build)
	return p.ssa
}

// Functions returns all functions that the source declares, function literals
// included: in source order, a literal behind the function that holds it.
func (p *Package) Functions() []*ssa.Function {
	p.once.Do(p.build)
	return p.funcs
}

// Names lists the local variables under which the source has a value: where the
// value is all that the variable holds, each of them once a block.
func (p *Package) Names(v ssa.Value) []Name {
	p.once.Do(p.build)
	return p.names[v]
}

func (p *Package) build() {
	prog := ssa.NewProgram(p.pass.Fset, 0)
	prog.SetNoReturn(neverReturns)
	p.declareImports(prog)
	p.ssa = prog.CreatePackage(p.pass.Pkg, p.pass.Files, p.pass.TypesInfo, false)
	p.ssa.SetDebugMode(true)
	p.ssa.Build()
	p.names = make(map[ssa.Value][]Name)
	p.takeNamesIn(p.ssa.Func("init"))
	for _, file := range p.pass.Files {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if obj, ok := p.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
				p.add(prog.FuncValue(obj))
			}
		}
	}
}

func (p *Package) add(fn *ssa.Function) {
	if fn == nil {
		return
	}
	p.funcs = append(p.funcs, fn)
	if fn.Parent() == nil {
		p.takeNamesIn(fn)
	}
	for _, anon := range fn.AnonFuncs {
		p.add(anon)
	}
}
