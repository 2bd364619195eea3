package taint

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/ir"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Package]. It reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "opslinttaint",
	Doc:        "follow secrets and personal data to the log",
	Requires:   []*analysis.Analyzer{ir.Analyzer, reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	FactTypes:  []analysis.Fact{new(Flow), new(Own), new(Held)},
	ResultType: reflect.TypeFor[*Package](),
}

// Vocabularies are the words of each topic, Visible is how many leading or
// trailing characters of a value may be shown, Bodies says that the body of a
// request is personal data as a whole. The flags of the rules set them.
var (
	Vocabularies = [topics]*sensitive.Vocabulary{{}, {Personal: true}}
	Visible      = 4.0
	Bodies       = false
)

// A Package is what is known about the package that is analysed.
type Package struct {
	pass       *analysis.Pass
	ir         *ir.Package
	ssa        *ssa.Package
	syntax     *syntax
	parents    map[ast.Node]ast.Node
	vocabulary [topics]*sensitive.Vocabulary
	walker     [topics]*sensitive.Walker

	graph   *reach.Result
	serving map[*reach.Node]bool // what a service runs

	kubernetes bool                  // "secret" may be an object
	lexical    bool                  // "token" may be a word
	declared   map[types.Object]bool // declared safe by a comment

	order []*unit // in source order
	units map[*ssa.Function]*unit
	funcs map[*types.Func]*ssa.Function
	unit  *unit // of the function that is looked at

	memo
	keys       map[string]int
	bindings   map[*ssa.FreeVar]ssa.Value
	arrays     map[*ssa.Alloc][]ssa.Value
	written    map[*ssa.Function][]write
	forwarders map[*ssa.Function]*logapi.Func
	redacting  map[redaction]bool
	flows      map[*types.Func]*Flow
	owns       map[*types.Package]bool
	targets    map[*types.Func][]*types.Func
	held       map[*types.Var]*Held

	found
}

func run(pass *analysis.Pass) (any, error) {
	if !judge.Own(pass) {
		return new(Package), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	form := pass.ResultOf[ir.Analyzer].(*ir.Package)
	p := &Package{
		pass:       pass,
		ir:         form,
		ssa:        form.SSA(),
		syntax:     newSyntax(pass.Files),
		parents:    graph.Parents(),
		vocabulary: [topics]*sensitive.Vocabulary{Vocabularies[Secrets].Remembering(), Vocabularies[Personal].Remembering()},
		graph:      graph,
		serving:    graph.Reached(pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)),
		units:      make(map[*ssa.Function]*unit),
		funcs:      make(map[*types.Func]*ssa.Function),
		memo:       newMemo(),
		keys:       make(map[string]int),
		bindings:   make(map[*ssa.FreeVar]ssa.Value),
		arrays:     make(map[*ssa.Alloc][]ssa.Value),
		written:    make(map[*ssa.Function][]write),
		forwarders: make(map[*ssa.Function]*logapi.Func),
		redacting:  make(map[redaction]bool),
		flows:      make(map[*types.Func]*Flow),
		owns:       make(map[*types.Package]bool),
		targets:    make(map[*types.Func][]*types.Func),
		held:       make(map[*types.Var]*Held),
	}
	p.declarations()
	for t := range topics {
		p.walker[t] = &sensitive.Walker{
			Vocabulary: p.vocabulary[t],
			Redacts:    func(m *types.Func) bool { return p.redacts(t, m) },
			Safe:       p.safe,
			Holds:      func(f *types.Var) (sensitive.Kind, bool) { return p.holding(f, t) },
		}
	}
	p.functions()
	p.hold()
	p.export()
	p.find()
	return p, nil
}

// functions divides the functions of the package into units.
func (p *Package) functions() {
	add := func(fn *ssa.Function) {
		u := newUnit(fn)
		p.units[fn] = u
		p.order = append(p.order, u)
		if obj, ok := fn.Object().(*types.Func); ok {
			p.funcs[obj] = fn
		}
	}
	if init := p.ssa.Func("init"); init != nil {
		add(init)
	}
	for _, fn := range p.ir.Functions() {
		if fn.Parent() == nil {
			add(fn)
		}
	}
}

// declarations notes what the package's imports and comments say.
func (p *Package) declarations() {
	for _, imported := range p.pass.Pkg.Imports() {
		p.kubernetes = p.kubernetes || strings.HasPrefix(imported.Path(), "k8s.io/") && !strings.HasPrefix(imported.Path(), "k8s.io/klog")
	}
	p.lexical = sensitive.Lexical(p.pass.Pkg)
	p.declared = make(map[types.Object]bool)
	for _, file := range p.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				if declaredSafe(n.Doc) || declaredSafe(n.Comment) {
					for _, name := range n.Names {
						p.declared[p.pass.TypesInfo.Defs[name]] = true
					}
				}
			case *ast.GenDecl:
				p.safeTypes(n)
			case *ast.BlockStmt:
				return false
			}
			return true
		})
	}
}

func (p *Package) safeTypes(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if ok && (declaredSafe(t.Doc) || declaredSafe(t.Comment) || len(decl.Specs) == 1 && declaredSafe(decl.Doc)) {
			p.declared[p.pass.TypesInfo.Defs[t.Name]] = true
		}
	}
}

// declaredSafe reports whether a comment declares a value harmless everywhere:
// "//opslint:safe reason".
func declaredSafe(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, comment := range doc.List {
		if reason, ok := strings.CutPrefix(comment.Text, "//opslint:safe "); ok && strings.TrimSpace(reason) != "" {
			return true
		}
	}
	return false
}

// safe reports whether a variable, a field or the type of one was declared
// harmless.
func (p *Package) safe(obj types.Object) bool {
	if p.declared[obj] {
		return true
	}
	v, ok := obj.(*types.Var)
	if !ok {
		return false
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	return ok && p.declared[named.Obj()]
}

// serves reports whether a call runs in a service, whose prints are its log.
func (p *Package) serves(e *ast.CallExpr) bool { return p.serving[p.graph.NodeOf(e)] }
