package analyzers

import (
	"context"
	"go/types"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/program"
	"github.com/opslint/opslint/internal/source"
)

// Options say what [Check] looks at.
type Options struct {
	Tree *source.Tree
	// Base is the directory below which the user asked to check; names of
	// folders above it mean nothing.
	Base string
	// Dirs are workspace-relative directories or files to check; "" or "."
	// means everything. None means Base.
	Dirs []string
	// Enabled says which rules run; nil means all that are not opt-in.
	Enabled func(id string) bool
	// Parameters returns the complete parameters of a rule; nil means defaults.
	Parameters func(id string) map[string]any
	// Platforms are the systems and architectures, "linux/amd64", that packages
	// are built for; none means the host's. What several have in common is
	// reported once.
	Platforms []string
	// Describe asks for descriptions of the programs.
	Describe bool
	// Jobs is how many packages are analysed at a time; 0 means one per CPU.
	Jobs int
}

// A Result is what the analyzers made of a workspace, in a total order.
type Result struct {
	Findings []finding.Finding
	Verdicts []finding.Verdict
	Notices  []finding.Notice
	// Artifacts are the checked Go files that have comments for opslint.
	Artifacts []*document.Artifact
	// Programs describe what was checked, if that was asked for; for several
	// platforms, as they are on the first.
	Programs []*program.Program
	Files    int // Go files that were checked
	Packages int // packages that were checked
}

// checking keeps runs apart, since parameters reach analyzers as flags, of
// which there is one set per process.
var checking sync.Mutex

// Check analyses the Go packages of a workspace: every module below the
// directories, each with its tests left out. Whole modules are loaded even if
// only a part is to be checked, since a program is judged with all its parts.
func Check(ctx context.Context, o Options) (*Result, error) {
	checking.Lock()
	defer checking.Unlock()
	selected := selectAnalyzers(o.Enabled)
	if err := setParameters(selected, o.Parameters); err != nil {
		return nil, err
	}
	if len(o.Dirs) == 0 {
		o.Dirs = []string{o.Base}
	}
	c := &check{
		options:   o,
		analyzers: selected,
		files:     &files{tree: o.Tree, root: o.Tree.Dir(), all: make(map[string]*source.File)},
		gather:    newGather(),
		dirs:      make(map[string]string),
	}
	loads, notices := findLoads(o.Tree, o.Base, o.Dirs)
	c.gather.notices = append(c.gather.notices, notices...)
	if len(loads) > 0 {
		if _, err := exec.LookPath("go"); err != nil {
			c.gather.notices = append(c.gather.notices, noToolchain(c.options.Tree, loads))
			loads = nil
		}
	}
	for i := range loads {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, platform := range c.platforms() {
			loaded, notices := loads[i].run(ctx, c.files, platform)
			c.gather.notices = append(c.gather.notices, notices...)
			c.load(ctx, loaded)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c.gather.result(), nil
}

// selectAnalyzers returns the analyzers whose rules are switched on.
func selectAnalyzers(enabled func(string) bool) []Analyzer {
	return slices.DeleteFunc(slices.Clone(All), func(a Analyzer) bool {
		if enabled == nil {
			return a.Rule.OptIn
		}
		return !enabled(a.Rule.ID)
	})
}

type check struct {
	options   Options
	analyzers []Analyzer
	files     *files
	gather    *gather
	dirs      map[string]string // of packages by import path
}

// load analyses what one run of the go command yielded.
func (c *check) load(ctx context.Context, loaded []*packages.Package) {
	broken, notices := brokenPackages(loaded, c.files, c.wanted)
	c.gather.notices = append(c.gather.notices, notices...)
	for _, p := range loaded {
		if p.Dir != "" {
			c.dirs[p.PkgPath] = p.Dir
		}
	}
	store := newFactStore()
	order, roots := inOrder(loaded)
	foreignFacts(store, order, roots)
	s := &schedule{
		done: make(map[*packages.Package]chan struct{}, len(loaded)),
		slot: make(chan struct{}, c.jobs()),
	}
	for _, p := range loaded {
		s.done[p] = make(chan struct{})
	}
	var group sync.WaitGroup
	for _, p := range order {
		if !roots[p] {
			continue
		}
		group.Go(func() {
			defer close(s.done[p])
			s.wait(p)
			if ctx.Err() == nil && !broken[p] {
				s.slot <- struct{}{}
				c.analyse(p, store)
				<-s.slot
				p.Syntax, p.TypesInfo = nil, nil // nobody asks for them again
			}
		})
	}
	group.Wait()
}

// platforms lists what to load packages for; "" is the host's platform.
func (c *check) platforms() []string {
	if len(c.options.Platforms) == 0 {
		return []string{""}
	}
	return c.options.Platforms
}

func (c *check) jobs() int {
	if c.options.Jobs > 0 {
		return c.options.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// A schedule makes a package wait for those that it imports.
type schedule struct {
	done map[*packages.Package]chan struct{}
	slot chan struct{}
}

func (s *schedule) wait(p *packages.Package) {
	for _, imported := range p.Imports {
		if done := s.done[imported]; done != nil {
			<-done
		}
	}
}

// inOrder returns all packages in sight, each behind those that it imports, and
// the set of those that were loaded from source.
func inOrder(loaded []*packages.Package) ([]*packages.Package, map[*packages.Package]bool) {
	roots := make(map[*packages.Package]bool, len(loaded))
	for _, p := range loaded {
		roots[p] = true
	}
	var order []*packages.Package
	packages.Visit(loaded, nil, func(p *packages.Package) { order = append(order, p) })
	return order, roots
}

// analyse runs the analyzers over one package.
func (c *check) analyse(p *packages.Package, store *factStore) {
	visible := make(map[string]bool)
	for _, imported := range p.Imports {
		packages.Visit([]*packages.Package{imported}, func(q *packages.Package) bool {
			seen := visible[q.PkgPath]
			visible[q.PkgPath] = true
			return !seen
		}, nil)
	}
	u := &unit{
		fset:    p.Fset,
		files:   p.Syntax,
		pkg:     p.Types,
		info:    p.TypesInfo,
		sizes:   p.TypesSizes,
		module:  moduleOf(p),
		other:   p.OtherFiles,
		ignored: p.IgnoredFiles,
		facts:   &factView{store: store, path: p.PkgPath, visible: visible},
	}
	conclusions, run := u.analyse(c.analyzers)
	if c.options.Describe {
		for _, a := range describing {
			if err := run.need(a, nil); err != nil {
				conclusions = append(conclusions, conclusion{err: err})
			}
		}
	}
	if !c.judged(p) {
		return
	}
	// A program outside the directories may have a finding inside them.
	dir := ""
	if c.wanted(p) {
		dir = p.Dir
	}
	converter := &converter{unit: u, files: c.files, shown: c.shown}
	c.gather.add(converter, conclusions, dir)
	if c.options.Describe && dir != "" {
		d := &describer{converter: converter, dirs: c.dirs}
		if described := d.program(run); described != nil {
			c.gather.describe(described)
		}
	}
}

// judged reports whether a package is code that rules are about: neither
// fixture nor sample, unless asked for.
func (c *check) judged(p *packages.Package) bool {
	return slices.ContainsFunc(p.GoFiles, func(name string) bool {
		rel, ok := c.files.rel(name)
		return ok && (!excluded(c.options.Base, path.Dir(rel)) || c.pointsInto(rel))
	})
}

func moduleOf(p *packages.Package) *analysis.Module {
	if p.Module == nil {
		return &analysis.Module{}
	}
	return &analysis.Module{Path: p.Module.Path, Version: p.Module.Version, GoVersion: p.Module.GoVersion, Main: p.Module.Main}
}

// wanted reports whether findings in a package are shown: it lies in or below
// one of the directories that are checked and holds neither fixtures nor samples.
func (c *check) wanted(p *packages.Package) bool {
	for _, name := range p.GoFiles {
		if rel, ok := c.files.rel(name); ok && c.shown(rel) {
			return true
		}
	}
	return false
}

// shown reports whether findings in a file are shown.
func (c *check) shown(name string) bool {
	if excluded(c.options.Base, path.Dir(name)) && !c.pointsInto(name) {
		return false
	}
	return slices.ContainsFunc(c.options.Dirs, func(dir string) bool {
		_, ok := below(filepath.ToSlash(dir), name)
		return ok
	})
}

// pointsInto reports whether one of the directories to check lies itself in
// the excluded folder that name is in.
func (c *check) pointsInto(name string) bool {
	return slices.ContainsFunc(c.options.Dirs, func(dir string) bool {
		dir = path.Clean(dir)
		if _, ok := below(dir, name); !ok {
			return false
		}
		return excluded(c.options.Base, dir) && !excluded(dir, path.Dir(name))
	})
}

// foreignFacts leaves the facts of the packages that are not analysed.
func foreignFacts(store *factStore, order []*packages.Package, roots map[*packages.Package]bool) {
	var foreigner shutdown.Foreigner
	for _, p := range order {
		if roots[p] || p.PkgPath == "unsafe" {
			continue
		}
		imports := make([]string, 0, len(p.Imports))
		for _, imported := range p.Imports {
			imports = append(imports, imported.PkgPath)
		}
		pkg := p.Types
		if pkg == nil {
			pkg = types.NewPackage(p.PkgPath, p.Name)
		}
		store.setPackage(pkg, foreigner.Fact(p.PkgPath, p.Module == nil, imports))
	}
}
