package policies

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A TestReport is what the unit tests of policies came to, ordered by file and
// line.
type TestReport struct {
	Cases []TestCase
}

// A TestCase is one rule that begins with test_, or one case of a table of them.
type TestCase struct {
	File    string
	Line    int
	Name    string // test_reports_…, or test_reports_…/case
	Passed  bool
	Skipped bool // todo_test_…
	// Detail tells, over several lines, where and why the test failed.
	Detail string
}

// Failed returns how many cases failed.
func (r *TestReport) Failed() int {
	failed := 0
	for i := range r.Cases {
		if !r.Cases[i].Passed && !r.Cases[i].Skipped {
			failed++
		}
	}
	return failed
}

// Test runs the _test.rego files below directories of the user's policies. The
// tests see the library and the parameters' defaults, and have no more rights
// than policies have.
func Test(ctx context.Context, dirs []string) (TestReport, error) {
	all, err := collect(dirs)
	if err != nil {
		return TestReport{}, err
	}
	if err := all.checkCustom(); err != nil {
		return TestReport{}, err
	}
	modules := all.custom()
	for _, dir := range dirs {
		tests, err := readTests(dir)
		if err != nil {
			return TestReport{}, err
		}
		modules = append(modules, tests...)
	}
	return runTests(ctx, all, modules)
}

// readTests reads the _test.rego files below a directory.
func readTests(dir string) ([]*module, error) {
	var tests []*module
	err := walkPolicies(dir, func(files fs.FS, name, shown string) error {
		if !strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		text, err := readPolicy(files, name, shown)
		if err != nil {
			return err
		}
		_, pkg := findBlock(shown, text)
		if !strings.HasPrefix(pkg, "custom.opslint.") {
			return fmt.Errorf("%s:1: package of a test is %q; want one below custom.opslint", shown, pkg)
		}
		tests = append(tests, &module{file: shown, pkg: pkg, text: text})
		return nil
	})
	return tests, err
}

// runTests runs all tests in modules, and those that fail once more to see why.
func runTests(ctx context.Context, all *collection, modules []*module) (TestReport, error) {
	modules, err := parseAll(modules, all.libraries)
	if err != nil {
		return TestReport{}, err
	}
	parsed := make(map[string]*ast.Module, len(modules))
	for _, m := range modules {
		parsed[m.file] = m.tree
	}
	c := &converter{young: map[any]conversion{}}
	base, err := c.plain(newEvaluator(all, Options{}).data)
	if err != nil {
		return TestReport{}, err
	}
	store := inmem.NewFromASTObject(base.Value.(ast.Object))
	results, err := runOnce(ctx, parsed, store, "")
	if err != nil {
		return TestReport{}, err
	}
	var failing []string
	for _, r := range results {
		if r.Fail {
			failing = append(failing, regexp.QuoteMeta(r.Package+"."+r.Name))
		}
	}
	traced := map[string]*tester.Result{}
	if len(failing) > 0 {
		again, err := runOnce(ctx, parsed, store, "^("+strings.Join(failing, "|")+")$")
		if err != nil {
			return TestReport{}, err
		}
		for _, r := range again {
			traced[r.Package+"."+r.Name] = r
		}
	}
	return report(results, traced), ctx.Err()
}

// runOnce runs the tests that match a filter; a filter also turns tracing on.
func runOnce(ctx context.Context, modules map[string]*ast.Module, store storage.Store, filter string) ([]*tester.Result, error) {
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities()).
		WithDefaultRegoVersion(ast.RegoV1).
		WithEnablePrintStatements(true)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	runner := tester.NewRunner().
		SetCompiler(compiler).
		SetStore(store).
		SetModules(maps.Clone(modules)).
		SetTimeout(defaultTimeout).
		CapturePrintOutput(true).
		EnableTracing(filter != "").
		Filter(filter)
	results, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, firstError(err)
	}
	var list []*tester.Result
	for r := range results {
		list = append(list, r)
	}
	return list, nil
}

// report lists the cases in the order of their files.
func report(results []*tester.Result, traced map[string]*tester.Result) TestReport {
	var report TestReport
	for _, r := range results {
		test := TestCase{File: r.Location.File, Line: r.Location.Row, Name: r.Name, Passed: r.Pass(), Skipped: r.Skip}
		if len(r.SubResults) == 0 {
			if !test.Passed && !test.Skipped {
				test.Detail = detail(r, traced[r.Package+"."+r.Name], nil)
			}
			report.Cases = append(report.Cases, test)
			continue
		}
		for path, sub := range r.SubResults.Iter {
			if len(sub.SubResults) > 0 {
				continue
			}
			one := test
			one.Name, one.Passed = r.Name+"/"+strings.Join(path, "/"), !sub.Fail
			if sub.Fail {
				one.Detail = detail(r, traced[r.Package+"."+r.Name], path)
			}
			report.Cases = append(report.Cases, one)
		}
	}
	slices.SortFunc(report.Cases, func(a, b TestCase) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
	return report
}

// detail explains a failure: the error, what the test printed, the expression
// that did not hold and the values in it.
func detail(r, traced *tester.Result, path []string) string {
	var b strings.Builder
	if r.Error != nil {
		fmt.Fprintln(&b, evalMessage(r.Error))
	}
	b.Write(r.Output)
	if traced == nil {
		return strings.TrimRight(b.String(), "\n")
	}
	trace := traced.Trace
	for name, sub := range traced.SubResults.Iter {
		if slices.Equal(name, path) {
			trace = sub.Trace
		}
	}
	for _, e := range slices.Backward(trace) {
		expr, ok := e.Node.(*ast.Expr)
		if !ok || e.Op != topdown.FailOp || e.Location == nil || e.Location.File != r.Location.File {
			continue
		}
		fmt.Fprintf(&b, "%s:%d: does not hold: %s\n", e.Location.File, e.Location.Row, oneLine(string(expr.Location.Text)))
		for _, v := range valuesIn(expr, e) {
			fmt.Fprintf(&b, "    %s\n", v)
		}
		break
	}
	return strings.TrimRight(b.String(), "\n")
}

// valuesIn lists the variables of an expression with their values.
func valuesIn(expr *ast.Expr, e *topdown.Event) []string {
	var list []string
	ast.WalkVars(expr, func(v ast.Var) bool {
		value := e.Locals.Get(v)
		if value == nil {
			return false
		}
		name := "value"
		if meta, ok := e.LocalMetadata[v]; ok && !meta.Name.IsGenerated() {
			name = string(meta.Name)
		}
		list = append(list, name+" = "+value.String())
		return false
	})
	slices.Sort(list)
	return slices.Compact(list)
}
