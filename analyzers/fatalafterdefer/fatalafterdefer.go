package fatalafterdefer

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/fatal-after-defer",
	Title: "Exit that skips a deferred cleanup",
	Description: `os.Exit ends the process at once, and so does the Fatal of a logger: what is
deferred does not run. Buffers are not flushed, spans and metrics are lost,
temporary files stay, connections break off.

The rule looks at each call that ends the process, in programs of every kind, a
helper of the module that comes down to one included. It is reported if a
deferred call that matters is pending in its function, or in a function between
it and main: one that closes a client or a writer, flushes, syncs, stops, waits,
drains, shuts down, commits, rolls back, or removes a file.

Left alone is what the kernel does for a process that ends: it closes files and
sockets and releases locks. The same holds for the cancelling of contexts, for a
cleanup that is called by hand before the exit, and for a deferred function that
exits itself.`,
	Remedy:   "let the function return an error, and exit in a caller that has nothing deferred: func main() { if err := run(); err != nil { log.Fatal(err) } }",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-9.9", "OPS-9.10"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports exits that skip a deferred cleanup.
var Analyzer = &analysis.Analyzer{
	Name:       "fatalafterdefer",
	Doc:        "report exits that skip a deferred cleanup\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{exits.Analyzer, reach.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Paths)},
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	c := &checker{
		pass:  pass,
		judge: j,
		exits: pass.ResultOf[exits.Analyzer].(*exits.Result),
		graph: pass.ResultOf[reach.Analyzer].(*reach.Result),
		decls: make(map[*types.Func]*ast.FuncDecl),
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil {
				if fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
					c.decls[fn] = d
				}
			}
		}
	}
	for _, file := range pass.Files {
		if !j.Skips(file.Pos()) {
			c.file(file)
		}
	}
	c.paths.prune(pass)
	if c.graph.Main != nil {
		c.program()
	} else if len(c.paths.Funcs) > 0 {
		pass.ExportPackageFact(&c.paths)
	}
	return j.Result(), nil
}

// A checker looks at the functions of one package.
type checker struct {
	pass  *analysis.Pass
	judge *judge.Judge
	exits *exits.Result
	graph *reach.Result
	decls map[*types.Func]*ast.FuncDecl
	paths Paths
}

func (c *checker) file(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if fn, ok := c.pass.TypesInfo.Defs[n.Name].(*types.Func); ok && n.Body != nil {
				c.function(reach.ID(fn), n.Type, n.Body)
			}
		case *ast.FuncLit:
			c.function("", n.Type, n.Body)
		}
		return true
	})
}

// function judges the exits of one function and notes for its callers those
// that skip nothing here; id is empty for a literal.
func (c *checker) function(id string, signature *ast.FuncType, body *ast.BlockStmt) {
	f := c.flow(body)
	paths := Func{ID: id}
	for _, s := range f.steps {
		exit, ends := c.exits.Of(s.call)
		if !ends {
			if callee := c.callee(s.call); callee != "" {
				paths.Calls = append(paths.Calls, Call{Func: callee, Pending: c.sites(f.pending(s))})
			}
			continue
		}
		if exit.Given != nil && c.pass.TypesInfo.Types[exit.Given].IsNil() {
			continue
		}
		c.judge.Examine(s.call)
		if d, ok := c.skipped(f, s, exit); ok {
			c.report(s.call, signature, d)
			continue
		}
		paths.Exits = append(paths.Exits, Exit{
			Text:    text(s.call.Fun),
			Site:    shutdown.SiteOf(c.pass, s.call),
			Cleans:  append(c.cleansBefore(s.call, body.Pos()), exit.Cleans...),
			Flushes: exit.Flushes,
			Returns: returnsError(c.pass.TypesInfo, signature),
		})
	}
	if id != "" && len(paths.Exits)+len(paths.Calls) > 0 {
		c.paths.Funcs = append(c.paths.Funcs, paths)
	}
}

// callee returns the ID of the function of the module that a call calls in its
// own goroutine, empty if it is another.
func (c *checker) callee(call *ast.CallExpr) string {
	fn := exits.Callee(c.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	if fn.Pkg() != c.pass.Pkg && !c.pass.ImportPackageFact(fn.Pkg(), new(Paths)) {
		return ""
	}
	return reach.ID(fn)
}

// skipped returns the first deferred call that an exit skips and that matters.
func (c *checker) skipped(f *flow, s step, exit exits.Exit) (deferred, bool) {
	for _, d := range f.pending(s) {
		if c.done(d, s.call, exit.Cleans) || d.flushes(exit.Flushes) || c.notOpened(d, s.call, exit.Given) {
			continue
		}
		return d, true
	}
	return deferred{}, false
}

func (c *checker) report(call *ast.CallExpr, signature *ast.FuncType, d deferred) {
	c.judge.Report(judge.Finding{
		Range:   call,
		Message: message(text(call.Fun), d.Text, returnsError(c.pass.TypesInfo, signature)),
		Related: []analysis.RelatedInformation{{Pos: d.stmt.Pos(), End: d.stmt.End(), Message: "deferred here"}},
		Detail:  judge.Detail{Key: text(call.Fun) + " " + d.Text},
	})
}

// message says what an exit skips and what to write instead.
func message(exit, skipped string, returns bool) string {
	if returns {
		return exit + " skips the deferred " + skipped + "; return the error instead"
	}
	return exit + " skips the deferred " + skipped + "; move the work into a function that returns an error and exit in its caller"
}

// returnsError reports whether the last result of a function is an error.
func returnsError(info *types.Info, signature *ast.FuncType) bool {
	if signature.Results == nil || len(signature.Results.List) == 0 {
		return false
	}
	last := signature.Results.List[len(signature.Results.List)-1]
	return exits.IsError(info.TypeOf(last.Type))
}
