package missingbusinessmetric

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "bad/...", "good/...")
}

// A service may name the metric that counts, or have no users of its own.
func TestParameters(t *testing.T) {
	for flag, values := range map[string][2]string{"business_metrics": {"orders_http_requests_total", ""}, "business": {"false", "true"}} {
		if err := Analyzer.Flags.Set(flag, values[0]); err != nil {
			t.Fatal(err)
		}
		results := analysistest.Run(silent{t}, analysistest.TestData(), Analyzer, "bad/...")
		if err := Analyzer.Flags.Set(flag, values[1]); err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if len(r.Diagnostics) > 0 {
				t.Errorf("%s=%s: %v", flag, values[0], r.Diagnostics)
			}
		}
	}
}

// silent passes over the findings that are wanted with other parameters.
type silent struct{ *testing.T }

func (silent) Errorf(string, ...any) {}

func TestTechnical(t *testing.T) {
	for name, want := range map[string]bool{
		"http_requests_total": true, "podinfo_http_request_duration_seconds": true, "go_goroutines": true, "db_query_errors_total": true,
		"cache_hits_total": true, "requests_total": true, "grpc.server.call.duration": true, "build_info": true, "app_up": true,
		"orders_placed_total": false, "checkout_completed_total": false, "signups_total": false, "payment_failures_total": false,
		"messages_sent_total": false,
	} {
		if got := technical(name); got != want {
			t.Errorf("technical(%q) = %t", name, got)
		}
	}
}
