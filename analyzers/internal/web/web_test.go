package web

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// load analyses the programs of the test data, by the names of their folders.
var load = sync.OnceValue(func() map[string]*Program {
	programs := make(map[string]*Program)
	var mu sync.Mutex
	keep := &analysis.Analyzer{
		Name:     "keep",
		Doc:      "keep",
		Requires: []*analysis.Analyzer{Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			mu.Lock()
			defer mu.Unlock()
			programs[path.Base(pass.Pkg.Path())] = pass.ResultOf[Analyzer].(*Program)
			return nil, nil
		},
	}
	analysistest.Run(failing{}, analysistest.TestData(), keep, "example/...")
	return programs
})

// failing ends the tests if the test data cannot be loaded.
type failing struct{}

func (failing) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func TestRoutes(t *testing.T) {
	want := []string{
		"GET /orders/{id} example/shop/api.Order",
		"POST /api/orders example/shop/api.Create",
		"/live example/shop/api.Health",
		"/ready example/shop/api.Health",
		"/a",
		"/b",
		"/admin/ (tree)",
		"/closure example/shop/api.Order",
		"/ (tree) (*example/shop.dispatch).ServeHTTP",
		"/startup (compared) (*example/shop.dispatch).ServeHTTP",
		"/info (compared) (*example/shop.dispatch).ServeHTTP",
		"/files/ (tree) (compared) (*example/shop.dispatch).ServeHTTP",
		"/admin/users example/shop/api.Order",
		"/v1/items example/shop/api.Order",
		"GET /v1/lists example/shop/api.Create",
		"/table/one",
		"/table/two",
	}
	if diff := cmp.Diff(sorted(want), sorted(spelt(load()["shop"].Routes))); diff != "" {
		t.Errorf("routes (-want +got):\n%s", diff)
	}
	if u := load()["shop"].Unseen; len(u) > 0 {
		t.Errorf("unseen: %v", u)
	}
}

func sorted(list []string) []string {
	m := make(map[string]bool)
	for _, s := range list {
		m[s] = true
	}
	return sortedKeys(m)
}

func spelt(routes []Route) []string {
	var all []string
	for _, r := range routes {
		text := strings.Join(r.Methods, ",") + " " + r.Path
		if r.Tree {
			text += " (tree)"
		}
		if r.Compared {
			text += " (compared)"
		}
		all = append(all, strings.TrimSpace(text+" "+r.Handler))
	}
	return all
}
