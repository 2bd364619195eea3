package secretinlog

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/secret-in-log",
	Title: "Secret written to a log",
	Description: `Logs are shipped, indexed and read by many people and machines; a password, token or
key in one of them is given away and has to be changed.

A value counts as a secret by its name (` + "`password`, `apiKey`, `clientSecret`" + `; never part of a word), by the tag
of its field, by its type (` + "`http.Header`, `http.Cookie`" + `, a private key) or by where it was read (a header
such as Authorization, an environment variable, a form value). A struct that is logged whole counts if the
formatter in use would print such a field: ` + "`%+v`" + ` of a configuration, or a structured attribute as JSON.

Hashes, lengths, comparisons, constants and a few leading or trailing characters are harmless, and so are
values whose type hides itself from that formatter. Base64, quoting and encryption in reverse are not.
Programs that are no services may print what they like to the standard streams.`,
	Remedy:   "drop the value, log an identifier of it, or give its type a LogValue or MarshalJSON method that hides it",
	Severity: rule.Error,
	Clauses:  []string{"OPS-11.4"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "words", Type: rule.TypeStrings, Default: []any{}, Description: "further nouns, of one or several words, that name a secret"},
		{Name: "allow", Type: rule.TypeStrings, Default: []any{}, Description: "names of variables, fields and keys that are harmless"},
		{Name: "visible", Type: rule.TypeNumber, Default: 4.0, Description: "how many leading or trailing characters of a secret may be shown"},
	},
	Example: judge.Example(example),
}

// Analyzer reports secrets in logs.
var Analyzer = newAnalyzer()

var (
	words, allow judge.Strings
	visible      float64
)

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "secretinlog",
		Doc:        "report secrets that are written to a log\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Var(&words, "words", Rule.Parameters[0].Description)
	a.Flags.Var(&allow, "allow", Rule.Parameters[1].Description)
	a.Flags.Float64Var(&visible, "visible", 4, Rule.Parameters[2].Description)
	return a
}

// A checker examines one package.
type checker struct {
	pass       *analysis.Pass
	judge      *judge.Judge
	index      *index
	vocabulary *sensitive.Vocabulary
	walker     *sensitive.Walker
	visible    int64
	harmless   map[types.Object]bool // declared so by a comment

	graph      *reach.Result
	serving    map[*reach.Node]bool // what a service runs
	kubernetes bool                 // "secret" may be an object
	lexical    bool                 // "token" may be a word

	steps      int
	evals      int
	open       map[ast.Expr]bool
	results    map[resultKey]value
	returning  map[resultKey]bool
	redacting  map[*types.Func]bool
	forwarders map[*ast.FuncDecl]*logapi.Func
	reported   map[reported]bool
}

type reported struct {
	pos  token.Pos
	text string
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	if !judge.Own(pass) || !logapi.Imports(pass.Pkg) && !usesPrint(pass) {
		return j.Result(), nil
	}
	c := &checker{
		pass:       pass,
		judge:      j,
		index:      newIndex(pass, graph.Parents()),
		vocabulary: &sensitive.Vocabulary{Heads: words, Allowed: allow},
		visible:    int64(visible),
		graph:      graph,
		serving:    graph.Reached(pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)),
		open:       make(map[ast.Expr]bool),
		results:    make(map[resultKey]value),
		returning:  make(map[resultKey]bool),
		redacting:  make(map[*types.Func]bool),
		forwarders: make(map[*ast.FuncDecl]*logapi.Func),
		reported:   make(map[reported]bool),
	}
	c.declarations()
	c.walker = &sensitive.Walker{Vocabulary: c.vocabulary, Redacts: c.redacts, Safe: c.safe}
	for _, file := range pass.Files {
		if j.Skips(file.Package) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				c.visit(call)
			}
			return true
		})
	}
	return j.Result(), nil
}

// usesPrint reports whether the package calls a builtin that prints.
func usesPrint(pass *analysis.Pass) bool {
	print, println, stop := types.Universe.Lookup("print"), types.Universe.Lookup("println"), types.Universe.Lookup("panic")
	for _, obj := range pass.TypesInfo.Uses {
		if obj == print || obj == println || obj == stop {
			return true
		}
	}
	return false
}

// declarations notes what the package's imports and comments say.
func (c *checker) declarations() {
	for _, imported := range c.pass.Pkg.Imports() {
		c.kubernetes = c.kubernetes || strings.HasPrefix(imported.Path(), "k8s.io/") && !strings.HasPrefix(imported.Path(), "k8s.io/klog")
	}
	c.lexical = sensitive.Lexical(c.pass.Pkg)
	c.harmless = make(map[types.Object]bool)
	for _, file := range c.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				if declaredSafe(n.Doc) || declaredSafe(n.Comment) {
					for _, name := range n.Names {
						c.harmless[c.pass.TypesInfo.Defs[name]] = true
					}
				}
			case *ast.GenDecl:
				c.safeTypes(n)
			case *ast.BlockStmt:
				return false
			}
			return true
		})
	}
}

func (c *checker) safeTypes(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if ok && (declaredSafe(t.Doc) || declaredSafe(t.Comment) || len(decl.Specs) == 1 && declaredSafe(decl.Doc)) {
			c.harmless[c.pass.TypesInfo.Defs[t.Name]] = true
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

func (c *checker) safe(obj types.Object) bool {
	if c.harmless[obj] {
		return true
	}
	v, ok := obj.(*types.Var)
	if !ok {
		return false
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	return ok && c.harmless[named.Obj()]
}
