package serving

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestPrograms(t *testing.T) {
	tests := []struct {
		program         string
		service, hosted bool
	}{
		{"listens", true, false},
		{"worker", true, false},
		{"accepts", true, false},
		{"tool", false, false},
		{"hosted", false, true},
		{"indirect/cmd", true, false},
		{"commands", true, false},
	}
	for _, test := range tests {
		t.Run(test.program, func(t *testing.T) {
			for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "example/"+test.program) {
				r := result.Result.(*Result)
				if r.Service != test.service || r.Hosted != test.hosted {
					t.Errorf("service %t, hosted %t, want %t, %t", r.Service, r.Hosted, test.service, test.hosted)
				}
			}
		})
	}
}

func TestReachedLeavesOutCommandsThatDoNotServe(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "example/commands") {
		reached := map[string]bool{}
		for _, n := range result.Result.(*Result).Reached() {
			if n.Fn != nil {
				reached[n.Fn.Name()] = true
			}
		}
		for name, want := range map[string]bool{"main": true, "serve": true, "handle": true, "list": false, "off": false, "unused": false} {
			if reached[name] != want {
				t.Errorf("%s: reached %t, want %t", name, reached[name], want)
			}
		}
	}
}
