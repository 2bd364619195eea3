package report

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// limited writes a run within limits and returns it with the parts that the
// tests look at.
func limited(t *testing.T, run *finding.Run, o Options, most sarifLimits) (string, []sarifResult, []string) {
	t.Helper()
	var b strings.Builder
	if err := writeSARIF(&b, run, &o, most); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results     []sarifResult
			Invocations []struct {
				Notifications []struct {
					Message    sarifMessage
					Descriptor struct{ ID string }
				} `json:"toolExecutionNotifications"`
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, n := range log.Runs[0].Invocations[0].Notifications {
		if n.Descriptor.ID == leftOut {
			said = append(said, n.Message.Text)
		}
	}
	return b.String(), log.Runs[0].Results, said
}

// mixedRun has findings of every severity by turns, with texts that hardly
// compress.
func mixedRun(n int) *finding.Run {
	run := largeRun(n, 5, 10)
	for i := range run.Findings {
		sum := sha256.Sum256(fmt.Append(nil, i))
		run.Findings[i].Severity = rule.Note + rule.Severity(i%3)
		run.Findings[i].Message = hex.EncodeToString(sum[:])
	}
	run.Notices = []finding.Notice{{Location: at("charts/orders/broken.yaml", "}"), Message: "unreadable", Incomplete: true}}
	run.Sort()
	return run
}

func TestSARIFKeepsErrorsWhereThereAreTooManyResults(t *testing.T) {
	run := mixedRun(300)
	output, results, said := limited(t, run, Options{}, sarifLimits{results: 150, bytes: 1 << 30})
	levels := map[string]int{}
	for _, r := range results[1:] {
		levels[r.Level]++
	}
	if len(results) != 150 || levels["error"] != 100 || levels["warning"] != 49 || results[0].RuleID != leftOut {
		t.Errorf("%d results by level %v, the first of %s", len(results), levels, results[0].RuleID)
	}
	const want = "152 results are left out of this report (52 warnings, 100 notes): "
	if len(said) != 1 || !strings.HasPrefix(said[0], want) || results[0].Message.Text != said[0] {
		t.Errorf("report says %q, want %q", said, want)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(output))
	if err != nil {
		t.Fatal(err)
	}
	if err := jsonschema.NewCompiler().MustCompile("testdata/sarif-2.1.0.schema.json").Validate(value); err != nil {
		t.Error(err)
	}
}

func TestSARIFKeepsErrorsWhereTheFileIsTooLarge(t *testing.T) {
	run := mixedRun(3000)
	const most = 150_000
	output, results, said := limited(t, run, Options{}, sarifLimits{results: 25_000, bytes: most})
	var size meter
	size.most = most * 21 / 20 // what codeHost keeps free
	z := gzip.NewWriter(&size)
	if _, err := z.Write([]byte(output)); err != nil {
		t.Errorf("%d results are too large, compressed", len(results))
	}
	if err := z.Close(); err != nil {
		t.Errorf("%d results are too large, compressed: %d bytes", len(results), size.n)
	}
	if size.n < most/2 || len(said) != 1 {
		t.Errorf("%d bytes of %d are used, and the report says %q", size.n, most, said)
	}
	worse := "error"
	for _, r := range results[1:] {
		if r.Level == "error" && worse != "error" {
			t.Fatalf("an error stands behind a %s", worse)
		}
		worse = r.Level
	}
}

func TestSARIFThatFitsIsInOrderOfPlaces(t *testing.T) {
	run := mixedRun(300)
	plain, _, said := limited(t, run, Options{}, codeHost)
	compressed, _, _ := limited(t, run, Options{}, sarifLimits{results: 301, bytes: len(plain) / 2})
	whole, results, _ := limited(t, run, Options{NoLimits: true}, sarifLimits{results: 1, bytes: 1})
	if plain != whole || plain != compressed || len(said) > 0 || len(results) != 301 {
		t.Errorf("reports of %d results differ although nothing has to be left out: %q", len(results), said)
	}
}

func TestSARIFCategoryEndsInOneSlash(t *testing.T) {
	for _, category := range []string{"orders", "orders/"} {
		got := render(t, "sarif", &finding.Run{}, Options{Category: category})
		if !strings.Contains(got, `"id": "orders/"`) {
			t.Errorf("category %q became\n%s", category, got)
		}
	}
	if got := render(t, "sarif", &finding.Run{}, Options{}); strings.Contains(got, "automationDetails") {
		t.Error("a category that nobody asked for would override the one of the upload")
	}
}
