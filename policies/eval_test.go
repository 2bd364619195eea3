package policies

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/rule"
)

func TestEval(t *testing.T) {
	only := func(ids ...string) Options {
		return Options{Enabled: func(r *rule.Rule) bool { return slices.Contains(ids, r.ID) }}
	}
	for _, test := range []struct {
		name    string
		rules   string // further rules
		options Options
		kind    string
		text    string
		want    []string
	}{{
		name: "findings and verdicts lie where the paths say",
		text: deployment,
		want: []string{
			`orders.yaml:10:11-10:15 error kubernetes/missing-probe container "api" has no readinessProbe`,
			`orders.yaml:8:38-8:40 warning kubernetes/short-grace grace period of 10 s is shorter than 30 s`,
			`fail orders.yaml:10:11 kubernetes/missing-probe`,
			`pass orders.yaml:12:11 kubernetes/missing-probe`,
			`fail orders.yaml:1:1 kubernetes/short-grace`,
		},
	}, {
		name: "a rule sees only documents of its kinds",
		kind: "StatefulSet",
		text: deployment,
		want: []string{
			`orders.yaml:8:38-8:40 warning kubernetes/short-grace grace period of 10 s is shorter than 30 s`,
			`fail orders.yaml:1:1 kubernetes/short-grace`,
		},
	}, {
		name: "no rule is for the kind",
		kind: "Service",
		text: deployment,
	}, {
		name:    "a rule that is not enabled is silent",
		options: only("kubernetes/missing-probe"),
		kind:    "StatefulSet",
		text:    deployment,
	}, {
		name: "parameters replace the numbers of the standard",
		options: Options{Parameters: func(r *rule.Rule) map[string]any {
			return map[string]any{"shutdown": 5.0}
		}},
		kind: "StatefulSet",
		text: deployment,
	}, {
		name: "what is unknown is undetermined",
		kind: "StatefulSet",
		text: strings.ReplaceAll(deployment, "Seconds: 10", "Seconds: ${GRACE}"),
		want: []string{`undetermined orders.yaml:1:1 kubernetes/short-grace grace period "${GRACE}" is not known`},
	}, {
		name: "a denial outweighs what is undetermined; the innermost subject counts",
		rules: ruleText("nested", `
subject contains []

subject contains ["spec", "template", "spec", "containers", i] if some i, _ in input.spec.template.spec.containers

deny contains {"msg": "bad image", "path": ["spec", "template", "spec", "containers", 0, "image"]}

undetermined contains {"msg": "image?", "path": ["spec", "template", "spec", "containers", i, "image"]} if some i in [0, 1]

undetermined contains {"msg": "name?", "path": ["metadata", "name"]}`),
		options: only("kubernetes/nested"),
		text:    deployment,
		want: []string{
			`orders.yaml:11:18-11:42 warning kubernetes/nested bad image`,
			`undetermined orders.yaml:1:1 kubernetes/nested name?`,
			`fail orders.yaml:10:11 kubernetes/nested`,
			`undetermined orders.yaml:12:11 kubernetes/nested image?`,
		},
	}, {
		name: "a denial may name its subject",
		rules: ruleText("elsewhere", `
subject contains ["metadata"]

deny contains {"msg": "bad", "path": ["spec"], "subject": ["metadata"], "key": "k"}`),
		options: only("kubernetes/elsewhere"),
		text:    deployment,
		want: []string{
			`orders.yaml:5:1-5:5 warning kubernetes/elsewhere bad`,
			`fail orders.yaml:3:1 kubernetes/elsewhere`,
		},
	}, {
		name: "a finding may be less severe than its rule, never more",
		rules: ruleText("mild", `
deny contains {"msg": "a", "path": ["kind"], "severity": "note"}

deny contains {"msg": "b", "path": ["kind"], "severity": "error"}`),
		options: only("kubernetes/mild"),
		text:    deployment,
		want: []string{
			`orders.yaml:2:7-2:17 warning kubernetes/mild b`,
			`orders.yaml:2:7-2:17 note kubernetes/mild a`,
			`fail orders.yaml:1:1 kubernetes/mild`,
		},
	}, {
		name: "an offset narrows the range inside a scalar",
		rules: ruleText("tag", `
deny contains {"msg": "tag", "path": ["spec", "template", "spec", "containers", 0, "image"], "offset": [19, 24]}`),
		options: only("kubernetes/tag"),
		text:    deployment,
		want: []string{
			`orders.yaml:11:37-11:42 warning kubernetes/tag tag`,
			`fail orders.yaml:1:1 kubernetes/tag`,
		},
	}, {
		name: "malformed results are notices and hide no others",
		rules: ruleText("sloppy", `
deny contains {"msg": "good", "path": []}

deny contains {"path": []}

deny contains {"msg": "m"}

deny contains {"msg": "m", "path": "kind"}

deny contains {"msg": "m", "path": [true]}

deny contains {"msg": "m", "path": [], "mgs": "x"}

deny contains {"msg": "m", "path": [], "severity": "loud"}

deny contains {"msg": "r", "path": [], "related": [{"ref": "Service/none", "path": [], "msg": "x"}]}

deny contains "text"

subject contains "text"`),
		options: only("kubernetes/sloppy"),
		text:    deployment,
		want: []string{
			`orders.yaml:1:1-1:11 warning kubernetes/sloppy good`,
			`orders.yaml:1:1-1:11 warning kubernetes/sloppy r`,
			`fail orders.yaml:1:1 kubernetes/sloppy`,
			`incomplete rule kubernetes/sloppy: malformed subject: path is no array: "text"`,
			`incomplete rule kubernetes/sloppy: malformed deny: "text" is no object`,
			`incomplete rule kubernetes/sloppy: malformed deny: mgs: unknown key (did you mean "msg"?)`,
			`incomplete rule kubernetes/sloppy: malformed deny: it has no path: {"msg": "m"}`,
			`incomplete rule kubernetes/sloppy: malformed deny: path: path is no array: "kind"`,
			`incomplete rule kubernetes/sloppy: malformed deny: severity: unknown severity "loud" (off, note, warning or error)`,
			`incomplete rule kubernetes/sloppy: malformed deny: path: path holds true, which is neither key nor index`,
			`incomplete rule kubernetes/sloppy: malformed deny: related ref "Service/none" names no document`,
			`incomplete rule kubernetes/sloppy: malformed deny: it has no msg: {"path": []}`,
		},
	}, {
		name: "a rule that fails hides no others",
		rules: ruleText("conflict", `
_value := 1

_value := 2 if input.kind

deny contains {"msg": "m", "path": []} if _value`),
		options: only("kubernetes/conflict", "kubernetes/short-grace"),
		text:    deployment,
		want: []string{
			`orders.yaml:8:38-8:40 warning kubernetes/short-grace grace period of 10 s is shorter than 30 s`,
			`fail orders.yaml:1:1 kubernetes/short-grace`,
			`incomplete rule kubernetes/conflict cannot judge Deployment/orders: kubernetes/conflict.rego:15: rule data.opslint.rules.kubernetes.conflict._value produced conflicting values: 1 at kubernetes/conflict.rego:13 2 at kubernetes/conflict.rego:15`,
		},
	}} {
		t.Run(test.name, func(t *testing.T) {
			kind := test.kind
			if kind == "" {
				kind = "Deployment"
			}
			e := newEvaluator(testPolicies(t, test.rules), test.options)
			got := render(e.Eval(t.Context(), one(parse(t, kind, "orders", test.text)), 0))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingNamesSubjectAndKey(t *testing.T) {
	e := newEvaluator(testPolicies(t, ruleText("keyed", `deny contains {"msg": "m", "path": ["kind"], "key": "mine"}`)), Options{})
	result := e.Eval(t.Context(), one(parse(t, "Deployment", "orders", deployment)), 0)
	got := map[string]string{}
	for _, f := range result.Findings {
		got[f.Rule] = f.Subject + " " + f.Key
	}
	want := map[string]string{
		"kubernetes/keyed":         "Deployment/orders mine",
		"kubernetes/missing-probe": "Deployment/orders spec.template.spec.containers.0",
		"kubernetes/short-grace":   "Deployment/orders spec.template.spec.terminationGracePeriodSeconds",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOptInRulesAreOffByDefault(t *testing.T) {
	c := testPolicies(t, strings.Replace(ruleText("extra", `deny contains {"msg": "m", "path": []}`), "remedy: R", "remedy: R\n#   opt_in: true", 1))
	d := one(parse(t, "Deployment", "orders", "kind: Deployment\n"))
	if got := newEvaluator(c, Options{}).Eval(t.Context(), d, 0).Findings; len(got) > 0 {
		t.Errorf("findings: %v", got)
	}
	all := Options{Enabled: func(*rule.Rule) bool { return true }}
	if got := newEvaluator(c, all).Eval(t.Context(), d, 0).Findings; len(got) != 1 {
		t.Errorf("findings when enabled: %v", got)
	}
}

func TestDataOfTheGroup(t *testing.T) {
	service := parse(t, "Service", "orders", "kind: Service\nspec:\n  type: LoadBalancer\n")
	workload := parse(t, "Deployment", "orders", deployment)
	e := newEvaluator(testPolicies(t, ruleText("exposed", `
deny contains {
	"msg": sprintf("exposed by a %s, %v, %d, %v", [service.spec.type, data.joins.flags, data.joins.count, data.standard.retention]),
	"path": ["metadata", "name"],
	"related": [{"ref": ref, "path": ["spec", "type"], "msg": "this Service"}],
} if {
	some ref in data.joins.services_of["Deployment/orders"]
	service := data.inventory[ref]
}`)), Options{Enabled: func(r *rule.Rule) bool { return r.ID == "kubernetes/exposed" }})
	g := &document.Group{
		Documents: []*document.Document{service, workload},
		Data: map[string]any{
			"joins":     map[string]any{"services_of": map[string][]string{"Deployment/orders": {"Service/orders"}}, "flags": []any{true, nil, 0.5, "x"}, "count": 2592000.0},
			"inventory": map[string]any{"Service/orders": service.Root},
			"unread":    map[string]any{"channel": make(chan int)}, // no rule asks for it
		},
		Refs: map[string]*document.Document{"Service/orders": service},
	}
	want := []string{
		`orders.yaml:4:9-4:15 warning kubernetes/exposed exposed by a LoadBalancer, [true, null, 0.5, "x"], 2592000, 30`,
		`  see orders.yaml:3:9 this Service`,
		`fail orders.yaml:1:1 kubernetes/exposed`,
	}
	for range 3 { // converted values are reused
		if diff := cmp.Diff(want, render(e.Eval(t.Context(), g, 0))); diff != "" {
			t.Error(diff)
		}
	}
	g.Data["joins"] = map[string]any{"services_of": map[string]any{}, "bad": make(chan int)}
	if diff := cmp.Diff([]string{"incomplete data.joins: chan int is no plain value"}, render(e.Eval(t.Context(), g, 0))); diff != "" {
		t.Error(diff)
	}
}

func TestResultDoesNotDependOnJobs(t *testing.T) {
	c := testPolicies(t, "")
	g := &document.Group{}
	for i := range 60 {
		name := fmt.Sprintf("orders-%d", i)
		g.Documents = append(g.Documents, parse(t, []string{"Deployment", "StatefulSet", "Service"}[i%3], name, deployment))
	}
	want := render(newEvaluator(c, Options{}).Eval(t.Context(), g, 1))
	if len(want) != 20*5+20*2 {
		t.Fatalf("%d lines", len(want))
	}
	for _, jobs := range []int{2, 7, 0} {
		if diff := cmp.Diff(want, render(newEvaluator(c, Options{}).Eval(t.Context(), g, jobs))); diff != "" {
			t.Errorf("jobs %d: %s", jobs, diff)
		}
	}
}

const loop = `
deny contains {"msg": "m", "path": []} if {
	input.metadata.name == "slow"
	some a in numbers.range(1, 4000)
	some b in numbers.range(1, 4000)
	some c in numbers.range(1, 4000)
	a * b * c == -1
}`

func TestLoopIsStoppedAndNamed(t *testing.T) {
	c := testPolicies(t, ruleText("loop", loop+`

deny contains {"msg": "named", "path": ["metadata", "name"]} if input.metadata.name != "slow"`))
	manifest := func(name string) *document.Document {
		return parse(t, "Deployment", name, "kind: Deployment\nmetadata:\n  name: "+name+"\nspec: {template: {spec: {containers: [{name: a}]}}}\n")
	}
	g := &document.Group{Documents: []*document.Document{manifest("first"), manifest("slow"), manifest("third")}}
	probe := func(name string) string {
		return name + `.yaml:4:40-4:44 error kubernetes/missing-probe container "a" has no readinessProbe`
	}
	for _, jobs := range []int{1, 3} {
		e := newEvaluator(c, Options{Timeout: 200 * time.Millisecond})
		start := time.Now()
		result := e.Eval(t.Context(), g, jobs)
		result.Verdicts = nil
		want := []string{
			`first.yaml:3:9-3:14 warning kubernetes/loop named`,
			probe("first"),
			probe("slow"),
			probe("third"),
			`incomplete rule kubernetes/loop was stopped at Deployment/slow: it took longer than 100ms; it judges nothing from here on`,
		}
		if diff := cmp.Diff(want, render(result)); diff != "" {
			t.Errorf("jobs %d: %s", jobs, diff)
		}
		if elapsed := time.Since(start); elapsed > 3*time.Second {
			t.Errorf("jobs %d: took %v", jobs, elapsed)
		}
		again := e.Eval(t.Context(), g, jobs)
		again.Verdicts = nil
		if diff := cmp.Diff([]string{probe("first"), probe("slow"), probe("third")}, render(again)); diff != "" {
			t.Errorf("jobs %d, second group: %s", jobs, diff)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	c := testPolicies(t, ruleText("bomb", `
deny contains {"msg": "m", "path": []} if {
	all := [[a, b, c] | some a in numbers.range(1, 500); some b in numbers.range(1, 500); some c in numbers.range(1, 500)]
	count(all) == 1
}`))
	e := newEvaluator(c, Options{Timeout: time.Minute})
	e.memory = 64 << 20
	result := e.Eval(t.Context(), one(parse(t, "Deployment", "orders", deployment)), 0)
	if len(result.Findings) != 2 {
		t.Errorf("findings: %v", result.Findings)
	}
	want := "rule kubernetes/bomb was stopped at Deployment/orders: it took more than 64 MiB of memory; it judges nothing from here on"
	if len(result.Notices) != 1 || result.Notices[0].Message != want {
		t.Errorf("notices: %v", result.Notices)
	}
}

func TestInterruption(t *testing.T) {
	c := testPolicies(t, ruleText("loop", loop))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	d := parse(t, "Deployment", "slow", "kind: Deployment\nmetadata:\n  name: slow\n")
	result := newEvaluator(c, Options{Timeout: time.Minute}).Eval(ctx, one(d), 0)
	if elapsed := time.Since(start); elapsed > 5*time.Second {
		t.Errorf("took %v", elapsed)
	}
	if diff := cmp.Diff([]string{"incomplete policies were interrupted: context deadline exceeded"}, render(result)); diff != "" {
		t.Error(diff)
	}
}
