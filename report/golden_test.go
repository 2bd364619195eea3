package report

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/finding"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func TestGoldens(t *testing.T) {
	ruleURL := func(id string) string { return "https://opslint.example/rules/" + id }
	clause := func(id string) string { return "What " + id + " demands" }
	clean := &finding.Run{Version: "v1.2.3", Rules: sampleRules(), Inputs: finding.Inputs{Files: 1, Documents: 1, Rules: 8}}
	for _, test := range []struct {
		file, format string
		run          *finding.Run
		options      Options
	}{
		{"text.golden", "text", sampleRun(), Options{}},
		{"text-verbose.golden", "text", sampleRun(), Options{Verbose: true, Display: func(path string) string { return "../" + path }}},
		{"text-quiet.golden", "text", sampleRun(), Options{Quiet: true}},
		{"text-color.golden", "text", sampleRun(), Options{Color: true, Links: true, Root: "/home/jo/my orders", RuleURL: ruleURL}},
		{"text-clean.golden", "text", clean, Options{}},
		{"json.golden", "json", sampleRun(), Options{RuleURL: ruleURL}},
		{"json-verbose.golden", "json", sampleRun(), Options{Verbose: true, Prefix: "services/orders"}},
		{"json-clean.golden", "json", clean, Options{}},
		{"sarif.golden", "sarif", sampleRun(), Options{RuleURL: ruleURL, Clause: clause}},
		{"sarif-all.golden", "sarif", sampleRun(), Options{Prefix: "services/orders", ShowSuppressed: true, ShowUndetermined: true}},
		{"sarif-clean.golden", "sarif", clean, Options{}},
		{"github.golden", "github", sampleRun(), Options{Prefix: "services/orders"}},
		{"github-clean.golden", "github", clean, Options{}},
		{"sarif-category.golden", "sarif", &finding.Run{Version: "v1.2.3"}, Options{Category: "services/orders"}},
		{"gitlab.golden", "gitlab", sampleRun(), Options{Prefix: "services/orders"}},
		{"gitlab-clean.golden", "gitlab", clean, Options{}},
		{"azure.golden", "azure", sampleRun(), Options{Prefix: "services/orders"}},
		{"junit.golden", "junit", sampleRun(), Options{Prefix: "services/orders"}},
		{"junit-clean.golden", "junit", clean, Options{}},
		{"checkstyle.golden", "checkstyle", sampleRun(), Options{Prefix: "services/orders"}},
		{"checkstyle-clean.golden", "checkstyle", clean, Options{}},
		{"rdjson.golden", "rdjson", sampleRun(), Options{RuleURL: ruleURL}},
		{"rdjson-clean.golden", "rdjson", clean, Options{}},
		{"markdown.golden", "markdown", sampleRun(), Options{RuleURL: ruleURL, Prefix: "services/orders", BlobURL: "https://github.com/acme/shop/blob/0123abc"}},
		{"markdown-plain.golden", "markdown", sampleRun(), Options{}},
		{"markdown-clean.golden", "markdown", clean, Options{}},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := render(t, test.format, test.run, test.options)
			for _, secret := range []string{"correct-horse", "hunter2"} {
				if strings.Contains(got, secret) {
					t.Errorf("report holds the secret %q", secret)
				}
			}
			path := filepath.Join("testdata", test.file)
			readable := strings.ReplaceAll(got, "\x1b", "␛")
			if *update {
				if err := os.WriteFile(path, []byte(readable), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), readable); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
		})
	}
}
