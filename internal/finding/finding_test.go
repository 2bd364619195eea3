package finding_test

import (
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

func TestOneCauseIsOneFindingOfTheHighestSeverity(t *testing.T) {
	file := source.NewFile("modules/db/main.tf", []byte("multi_az = false\n"))
	at := func(severity rule.Severity, id, key string) finding.Finding {
		return finding.Finding{
			Rule: id, Severity: severity, Message: "one zone", Subject: "aws_db_instance.main", Key: key,
			Location: source.Location{File: file, Range: source.Range{Start: 0, End: 16}},
		}
	}
	run := finding.Run{Findings: []finding.Finding{
		at(rule.Warning, "terraform/single-availability-zone", "multi_az"),
		at(rule.Error, "terraform/other", "multi_az"),
		at(rule.Error, "terraform/single-availability-zone", "multi_az"),
		at(rule.Error, "terraform/single-availability-zone", "multi_az"),
		at(rule.Note, "terraform/single-availability-zone", "other"),
	}}
	run.Sort()
	want := []finding.Finding{
		at(rule.Error, "terraform/other", "multi_az"),
		at(rule.Error, "terraform/single-availability-zone", "multi_az"),
		at(rule.Note, "terraform/single-availability-zone", "other"),
	}
	if len(run.Findings) != len(want) {
		t.Fatalf("%d findings, want %d", len(run.Findings), len(want))
	}
	for i := range want {
		if run.Findings[i].Compare(&want[i]) != 0 {
			t.Errorf("finding %d is %v of %s", i, run.Findings[i].Severity, run.Findings[i].Rule)
		}
	}
}

func TestVerdictsThatSeveralBundlesRepeatCountOnce(t *testing.T) {
	file := source.NewFile("base/orders.yaml", []byte("name: orders\n"))
	verdict := func(outcome finding.Outcome) finding.Verdict {
		return finding.Verdict{
			Rule: "kubernetes/single-replica", Subject: "Deployment/orders", Outcome: outcome,
			Location: source.Location{File: file, Range: source.Range{Start: 6, End: 12}},
		}
	}
	run := finding.Run{Verdicts: []finding.Verdict{verdict(finding.Pass), verdict(finding.Fail), verdict(finding.Pass)}}
	run.Sort()
	if len(run.Verdicts) != 2 {
		t.Errorf("%d verdicts, want the one that passes and the one that fails", len(run.Verdicts))
	}
}
