package policies

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/opslint/opslint/internal/document"
)

// A program is the compiled policies of one family.
type program struct {
	compiler *ast.Compiler
	policies []*policy
	// reads says which top-level keys of data the policies mention; nil for all.
	reads map[string]bool

	mu      sync.Mutex
	kinds   map[string][]*policy // dispatch, by kind of document
	queries map[string]*query    // by kind, or by the IDs of the rules in it
}

// A query asks several policies at once about one document: it binds an object
// from rule ID to entry point to the set that the entry point yields.
type query struct {
	compiler ast.QueryCompiler
	body     ast.Body
	policies []*policy
}

const resultVar = ast.Var("result")

// entryPoints are the names that the engine asks for. Each is a set.
var entryPoints = []string{"subject", "deny", "undetermined"}

// compile builds a program of policies and what they need of the libraries.
func compile(policies []*policy, libraries map[string]*module) (*program, error) {
	modules := make([]*module, 0, len(policies)+len(libraries))
	for _, p := range policies {
		modules = append(modules, p.module)
	}
	modules = withLibraries(modules, libraries)
	compiler, err := compileModules(modules)
	if err != nil {
		return nil, err
	}
	return &program{
		compiler: compiler,
		policies: policies,
		reads:    dataKeys(modules),
		kinds:    map[string][]*policy{},
		queries:  map[string]*query{},
	}, nil
}

func compileModules(modules []*module) (*ast.Compiler, error) {
	parsed := make(map[string]*ast.Module, len(modules))
	for _, m := range modules {
		tree, err := m.parse()
		if err != nil {
			return nil, err
		}
		parsed[m.file] = tree
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1)
	if compiler.Compile(parsed); compiler.Failed() {
		return nil, firstError(compiler.Errors)
	}
	return compiler, nil
}

var libraryPattern = regexp.MustCompile(`\bdata\.((?:custom\.)?opslint\.lib\.[A-Za-z0-9_]+)`)

// withLibraries appends the libraries that modules mention, directly or through
// other libraries.
func withLibraries(modules []*module, libraries map[string]*module) []*module {
	seen := map[string]bool{}
	for i := 0; i < len(modules); i++ {
		for _, match := range libraryPattern.FindAllStringSubmatch(modules[i].text, -1) {
			if library := libraries[match[1]]; library != nil && !seen[match[1]] {
				seen[match[1]] = true
				modules = append(modules, library)
			}
		}
	}
	return modules
}

// dataKeys returns the top-level keys of data that modules mention, so that
// nothing else need be converted; nil if one takes data in another way.
func dataKeys(modules []*module) map[string]bool {
	keys, whole := map[string]bool{}, false
	var visitor *ast.GenericVisitor
	visitor = ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case ast.Ref:
			if len(x) > 1 && x[0].Equal(ast.DefaultRootDocument) {
				key, ok := x[1].Value.(ast.String)
				keys[string(key)] = true
				whole = whole || !ok
				for _, step := range x[2:] {
					visitor.Walk(step)
				}
				return true
			}
		case ast.Var:
			whole = whole || x == ast.DefaultRootDocument.Value
		}
		return whole
	})
	for _, m := range modules {
		visitor.Walk(m.tree)
	}
	if whole {
		return nil
	}
	return keys
}

// dispatch returns the policies for a kind of document.
func (p *program) dispatch(kind string) []*policy {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := p.kinds[kind]
	if !ok {
		for _, candidate := range p.policies {
			if slices.Contains(candidate.rule.Kinds, kind) || slices.Contains(candidate.rule.Kinds, "*") {
				found = append(found, candidate)
			}
		}
		p.kinds[kind] = found
	}
	return found
}

// query returns the compiled query that asks some policies.
func (p *program) query(policies []*policy) (*query, error) {
	var key strings.Builder
	for _, asked := range policies {
		key.WriteString(asked.rule.ID)
		key.WriteByte(' ')
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if q := p.queries[key.String()]; q != nil {
		return q, nil
	}
	object := ast.NewObjectWithCapacity(len(policies))
	for _, asked := range policies {
		object.Insert(ast.StringTerm(asked.rule.ID), asked.question())
	}
	qc := p.compiler.QueryCompiler()
	body, err := qc.Compile(ast.NewBody(ast.Equality.Expr(ast.NewTerm(resultVar), ast.NewTerm(object))))
	if err != nil {
		return nil, fmt.Errorf("compile query: %w", err)
	}
	q := &query{compiler: qc, body: body, policies: policies}
	p.queries[key.String()] = q
	return q, nil
}

// question is the object of the entry points that a policy has.
func (p *policy) question() *ast.Term {
	tree, _ := p.parse() // it compiled
	object := ast.NewObject()
	for _, name := range entryPoints {
		if slices.ContainsFunc(tree.Rules, func(r *ast.Rule) bool { return string(r.Head.Name) == name }) {
			object.Insert(ast.StringTerm(name), ast.NewTerm(tree.Package.Path.Append(ast.StringTerm(name))))
		}
	}
	return ast.NewTerm(object)
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
		}
	})
	return m.tree, m.err
}

// firstError puts OPA's complaint on one line that begins with file:line.
func firstError(err error) error {
	list, ok := err.(ast.Errors)
	if !ok || len(list) == 0 {
		return fmt.Errorf("%s", oneLine(err.Error()))
	}
	first := slices.MinFunc(list, func(a, b *ast.Error) int {
		if a.Location != nil && b.Location != nil {
			return a.Location.Compare(b.Location)
		}
		return 0
	})
	if first.Location == nil {
		return fmt.Errorf("%s", oneLine(first.Message))
	}
	return fmt.Errorf("%s:%d: %s", first.Location.File, first.Location.Row, oneLine(first.Message))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// applies reports whether the program judges a document at all.
func (p *program) applies(d *document.Document) bool { return len(p.dispatch(d.Kind)) > 0 }
