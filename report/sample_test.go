package report

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/program"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// The files of the sample run: characters of one to four bytes, wide ones, tabs,
// CRLF, a line that is too long to show and a secret.
const (
	ordersYAML = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  annotations: {team: "注文チーム 🚀", owner: café}
spec:
  replicas: 1
  template:
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: api
          image: registry.example.com/orders:latest
`
	mainGo = `package main

func main() {
	log.Printf("user %s", user.Email)
	srv := &http.Server{
		Addr: ":8080",

		Handler: mux,
		ReadTimeout: 0,
		WriteTimeout: 0,
		IdleTimeout: 0,
	}
}
`
	databaseTF = `resource "aws_db_instance" "orders" {
  password                = "correct-horse-battery-staple"
  backup_retention_period = 1
}
`
	dockerfile = "FROM golang:latest\nENV DB_USER=orders DB_PASSWORD=hunter2hunter2\n"
)

var (
	windowsYAML  = strings.ReplaceAll("\ufeffkind: Service\nmetadata:\n  name: orders\n", "\n", "\r\n")
	dashboard    = `{"panels":[` + strings.Repeat(`{"title":"Größe","type":"graph"},`, 40) + `{"title":"last","refresh":"1s"}` + strings.Repeat(`,{"type":"text"}`, 40) + `]}`
	sampleFiles  = map[string]*source.File{}
	sampleSource = map[string]string{
		"deploy/orders.yaml":        ordersYAML,
		"deploy/service.yaml":       windowsYAML,
		"deploy/dash board.json":    dashboard,
		"cmd/orders/main.go":        mainGo,
		"infra/database.tf":         databaseTF,
		"Dockerfile":                dockerfile,
		"charts/orders/broken.yaml": "a: [1, 2\nb: }\n",
	}
)

func init() {
	for path, content := range sampleSource {
		sampleFiles[path] = source.NewFile(path, []byte(content))
	}
}

// at returns the place of a text in a sample file.
func at(path, text string) source.Location {
	start := strings.Index(sampleSource[path], text)
	if start < 0 {
		panic("no " + text + " in " + path)
	}
	return source.Location{File: sampleFiles[path], Range: source.Range{Start: start, End: start + len(text)}}
}

func sampleRules() []*rule.Rule {
	return []*rule.Rule{
		{
			ID: "kubernetes/missing-readiness-probe", Title: "Container without a readiness probe", Severity: rule.Error, Scope: rule.ScopeDocument,
			Description: "Traffic reaches a container as soon as it starts\nunless a `readinessProbe` holds it back.\n\nSecond paragraph.",
			Remedy:      "add a readinessProbe that asks the endpoint which knows whether requests can be served",
			Clauses:     []string{"OPS-9.2", "OPS-MON.1"}, Kinds: []string{"Deployment"},
			Aliases: []string{"kubernetes/no-readiness"},
			Example: rule.Example{Files: []rule.ExampleFile{
				{Name: "bad/deployment.yaml", Content: "kind: Deployment\n", Bad: true},
				{Name: "good/deployment.yaml", Content: "kind: Deployment # probed\n"},
			}},
		},
		{
			ID: "kubernetes/mutable-image-tag", Title: "Image tag that can change", Severity: rule.Warning, Scope: rule.ScopeDocument,
			Description: "A tag such as latest names another image tomorrow.", Remedy: "name a version or a digest", Clauses: []string{"OPS-11.4"}, Kinds: []string{"*"},
		},
		{
			ID: "kubernetes/short-termination-grace", Title: "Grace period that is too short", Severity: rule.Error, Scope: rule.ScopeDocument,
			Description: "What is in flight is lost.", Remedy: "allow at least 30 seconds", Clauses: []string{"OPS-9.1"}, Kinds: []string{"*"},
			Parameters: []rule.Parameter{{Name: "minimum", Type: rule.TypeDuration, Default: 30.0, Description: "the least\ngrace period", Standard: "OPS-9.1"}},
		},
		{
			ID: "go/secret-in-log", Title: "Secret in a log", Severity: rule.Error, Scope: rule.ScopePackage,
			Description: "Logs are read by many.", Remedy: "log an ID in its place", Clauses: []string{"OPS-11.4"},
		},
		{
			ID: "go/missing-timeout", Title: "Server without a timeout", Severity: rule.Warning, Scope: rule.ScopePackage,
			Description: "A slow client holds a connection for ever.", Remedy: "set ReadHeaderTimeout", Clauses: []string{"OPS-9.1"},
		},
		{
			ID: "terraform/secret-in-configuration", Title: "Secret in the configuration", Severity: rule.Error, Scope: rule.ScopeDocument,
			Description: "What is committed is known.", Remedy: "read the password from a secret store", Clauses: []string{"OPS-11.4"}, Kinds: []string{"*"}, Secret: true,
		},
		{
			ID: "dockerfile/secret-in-environment", Title: "Secret in the image", Severity: rule.Error, Scope: rule.ScopeDocument,
			Description: "Whoever has the image has the secret.", Remedy: "pass the secret when the container starts", Clauses: []string{"OPS-11.4"}, Kinds: []string{"*"}, Secret: true,
		},
		{
			ID: "dockerfile/many-variables", Title: "Several variables in one instruction", Severity: rule.Note, Scope: rule.ScopeDocument,
			Description: "One a line is easier to read.", Remedy: "write one ENV for each", Kinds: []string{"*"},
		},
	}
}

func sampleFindings() []finding.Finding {
	const orders = "deploy/orders.yaml"
	return []finding.Finding{
		{
			Rule: "kubernetes/missing-readiness-probe", Severity: rule.Error, Location: at(orders, "name: api"),
			Message: `container "api" has no readinessProbe`, Subject: "Deployment/orders", Key: "spec.template.spec.containers.0",
			Related: []finding.Related{{Location: at("deploy/service.yaml", "orders"), Message: `service "orders" [main] sends it requests`}},
		},
		{
			Rule: "kubernetes/mutable-image-tag", Severity: rule.Warning, Location: at(orders, "latest"),
			Message: `image of container "api" has the tag latest`, Subject: "Deployment/orders", Key: "spec.template.spec.containers.0.image",
		},
		{
			Rule: "kubernetes/short-termination-grace", Severity: rule.Error, Location: at(orders, "5\n      c"), // to the next line
			Message: "terminationGracePeriodSeconds is 5, less than 30", Subject: "Deployment/orders", Key: "spec.template.spec.terminationGracePeriodSeconds",
			Fix: &finding.Fix{Description: "set terminationGracePeriodSeconds to 30", Safe: true, Edits: []finding.Edit{{Location: at(orders, "5"), NewText: "30"}}},
		},
		{
			Rule: "kubernetes/mutable-image-tag", Severity: rule.Note, Location: at(orders, "🚀"),
			Message: "behind wide characters", Subject: "Deployment/orders", Key: "wide",
		},
		{
			Rule: "kubernetes/mutable-image-tag", Severity: rule.Note, Location: at(orders, "café"),
			Message: "at an accent", Subject: "Deployment/orders", Key: "accent",
		},
		{
			Rule: "kubernetes/mutable-image-tag", Severity: rule.Warning, Location: at("deploy/service.yaml", "Service"),
			Message: "behind a byte order mark", Subject: "Service/orders", Key: "kind",
		},
		{
			Rule: "kubernetes/mutable-image-tag", Severity: rule.Warning, Location: at("deploy/dash board.json", `"1s"`),
			Message: "in a very long line", Subject: "dashboard", Key: "refresh",
		},
		{
			Rule: "go/secret-in-log", Severity: rule.Error, Location: at("cmd/orders/main.go", "user.Email"),
			Message: "the e-mail address of a user is logged", Subject: "example.com/orders/cmd/orders", Key: "main",
			Trace: []finding.Related{{Location: at("cmd/orders/main.go", "main()"), Message: "comes from the request"}},
		},
		{
			Rule: "go/missing-timeout", Severity: rule.Warning, Location: at("cmd/orders/main.go", strings.TrimSuffix(mainGo[strings.Index(mainGo, "&http"):], "\n}\n")),
			Message: "server has no ReadHeaderTimeout", Subject: "example.com/orders/cmd/orders", Key: "main.server",
		},
		{
			Rule: "terraform/secret-in-configuration", Severity: rule.Error, Location: at("infra/database.tf", `"correct-horse-battery-staple"`),
			Message: `password is a literal`, Subject: "aws_db_instance.orders", Key: "password",
		},
		{
			Rule: "dockerfile/secret-in-environment", Severity: rule.Error, Location: at("Dockerfile", "hunter2hunter2"),
			Message: "DB_PASSWORD is a literal", Subject: "image", Key: "DB_PASSWORD",
			Suppressed: &finding.Suppression{Kind: finding.ByBaseline, Reason: "known since 2024"},
		},
		{
			Rule: "dockerfile/many-variables", Severity: rule.Note, Location: at("Dockerfile", "DB_USER=orders DB_PASSWORD=hunter2hunter2"),
			Message: "two variables in one ENV", Subject: "image", Key: "ENV",
			Suppressed: &finding.Suppression{Kind: finding.ByDirective, Reason: "old style", Location: at("Dockerfile", "FROM")},
		},
		{
			Rule: "dockerfile/many-variables", Severity: rule.Note, Location: at("Dockerfile", "DB_USER"),
			Message: "on the line of a secret", Subject: "image", Key: "DB_USER",
		},
	}
}

func sampleProgram() *program.Program {
	main := at("cmd/orders/main.go", "main()")
	server := at("cmd/orders/main.go", `":8080"`)
	return &program.Program{
		Path: "example.com/orders/cmd/orders", Module: "example.com/orders", Name: "orders", Serves: true, Location: main,
		Servers:       []program.Server{{Protocol: "http", Library: "net/http", Text: "srv.ListenAndServe", Addresses: []string{":8080"}, Location: server}},
		Routes:        []program.Route{{Methods: []string{"GET"}, Path: "/orders/{id}", Library: "net/http", Handler: "example.com/orders/cmd/orders.show", Location: main}},
		MoreRoutes:    []program.Unknown{{Reason: "the path is not constant", Location: main}},
		Shutdowns:     []program.Shutdown{{Text: "srv.Shutdown", Bounded: true, Seconds: 30, Location: main}, {Text: "admin.Shutdown", Location: main}},
		Variables:     []program.Setting{{Name: "PORT", Default: "8080", HasDefault: true, Location: main}, {Name: "DB_HOST", Required: true, Location: main}},
		Metrics:       []program.Metric{{Name: "orders_total", Kind: "counter", Library: "prometheus", Help: "Orders taken.", Labels: []string{"shop"}, Location: main}},
		LogAttributes: []string{"order_id"},
	}
}

func sampleRun() *finding.Run {
	run := &finding.Run{
		Version: "v1.2.3", Rules: sampleRules(), Findings: sampleFindings(),
		Verdicts: []finding.Verdict{
			{Rule: "kubernetes/missing-readiness-probe", Subject: "Deployment/orders", Location: at("deploy/orders.yaml", "name: api"), Outcome: finding.Fail},
			{Rule: "kubernetes/missing-readiness-probe", Subject: "Deployment/billing", Location: at("deploy/orders.yaml", "kind"), Outcome: finding.Pass},
			{Rule: "kubernetes/mutable-image-tag", Subject: "Deployment/orders", Location: at("deploy/orders.yaml", "image"), Outcome: finding.Undetermined, Reason: "the tag ${TAG} is not known; give it a default"},
		},
		Notices: []finding.Notice{
			{Location: at("charts/orders/broken.yaml", "}"), Message: "did not find expected node content", Incomplete: true},
			{Location: source.Location{File: sampleFiles["deploy/orders.yaml"]}, Message: "directive suppresses nothing"},
			{Message: "go is not installed: no Go package was analysed", Incomplete: true},
		},
		Programs: []*program.Program{sampleProgram()},
		Inputs:   finding.Inputs{Files: 14, Documents: 52, Packages: 6, Rules: 31},
	}
	run.Sort()
	return run
}

// render writes a run in a format and fails the test on an error.
func render(t testing.TB, format string, run *finding.Run, o Options) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, format, run, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
