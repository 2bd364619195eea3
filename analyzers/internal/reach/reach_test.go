package reach

import (
	"go/ast"
	"path"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A judged is what both analyzers together say of a program.
type judged struct {
	result  *Result
	program *shutdown.Program
}

// load analyses the programs of the test data, by the names of their folders.
var load = sync.OnceValue(func() map[string]judged {
	var mu sync.Mutex
	programs := make(map[string]judged)
	both := &analysis.Analyzer{
		Name:     "both",
		Doc:      "both",
		Requires: []*analysis.Analyzer{Analyzer, shutdown.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			mu.Lock()
			defer mu.Unlock()
			programs[path.Base(pass.Pkg.Path())] = judged{pass.ResultOf[Analyzer].(*Result), pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)}
			return nil, nil
		},
	}
	analysistest.Run(failing{}, analysistest.TestData(), both, "example/...")
	return programs
})

// failing ends the tests if the test data cannot be loaded.
type failing struct{}

func (failing) Errorf(format string, args ...any) { panic(format) }

func TestPrograms(t *testing.T) {
	for program, service := range map[string]bool{
		"listens":  true,
		"worker":   true,
		"accepts":  true,
		"tool":     false,
		"bench":    false,
		"hosted":   true,
		"indirect": true,
		"commands": true,
		"branches": true,
		"manual":   false,
		"scaffold": false,
		"stopped":  true,
		"drained":  false,
		"spread":   true,
	} {
		if got := load()[program].program.Serves(); got != service {
			t.Errorf("%s serves: %t, want %t", program, got, service)
		}
	}
}

func TestReachedLeavesOutWhatDoesNotServe(t *testing.T) {
	for program, functions := range map[string]map[string]bool{
		"commands": {
			"main": true, "serve": true, "handle": true, "work": true, "worker": true, "list": false, "off": false,
			"unused": false, "bench": false, "measure": false, "assigned": false, "made": false, "tell": false, "wrapped": false,
			"refuse": false,
		},
		"branches": {
			"main": true, "serve": true, "trace": true, "setUp": true, "prepare": true, "work": true,
			"usage": false, "health": false, "migrate": false, "once": false, "fall": false, "version": false,
		},
	} {
		p := load()[program]
		reached := map[string]bool{}
		for n := range p.result.Reached(p.program) {
			if decl, ok := n.Syntax.(*ast.FuncDecl); ok {
				reached[decl.Name.Name] = true
			}
		}
		for name, want := range functions {
			if reached[name] != want {
				t.Errorf("%s: %s: reached %t, want %t", program, name, reached[name], want)
			}
		}
	}
}

// What lies in other packages is reached through interfaces: of types that the
// program makes, if they have all methods.
func TestServingAcrossPackages(t *testing.T) {
	spread := load()["spread"]
	serving := spread.result.Serving(spread.program)
	for id, want := range map[string]bool{
		"(*example/spread/api.orders).ServeHTTP":    true,
		"(*example/spread/api.orders).load":         true,
		"(*example/spread/store.Memory).Load":       true,
		"example/spread/store.find":                 true,
		"(example/spread/jobs.sweep).Do":            true,
		"example/spread/jobs.clean":                 true,
		"(*example/spread/api.forgotten).ServeHTTP": false,
		"(*example/spread/api.forgotten).answer":    false,
		"example/spread/store.read":                 false,
		"example/spread/jobs.rest":                  false,
	} {
		if serving[id] != want {
			t.Errorf("%s: serving %t, want %t", id, serving[id], want)
		}
	}
}

func TestToolsReachNothing(t *testing.T) {
	bench := load()["bench"]
	if reached := bench.result.Reached(bench.program); len(reached) > 0 {
		t.Errorf("%d functions are part of a service", len(reached))
	}
}
