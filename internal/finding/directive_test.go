package finding_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

var directiveRules = []*rule.Rule{
	{ID: "kubernetes/single-replica", Clauses: []string{"OPS-3.1", "OPS-SCL.2"}},
	{ID: "kubernetes/missing-autoscaler", Clauses: []string{"OPS-SCL.1"}, Aliases: []string{"kubernetes/no-autoscaler"}},
	{ID: "dockerfile/missing-exec", Clauses: []string{"OPS-9.3"}},
}

// manifest has the findings' values on lines 4 and 6.
const manifest = `%s
kind: Deployment
metadata: %s
  name: orders
spec: %s
  replicas: 1
`

func TestSuppress(t *testing.T) {
	tests := map[string]struct {
		head, metadata, spec string // comments; metadata and spec stand at the end of their lines
		want                 []string
		notices              []string
	}{
		"nothing":                  {want: []string{"single-replica 6", "missing-autoscaler 4"}},
		"file":                     {head: "opslint:ignore-file kubernetes/*: third party", want: nil},
		"file, by clause":          {head: "opslint:ignore-file OPS-SCL.2: third party", want: []string{"missing-autoscaler 4"}},
		"file, family of others":   {head: "opslint:ignore-file dockerfile/*: third party", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{"1: directive suppresses nothing: remove it (dockerfile/*)"}},
		"block":                    {head: "opslint:ignore kubernetes/single-replica: one writer", want: []string{"missing-autoscaler 4"}},
		"former ID, two at a time": {head: "opslint:ignore kubernetes/no-autoscaler, kubernetes/single-replica until 2026-12-31: moving", want: nil},
		"last day":                 {head: "opslint:ignore kubernetes/* until 2026-11-24: moving", want: nil},
		"expired":                  {head: "opslint:ignore kubernetes/* until 2026-11-23: moving", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{"1: directive expired on 2026-11-23 and no longer suppresses anything"}},
		"no such day":              {head: "opslint:ignore kubernetes/* until 2026-02-30: moving", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{"1: directive names no day of the calendar: 2026-02-30"}},
		"no reason":                {head: "opslint:ignore kubernetes/*", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{`1: directive without a reason does not suppress anything: write "opslint:ignore RULE: reason"`}},
		"empty reason":             {head: "opslint:ignore kubernetes/*:  ", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{`1: directive without a reason does not suppress anything: write "opslint:ignore RULE: reason"`}},
		"misspelt rule":            {head: "opslint:ignore kubernetes/single-replicas: x", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{`1: directive names no rule, family or clause: kubernetes/single-replicas (did you mean "kubernetes/single-replica"?)`}},
		"file below the head":      {spec: "opslint:ignore-file kubernetes/*: x", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{"5: opslint:ignore-file stands below the first content of the file: move it to the top, or use opslint:ignore"}},
		"end of another line":      {metadata: "opslint:ignore kubernetes/*: x", want: []string{"single-replica 6", "missing-autoscaler 4"}, notices: []string{"3: directive suppresses nothing: remove it (kubernetes/*)"}},
		"prose":                    {head: "see opslint:ignore in the manual", want: []string{"single-replica 6", "missing-autoscaler 4"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file, comments := commented(test.head, test.metadata, test.spec)
			findings := []finding.Finding{
				at(file, "kubernetes/single-replica", "1"),
				at(file, "kubernetes/missing-autoscaler", "orders"),
			}
			notices := finding.Suppress(findings, []*document.Artifact{{File: file, Comments: comments}}, directiveRules,
				func(string) bool { return true }, time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC))
			var open, said []string
			for _, f := range findings {
				if f.Suppressed == nil {
					open = append(open, strings.TrimPrefix(f.Rule, "kubernetes/")+" "+string(rune('0'+f.Location.Start().Line)))
				}
			}
			for _, n := range notices {
				said = append(said, string(rune('0'+n.Location.Start().Line))+": "+n.Message)
			}
			if diff := cmp.Diff(test.want, open); diff != "" {
				t.Errorf("open findings (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(test.notices, said); diff != "" {
				t.Errorf("notices (-want +got)\n%s", diff)
			}
		})
	}
}

func TestUnusedDirectiveOfARuleThatDidNotRunIsNoTrouble(t *testing.T) {
	file, comments := commented("opslint:ignore dockerfile/missing-exec: x", "", "")
	notices := finding.Suppress(nil, []*document.Artifact{{File: file, Comments: comments}}, directiveRules,
		func(id string) bool { return id != "dockerfile/missing-exec" }, time.Now())
	if len(notices) != 0 {
		t.Errorf("got %v", notices)
	}
}

// commented builds the manifest with comments as a YAML parser would find them.
func commented(head, metadata, spec string) (*source.File, []document.Comment) {
	hash := func(text string) string {
		if text == "" {
			return ""
		}
		return "# " + text
	}
	content := strings.Replace(manifest, "%s", hash(head), 1)
	content = strings.Replace(content, "%s", hash(metadata), 1)
	content = strings.Replace(content, "%s", hash(spec), 1)
	file := source.NewFile("deploy/orders.yaml", []byte(content))
	var comments []document.Comment
	for _, text := range []string{head, metadata, spec} {
		if text == "" {
			continue
		}
		start := strings.Index(content, "# "+text)
		comments = append(comments, document.Comment{
			Range: source.Range{Start: start, End: start + len(text) + 2},
			Text:  text,
			Scope: source.Range{Start: start, End: len(content)},
			Head:  start == 0,
		})
	}
	return file, comments
}

// at is a finding of the rule at the last place where text stands in the file.
func at(file *source.File, id, text string) finding.Finding {
	start := strings.LastIndex(string(file.Content), text)
	return finding.Finding{Rule: id, Location: source.Location{File: file, Range: source.Range{Start: start, End: start + len(text)}}}
}
