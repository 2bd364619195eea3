package analyzers

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/gcexportdata"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// A vetUnit is the go command's description of one package to check.
type vetUnit struct {
	ID            string
	Compiler      string
	Dir           string
	ImportPath    string
	GoVersion     string
	GoFiles       []string
	NonGoFiles    []string
	IgnoredFiles  []string
	ModulePath    string
	ModuleVersion string
	ImportMap     map[string]string // by the path in the source
	PackageFile   map[string]string // export data by package path
	Standard      map[string]bool
	PackageVetx   map[string]string // facts by package path
	VetxOnly      bool
	VetxOutput    string
	Stdout        string
	FixArchive    string
}

func readVetUnit(name string) (*vetUnit, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read unit: %w", err)
	}
	unit := new(vetUnit)
	if err := json.Unmarshal(data, unit); err != nil {
		return nil, fmt.Errorf("read unit %s: %w", name, err)
	}
	return unit, nil
}

// foreign reports whether the unit lies outside the main module. Nothing is
// said about it, and what its importers need to know is seen from its imports.
func (u *vetUnit) foreign() bool { return u.ModulePath == "" || u.ModuleVersion != "" }

// root is the directory of the unit's module.
func (u *vetUnit) root() string {
	path, _, _ := strings.Cut(u.ImportPath, " ")
	rel := strings.TrimPrefix(strings.TrimPrefix(path, u.ModulePath), "/")
	if root, ok := strings.CutSuffix(filepath.ToSlash(u.Dir), "/"+rel); ok && rel != "" {
		return filepath.FromSlash(root)
	}
	return u.Dir
}

// skip leaves the facts of a unit outside the main module, without reading a
// line of it.
func (v *vet) skip(u *vetUnit) error {
	imports := make([]string, 0, len(u.ImportMap))
	for _, path := range u.ImportMap {
		imports = append(imports, path)
	}
	facts := make(map[string]*shutdown.Foreign)
	for path, name := range u.PackageVetx {
		read, err := readVetx(name)
		if err != nil {
			return err
		}
		for _, f := range read {
			if fact, ok := f.Fact.(*shutdown.Foreign); ok && f.Path == path {
				facts[path] = fact
			}
		}
	}
	standard := u.ModulePath == ""
	fact := shutdown.ForeignOf(u.ImportPath, standard, imports, func(path string) *shutdown.Foreign { return facts[path] })
	if err := writeVetx(u.VetxOutput, []vetxFact{{Path: u.ImportPath, Fact: fact}}); err != nil {
		return err
	}
	if u.VetxOnly || !slices.Contains(v.args, "-json") {
		return nil
	}
	return printVetJSON(u, nil)
}

// check analyses a unit of the main module and returns the exit code.
func (v *vet) check(u *vetUnit, selected []Analyzer) (int, error) {
	loaded, carried, err := u.load()
	if err != nil {
		return 1, err
	}
	conclusions, _ := loaded.analyse(selected)
	for i := range conclusions {
		if conclusions[i].err != nil {
			return 1, conclusions[i].err // not to be cached
		}
	}
	if err := writeVetx(u.VetxOutput, loaded.facts.exported(carried)); err != nil {
		return 1, err
	}
	if u.VetxOnly {
		return 0, nil
	}
	findings, err := u.findings(loaded, conclusions)
	if err != nil {
		return 1, err
	}
	return v.print(u, findings)
}

// load parses the unit and checks its types by the export data of its imports.
// Carried are the facts of its imports, for those who import it.
func (u *vetUnit) load() (*unit, []vetxFact, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range u.GoFiles {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, file)
	}
	importer := &exportImporter{unit: u, fset: fset, packages: make(map[string]*types.Package)}
	config := &types.Config{
		Importer:  importer,
		Sizes:     types.SizesFor("gc", build.Default.GOARCH),
		GoVersion: u.GoVersion,
	}
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	path, _, _ := strings.Cut(u.ImportPath, " ")
	pkg, err := config.Check(path, fset, files, info)
	if err != nil {
		return nil, nil, err
	}
	facts, carried, err := importer.facts(pkg)
	if err != nil {
		return nil, nil, err
	}
	return &unit{
		fset:    fset,
		files:   files,
		pkg:     pkg,
		info:    info,
		sizes:   config.Sizes,
		module:  &analysis.Module{Path: u.ModulePath, Main: true, GoVersion: strings.TrimPrefix(u.GoVersion, "go")},
		other:   u.NonGoFiles,
		ignored: u.IgnoredFiles,
		facts:   facts,
	}, carried, nil
}

// An exportImporter reads the export data that the go command supplies.
type exportImporter struct {
	unit     *vetUnit
	fset     *token.FileSet
	packages map[string]*types.Package
}

// Import implements types.Importer.
func (i *exportImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if mapped, ok := i.unit.ImportMap[path]; ok {
		path = mapped
	}
	if pkg := i.packages[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	name, ok := i.unit.PackageFile[path]
	if !ok {
		return nil, fmt.Errorf("the go command supplies no export data for %s", path)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read export data: %w", err)
	}
	defer file.Close()
	//lint:ignore SA1019 the go command still supplies the compiler's archives
	reader, err := gcexportdata.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read export data of %s: %w", path, err)
	}
	pkg, err := gcexportdata.Read(reader, i.fset, i.packages, path)
	if err != nil {
		return nil, fmt.Errorf("read export data of %s: %w", path, err)
	}
	return pkg, nil
}

// findings converts what the analyzers say and drops what is suppressed.
func (u *vetUnit) findings(loaded *unit, conclusions []conclusion) ([]finding.Finding, error) {
	root := u.root()
	if rel, err := filepath.Rel(root, u.Dir); err != nil || excluded(".", filepath.ToSlash(rel)) {
		return nil, nil
	}
	tree, err := source.OpenTree(root, nil)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	convert := &converter{
		unit:  loaded,
		files: &files{tree: tree, root: root, all: make(map[string]*source.File)},
		shown: func(name string) bool {
			return !strings.HasSuffix(name, "_test.go") && !excluded(".", filepath.ToSlash(filepath.Dir(name)))
		},
	}
	findings, _, _ := convert.convert(conclusions)
	artifacts, _ := convert.artifacts()
	artifacts = append(artifacts, elsewhere(artifacts, findings)...)
	rules := make([]*rule.Rule, len(All))
	for i, a := range All {
		rules[i] = a.Rule
	}
	finding.Suppress(findings, artifacts, rules, func(string) bool { return true }, time.Now())
	findings = slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Suppressed != nil })
	slices.SortFunc(findings, func(a, b finding.Finding) int { return a.Compare(&b) })
	return findings, nil
}

// elsewhere returns the artifacts of findings in other packages of the module,
// whose comments count too.
func elsewhere(known []*document.Artifact, findings []finding.Finding) []*document.Artifact {
	seen := make(map[*source.File]bool)
	for _, a := range known {
		seen[a.File] = true
	}
	var artifacts []*document.Artifact
	for i := range findings {
		file := findings[i].Location.File
		if seen[file] {
			continue
		}
		seen[file] = true
		if a := artifactOf(token.NewFileSet(), nil, file); a != nil {
			artifacts = append(artifacts, a)
		}
	}
	return artifacts
}
