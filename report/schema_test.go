package report

import (
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/opslint/opslint/internal/finding"
)

// TestOutputFollowsSchema validates what the machine formats write, for every
// option that changes their shape.
func TestOutputFollowsSchema(t *testing.T) {
	schemas := map[string]string{
		"json":  filepath.Join("schema", "report.schema.json"),
		"sarif": filepath.Join("testdata", "sarif-2.1.0.schema.json"),
	}
	runs := map[string]*finding.Run{"sample": sampleRun(), "empty": {}, "clean": {Rules: sampleRules()}}
	options := []Options{
		{},
		{Verbose: true, Prefix: "a b/c:d", RuleURL: func(id string) string { return "https://opslint.example/" + id }},
		{ShowSuppressed: true, ShowUndetermined: true, Category: "orders", Clause: func(id string) string { return "text of " + id }},
	}
	for format, file := range schemas {
		schema := jsonschema.NewCompiler().MustCompile(file)
		for name, run := range runs {
			for _, o := range options {
				output := render(t, format, run, o)
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(output))
				if err != nil {
					t.Fatalf("%s of %s run: %v", format, name, err)
				}
				if err := schema.Validate(value); err != nil {
					t.Errorf("%s of %s run with %+v: %v", format, name, o, err)
				}
			}
		}
	}
}

// TestSARIFTakenByCodeHosts checks what the schema allows but GitHub rejects or
// shows wrongly.
func TestSARIFTakenByCodeHosts(t *testing.T) {
	for _, o := range []Options{{}, {ShowSuppressed: true, ShowUndetermined: true}} {
		var log map[string]any
		if err := json.Unmarshal([]byte(render(t, "sarif", sampleRun(), o)), &log); err != nil {
			t.Fatal(err)
		}
		walk(t, "", log)
		run := log["runs"].([]any)[0].(map[string]any)
		rules := run["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any)
		for _, r := range run["results"].([]any) {
			result := r.(map[string]any)
			if locations, _ := result["locations"].([]any); len(locations) != 1 {
				t.Errorf("result without a place: %v", result)
			}
			if kind, ok := result["kind"]; ok && (!o.ShowUndetermined || kind != "open") {
				t.Errorf("result of kind %v", kind)
			}
			if _, ok := result["suppressions"]; ok && !o.ShowSuppressed {
				t.Errorf("suppressed result that nobody asked for: %v", result)
			}
			rule := rules[int(result["ruleIndex"].(float64))].(map[string]any)
			if rule["id"] != result["ruleId"] {
				t.Errorf("ruleIndex of %v points at %v", result["ruleId"], rule["id"])
			}
		}
		for _, r := range rules {
			rule := r.(map[string]any)
			for _, key := range []string{"shortDescription", "fullDescription", "help"} {
				text, _ := rule[key].(map[string]any)["text"].(string)
				if text == "" || key != "help" && len(text) > 1024 {
					t.Errorf("%v: %s is %q", rule["id"], key, text)
				}
			}
		}
	}
}

// walk fails the test on what go-sarif writes for things that nobody set.
func walk(t *testing.T, path string, v any) {
	switch v := v.(type) {
	case nil:
		t.Errorf("%s is null", path)
	case float64:
		if v < 0 || v != math.Trunc(v) {
			t.Errorf("%s is %v", path, v)
		}
	case []any:
		if len(v) == 0 {
			t.Errorf("%s is empty", path)
		}
		for _, item := range v {
			walk(t, path+"[]", item)
		}
	case map[string]any:
		for key, value := range v {
			walk(t, path+"."+key, value)
		}
	}
}
