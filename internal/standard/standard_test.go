package standard

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaultCounts(t *testing.T) {
	counts := map[Level]int{}
	for _, c := range Default().Clauses {
		counts[c.Level]++
	}
	if diff := cmp.Diff(map[Level]int{Static: 42, Partial: 63, Manual: 7}, counts); diff != "" {
		t.Error(diff)
	}
	if got := len(Default().Clauses); got != 112 {
		t.Errorf("%d clauses, want 112", got)
	}
}

var demand = regexp.MustCompile("^(?:[-*]|\\d+\\.) (?:\\*\\*|\\[ \\])|^```[a-z]")

// What the text demands (bold bullets, checklists, samples) is in some clause.
func TestEveryDemandHasAClause(t *testing.T) {
	s := Default()
	var passages []string
	for _, c := range s.Clauses {
		passages = append(passages, s.Passage(c))
	}
	demands, fenced := 0, false
	for line := range strings.Lines(s.Text) {
		line = strings.TrimSpace(line)
		if fence := strings.HasPrefix(line, "```"); fence {
			fenced = !fenced
		} else if fenced {
			continue
		}
		if !demand.MatchString(line) {
			continue
		}
		demands++
		if !slices.ContainsFunc(passages, func(p string) bool { return strings.Contains(p, line) }) {
			t.Errorf("no clause for %q", line)
		}
	}
	if demands < 85 {
		t.Errorf("found %d demands only", demands)
	}
}

func TestNothingHasDrifted(t *testing.T) {
	s := Default()
	for _, c := range s.Clauses {
		if c.Digest == "" {
			t.Errorf("%s has no digest", c.ID)
		}
		if s.Drifted(c) {
			t.Errorf("%s has drifted: %s now reads\n%s", c.ID, c.Source, s.Passage(c))
		}
	}
}

func TestDriftNamesTheClause(t *testing.T) {
	for _, test := range []struct {
		was, now string
		want     []string
	}{
		{"with 30-second timeout", "with 60-second timeout", []string{"OPS-9.3"}},
		{"1 year for archives", "7 years for archives", []string{"OPS-BKP.5", "OPS-BKP.6"}},
		{"threshold: 0.05", "threshold: 0.01", []string{"OPS-ALR.1", "OPS-ALR.2", "OPS-ALR.3"}},
		{"- [ ] Optimize costs", "", []string{"OPS-CHK.M"}},
		{"### Alerting Standards", "### Alerts", []string{"OPS-ALR.1", "OPS-ALR.2", "OPS-ALR.3"}},
		{"## Overview", "## Purpose", nil},
		{"- **Crash Recovery**: Automatic restart", "* **Crash Recovery**:   Automatic\trestart", []string{"OPS-9.4"}},
		{"- **Crash Recovery**: Automatic restart", "  -  **Crash Recovery**: Automatic  restart", nil},
	} {
		s := *Default()
		if strings.Count(s.Text, test.was) != 1 {
			t.Fatalf("%q does not stand once in the text", test.was)
		}
		s.Text = strings.Replace(s.Text, test.was, test.now, 1)
		var drifted []string
		for _, c := range s.Clauses {
			if s.Drifted(c) {
				drifted = append(drifted, c.ID)
			}
		}
		if diff := cmp.Diff(test.want, drifted); diff != "" {
			t.Errorf("%q to %q: %s", test.was, test.now, diff)
		}
	}
}

func TestWithoutTextNothingDrifts(t *testing.T) {
	s := *Default()
	s.Text = ""
	if slices.ContainsFunc(s.Clauses, s.Drifted) {
		t.Error("a clause drifts from a text that is not there")
	}
}

func TestPassage(t *testing.T) {
	s := Default()
	for id, want := range map[string]string{
		"OPS-9.3":   "- **Graceful Shutdown**: Handle SIGTERM signals with 30-second timeout",
		"OPS-INC.1": "- **P0 (Critical)**: Complete service outage, data loss, security breach",
		"OPS-INC.9": "5. **Resolution**: Fix the root cause",
	} {
		if got := s.Passage(s.Clause(id)); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"OPS-9.5":   "```javascript\n// Process lifecycle management",
		"OPS-RBK.4": "```markdown\n# Service Outage Runbook", // no heading of the text
		"OPS-CHK.D": "- [ ] Review monitoring dashboards",
	} {
		if got := s.Passage(s.Clause(id)); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q…, want %q", id, got[:min(len(got), 60)], want)
		}
	}
	if got := s.Passage(&Clause{Source: "Elsewhere > Nothing"}); got != "" {
		t.Errorf("a section that is not there reads %q", got)
	}
}

// Absence of rules has to be said: a clause rests on rules, on other clauses, or
// on people.
func TestEveryClauseRestsOnSomething(t *testing.T) {
	for _, c := range Default().Clauses {
		if len(c.Rules)+len(c.RollUpOf) == 0 && c.Level != Manual {
			t.Errorf("%s is %s, but neither rules nor clauses decide it", c.ID, c.Level)
		}
		for name, field := range map[string]string{
			"semantics": c.Semantics, "pass_evidence": c.PassEvidence, "not_applicable_when": c.NotApplicableWhen, "source": c.Source,
		} {
			if field == "" {
				t.Errorf("%s has no %s", c.ID, name)
			}
		}
	}
}

func TestClauseLookup(t *testing.T) {
	for _, id := range []string{"OPS-9.3", "ops-9.3", "Ops-9.3"} {
		if c := Default().Clause(id); c == nil || c.ID != "OPS-9.3" {
			t.Errorf("%s is %v", id, c)
		}
	}
	for _, id := range []string{"OPS-9.33", "OPS-9", ""} {
		if c := Default().Clause(id); c != nil {
			t.Errorf("%q is %s", id, c.ID)
		}
	}
}

func TestNumbers(t *testing.T) {
	for name, want := range map[string]struct {
		seconds float64
		text    string
	}{
		"shutdown":          {30, "30 s"},
		"backup_interval":   {86400, "24 h"},
		"retention":         {30 * 86400, "30 d"},
		"p95_query":         {0.1, "0.1 s"},
		"error_ratio":       {0.05, "5 %"},
		"uptime_production": {0.999, "99.9 %"},
	} {
		n, ok := DefaultNumbers().Lookup(name)
		if !ok || n.Seconds() != want.seconds || n.String() != want.text {
			t.Errorf("%s is %s, %v, %v; want %s, %v", name, n, n.Seconds(), ok, want.text, want.seconds)
		}
	}
	if _, ok := DefaultNumbers().Lookup("redy"); ok {
		t.Error("there is a number redy")
	}
	DefaultNumbers()[0].Value = 1
	if n := DefaultNumbers()[0]; n.Value != 30 {
		t.Error("a caller changed the numbers of all")
	}
}
