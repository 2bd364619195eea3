package policies

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A program is the compiled policies of one family.
type program struct {
	compiler *ast.Compiler
	policies []*policy
	flat     bool // the compiler has the packages under their flat paths

	mu      sync.Mutex
	kinds   map[string]*query // by kind of document
	queries map[string]*query // by the IDs of the rules in it
}

// A query asks several policies at once about one document: it binds an object
// from rule ID to entry point to the set that the entry point yields.
type query struct {
	body     ast.Body
	policies []*policy
}

const resultVar = ast.Var("result")

// entryPoints are the names that the engine asks for. Each is a set.
var entryPoints = []string{"subject", "deny", "undetermined"}

// compile builds a program of policies and what they need of the libraries. It
// leaves out what only checks them: a test compiles the embedded policies in
// full, and [New] the user's.
func compile(policies []*policy, libraries map[string]*module) (*program, error) {
	modules := make([]*module, 0, len(policies)+len(libraries))
	for _, p := range policies {
		modules = append(modules, p.module)
	}
	modules, err := parseAll(modules, libraries)
	if err != nil {
		return nil, err
	}
	trees, flat := flatten(modules)
	compiler, err := compileModules(trees, ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides,
		ast.StageCheckDuplicateImports, ast.StageCheckVoidCalls, ast.StageParseMetadataBlocks,
		ast.StageSetAnnotationSet, ast.StageRewriteRegoMetadataCalls, ast.StageSetGraph,
		ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckSafetyRuleHeads,
		ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageBuildRequiredCapabilities)
	if err != nil {
		return nil, err
	}
	return &program{
		compiler: compiler,
		policies: policies,
		flat:     flat,
		kinds:    map[string]*query{},
		queries:  map[string]*query{},
	}, nil
}

// treesOf returns the trees of parsed modules by file.
func treesOf(modules []*module) map[string]*ast.Module {
	trees := make(map[string]*ast.Module, len(modules))
	for _, m := range modules {
		trees[m.file] = m.tree
	}
	return trees
}

// compileModules compiles modules without some of the compiler's stages.
func compileModules(trees map[string]*ast.Module, without ...ast.StageID) (*ast.Compiler, error) {
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities()).
		WithDefaultRegoVersion(ast.RegoV1).
		WithSkipStages(without...)
	if compiler.Compile(trees); compiler.Failed() {
		return nil, firstError(compiler.Errors)
	}
	return compiler, nil
}

// parseAll parses modules, several at a time, and the libraries that they
// refer to, directly or through other libraries.
func parseAll(modules []*module, libraries map[string]*module) ([]*module, error) {
	seen := map[*module]bool{}
	for from := 0; from < len(modules); {
		batch := modules[from:]
		from = len(modules)
		var workers sync.WaitGroup
		var next atomic.Int64
		for range min(runtime.GOMAXPROCS(0), len(batch)) {
			workers.Go(func() {
				for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
					batch[i].parse()
				}
			})
		}
		workers.Wait()
		for _, m := range batch {
			if m.err != nil {
				return nil, m.err
			}
			for _, library := range m.mentioned(libraries) {
				if !seen[library] {
					seen[library] = true
					modules = append(modules, library)
				}
			}
		}
	}
	return modules, nil
}

// mentioned returns the libraries whose packages the text of a module names.
func (m *module) mentioned(libraries map[string]*module) []*module {
	var found []*module
	for rest := m.text; ; {
		at := strings.Index(rest, "opslint.lib.")
		if at < 0 {
			return found
		}
		name := rest[at+len("opslint.lib."):]
		if end := strings.IndexFunc(name, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }); end >= 0 {
			name = name[:end]
		}
		for _, pkg := range []string{"opslint.lib." + name, customLibrary + name} {
			if library := libraries[pkg]; library != nil && library != m {
				found = append(found, library)
			}
		}
		rest = rest[at+len("opslint.lib."):]
	}
}

// dispatch returns the query for a kind of document.
func (p *program) dispatch(kind string) *query {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := p.kinds[kind]
	if q == nil {
		var asked []*policy
		for _, candidate := range p.policies {
			if slices.Contains(candidate.rule.Kinds, kind) || slices.Contains(candidate.rule.Kinds, "*") {
				asked = append(asked, candidate)
			}
		}
		q = p.newQuery(asked)
		p.kinds[kind] = q
	}
	return q
}

// query returns a query that asks just these policies.
func (p *program) query(policies ...*policy) *query {
	var key strings.Builder
	for _, asked := range policies {
		key.WriteString(asked.rule.ID)
		key.WriteByte(' ')
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	q := p.queries[key.String()]
	if q == nil {
		q = p.newQuery(policies)
		p.queries[key.String()] = q
	}
	return q
}

// without returns a query that leaves some of the policies out.
func (p *program) without(q *query, out func(*policy) bool) *query {
	if !slices.ContainsFunc(q.policies, out) {
		return q
	}
	return p.query(slices.DeleteFunc(slices.Clone(q.policies), out)...)
}

// newQuery writes the query as OPA's compiler would leave it, which saves
// compiling it.
func (p *program) newQuery(policies []*policy) *query {
	var body ast.Body
	object := ast.NewObjectWithCapacity(len(policies))
	for _, asked := range policies {
		answer, path := ast.NewObject(), asked.tree.Package.Path
		if p.flat {
			path = flatPath(path)
		}
		for _, name := range entryPoints {
			if !asked.has(name) {
				continue
			}
			set := ast.VarTerm(fmt.Sprintf("set%d", len(body)))
			body.Append(ast.Equality.Expr(set, ast.NewTerm(path.Append(ast.StringTerm(name)))))
			answer.Insert(ast.StringTerm(name), set)
		}
		object.Insert(ast.StringTerm(asked.rule.ID), ast.NewTerm(answer))
	}
	body.Append(ast.Equality.Expr(ast.NewTerm(resultVar), ast.NewTerm(object)))
	return &query{body: body, policies: policies}
}

// has reports whether a parsed policy defines an entry point.
func (p *policy) has(name string) bool {
	return slices.ContainsFunc(p.tree.Rules, func(r *ast.Rule) bool { return string(r.Head.Name) == name })
}

// parse reads the module with OPA's parser, once.
func (m *module) parse() (*ast.Module, error) {
	m.once.Do(func() {
		m.tree, m.err = ast.ParseModuleWithOpts(m.file, m.text, ast.ParserOptions{
			Capabilities: capabilities(),
			RegoVersion:  ast.RegoV1,
		})
		switch {
		case m.err != nil:
			m.err = firstError(m.err)
		case m.tree.Package.Path.String() != "data."+m.pkg:
			// The place of a module was judged by the clause as text.
			m.err = fmt.Errorf("%s:%d: write the package as a plain path on one line", m.file, m.tree.Package.Location.Row)
		default:
			m.tree.Comments = nil // the compiler would copy them
		}
	})
	return m.tree, m.err
}

// firstError puts OPA's complaint on one line that begins with file:line.
func firstError(err error) error {
	list, ok := err.(ast.Errors)
	if !ok || len(list) == 0 {
		return errors.New(oneLine(err.Error()))
	}
	first := slices.MinFunc(list, func(a, b *ast.Error) int {
		if a.Location != nil && b.Location != nil {
			return a.Location.Compare(b.Location)
		}
		return 0
	})
	message := oneLine(first.Message)
	if name, ok := strings.CutPrefix(message, "undefined function "); ok && ast.BuiltinMap[name] != nil {
		message = "policies may not call " + name
	}
	if first.Location == nil {
		return errors.New(message)
	}
	return fmt.Errorf("%s:%d: %s", first.Location.File, first.Location.Row, message)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
