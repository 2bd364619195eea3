package analyzers

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// A unit is one package with its syntax, ready to be analysed. Both doors make
// units and run them the same way.
type unit struct {
	fset    *token.FileSet
	files   []*ast.File
	pkg     *types.Package
	info    *types.Info
	sizes   types.Sizes
	module  *analysis.Module
	other   []string // files of the package that are not Go
	ignored []string
	facts   *factView
}

// A conclusion is what one analyzer with a rule made of a unit.
type conclusion struct {
	analyzer    Analyzer
	diagnostics []analysis.Diagnostic
	result      *judge.Result
	err         error
}

// purpose says what the conclusion is for: "checked for go/secret-in-log".
func (c *conclusion) purpose() string {
	if c.analyzer.Rule == nil {
		return "described"
	}
	return "checked for " + c.analyzer.Rule.ID
}

// analyse runs analyzers over the unit, whatever they require first. A panic
// in an analyzer becomes its error.
func (u *unit) analyse(all []Analyzer) ([]conclusion, *unitRun) {
	run := &unitRun{unit: u, results: make(map[*analysis.Analyzer]any), errs: make(map[*analysis.Analyzer]error)}
	var conclusions []conclusion
	for _, a := range all {
		c := conclusion{analyzer: a}
		c.err = run.need(a.Analyzer, func(d analysis.Diagnostic) { c.diagnostics = append(c.diagnostics, d) })
		c.result, _ = run.results[a.Analyzer].(*judge.Result)
		conclusions = append(conclusions, c)
	}
	return conclusions, run
}

// A unitRun is one run of analyzers over a unit: their results, and the errors
// of those that failed.
type unitRun struct {
	*unit
	results map[*analysis.Analyzer]any
	errs    map[*analysis.Analyzer]error
}

// need runs an analyzer unless it has run already.
func (r *unitRun) need(a *analysis.Analyzer, report func(analysis.Diagnostic)) error {
	if _, done := r.results[a]; done {
		return r.errs[a]
	}
	inputs := make(map[*analysis.Analyzer]any, len(a.Requires))
	for _, required := range a.Requires {
		if err := r.need(required, nil); err != nil {
			r.results[a], r.errs[a] = nil, err
			return err
		}
		inputs[required] = r.results[required]
	}
	if report == nil {
		report = func(analysis.Diagnostic) {}
	}
	r.results[a], r.errs[a] = runAnalyzer(a, r.pass(a, inputs, report))
	return r.errs[a]
}

func runAnalyzer(a *analysis.Analyzer, pass *analysis.Pass) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, fmt.Errorf("analyzer %s: internal error: %v", a.Name, p)
		}
	}()
	if result, err = a.Run(pass); err != nil {
		return nil, fmt.Errorf("analyzer %s: %w", a.Name, err)
	}
	return result, nil
}

func (r *unitRun) pass(a *analysis.Analyzer, inputs map[*analysis.Analyzer]any, report func(analysis.Diagnostic)) *analysis.Pass {
	return &analysis.Pass{
		Analyzer:          a,
		Fset:              r.fset,
		Files:             r.files,
		OtherFiles:        r.other,
		IgnoredFiles:      r.ignored,
		Pkg:               r.pkg,
		TypesInfo:         r.info,
		TypesSizes:        r.sizes,
		Module:            r.module,
		ResultOf:          inputs,
		Report:            report,
		ReadFile:          os.ReadFile,
		ImportObjectFact:  r.facts.importObject,
		ExportObjectFact:  r.facts.exportObject,
		ImportPackageFact: func(p *types.Package, fact analysis.Fact) bool { return r.facts.importPackage(p.Path(), fact) },
		ExportPackageFact: func(fact analysis.Fact) { r.facts.exportPackage(r.pkg, fact) },
		AllObjectFacts:    func() []analysis.ObjectFact { return r.facts.allObjects(a.FactTypes) },
		AllPackageFacts:   func() []analysis.PackageFact { return r.facts.allPackages(a.FactTypes) },
	}
}

// factStore holds the facts of all packages of a run.
type factStore struct {
	mu       sync.RWMutex
	objects  map[objectKey]analysis.Fact
	packages map[packageKey]analysis.Fact
	// byPackage lists the keys that each package exported.
	byPackage map[string]*exports
}

type objectKey struct {
	object types.Object
	kind   reflect.Type
}

type packageKey struct {
	path string
	kind reflect.Type
}

type exports struct {
	pkg      *types.Package
	objects  []objectKey
	packages []packageKey
}

func newFactStore() *factStore {
	return &factStore{
		objects:   make(map[objectKey]analysis.Fact),
		packages:  make(map[packageKey]analysis.Fact),
		byPackage: make(map[string]*exports),
	}
}

// A factView is the store as one package sees it: its own facts and those of
// the packages that it imports, directly or not.
type factView struct {
	store   *factStore
	path    string
	visible map[string]bool
}

func (v *factView) sees(path string) bool { return path == v.path || v.visible[path] }

func (v *factView) importObject(object types.Object, fact analysis.Fact) bool {
	v.store.mu.RLock()
	defer v.store.mu.RUnlock()
	if object == nil || object.Pkg() == nil || !v.sees(object.Pkg().Path()) {
		return false
	}
	return copyFact(v.store.objects, objectKey{object, reflect.TypeOf(fact)}, fact)
}

func (v *factView) importPackage(path string, fact analysis.Fact) bool {
	v.store.mu.RLock()
	defer v.store.mu.RUnlock()
	return v.sees(path) && copyFact(v.store.packages, packageKey{path, reflect.TypeOf(fact)}, fact)
}

// copyFact copies a stored fact into the one that the analyzer supplied.
func copyFact[K comparable](from map[K]analysis.Fact, key K, into analysis.Fact) bool {
	stored, ok := from[key]
	if ok {
		reflect.ValueOf(into).Elem().Set(reflect.ValueOf(stored).Elem())
	}
	return ok
}

func (v *factView) exportObject(object types.Object, fact analysis.Fact) {
	key := objectKey{object, reflect.TypeOf(fact)}
	v.store.mu.Lock()
	defer v.store.mu.Unlock()
	if _, known := v.store.objects[key]; !known {
		e := v.store.exportsOf(object.Pkg())
		e.objects = append(e.objects, key)
	}
	v.store.objects[key] = fact
}

func (v *factView) exportPackage(pkg *types.Package, fact analysis.Fact) {
	v.store.setPackage(pkg, fact)
}

func (s *factStore) setPackage(pkg *types.Package, fact analysis.Fact) {
	key := packageKey{pkg.Path(), reflect.TypeOf(fact)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.packages[key]; !known {
		e := s.exportsOf(pkg)
		e.packages = append(e.packages, key)
	}
	s.packages[key] = fact
}

func (s *factStore) exportsOf(pkg *types.Package) *exports {
	e := s.byPackage[pkg.Path()]
	if e == nil {
		e = &exports{pkg: pkg}
		s.byPackage[pkg.Path()] = e
	}
	return e
}

// visibleExports yields what the packages in sight exported, in the order of
// their paths.
func (v *factView) visibleExports() []*exports {
	var all []*exports
	for path, e := range v.store.byPackage {
		if v.sees(path) {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b *exports) int { return strings.Compare(a.pkg.Path(), b.pkg.Path()) })
	return all
}

func (v *factView) allObjects(kinds []analysis.Fact) []analysis.ObjectFact {
	v.store.mu.RLock()
	defer v.store.mu.RUnlock()
	var all []analysis.ObjectFact
	for _, e := range v.visibleExports() {
		for _, key := range e.objects {
			if hasKind(kinds, key.kind) {
				all = append(all, analysis.ObjectFact{Object: key.object, Fact: v.store.objects[key]})
			}
		}
	}
	return all
}

func (v *factView) allPackages(kinds []analysis.Fact) []analysis.PackageFact {
	v.store.mu.RLock()
	defer v.store.mu.RUnlock()
	var all []analysis.PackageFact
	for _, e := range v.visibleExports() {
		for _, key := range e.packages {
			if hasKind(kinds, key.kind) {
				all = append(all, analysis.PackageFact{Package: e.pkg, Fact: v.store.packages[key]})
			}
		}
	}
	return all
}

func hasKind(kinds []analysis.Fact, kind reflect.Type) bool {
	return slices.ContainsFunc(kinds, func(f analysis.Fact) bool { return reflect.TypeOf(f) == kind })
}
