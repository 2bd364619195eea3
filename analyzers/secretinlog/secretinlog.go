package secretinlog

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/taint"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/secret-in-log",
	Title: "Secret written to a log",
	Description: `Logs are shipped, indexed and read by many people and machines; a password, token or
key in one of them is given away and has to be changed.

A value counts as a secret by its name (` + "`password`, `apiKey`, `clientSecret`" + `; never part of a word), by the tag
of its field, by its type (` + "`http.Header`, `http.Cookie`" + `, a private key) or by where it was read (a header
such as Authorization, an environment variable, a form value). A struct that is logged whole counts if the
formatter in use would print such a field: ` + "`%+v`" + ` of a configuration, or a structured attribute as JSON.

Hashes, lengths, comparisons, constants and a few leading or trailing characters are harmless, and so are
values whose type hides itself from that formatter. Base64, quoting and encryption in reverse are not.
Programs that are no services may print what they like to the standard streams.`,
	Remedy:   "drop the value, log an identifier of it, or give its type a LogValue or MarshalJSON method that hides it",
	Severity: rule.Error,
	Clauses:  []string{"OPS-11.4"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "words", Type: rule.TypeStrings, Default: []any{}, Description: "further nouns, of one or several words, that name a secret"},
		{Name: "allow", Type: rule.TypeStrings, Default: []any{}, Description: "names of variables, fields and keys that are harmless"},
		{Name: "visible", Type: rule.TypeNumber, Default: 4.0, Description: "how many leading or trailing characters of a secret may be shown"},
		{Name: "log_functions", Type: rule.TypeStrings, Default: []any{}, Description: `further functions that write a log, with the roles of their parameters: "example.org/pkg.Func: M,K/V", "example.org/pkg.(*T).Printf: F,V" (M message, F format, V values, K/V keys and values, A attributes, E error, C context, . anything else)`},
	},
	Example: judge.Example(example),
}

// Analyzer reports secrets in logs.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "secretinlog",
		Doc:        "report secrets that are written to a log\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{taint.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	vocabulary := taint.Vocabularies[taint.Secrets]
	a.Flags.Var((*judge.Strings)(&vocabulary.Heads), "words", Rule.Parameters[0].Description)
	a.Flags.Var((*judge.Strings)(&vocabulary.Allowed), "allow", Rule.Parameters[1].Description)
	a.Flags.Float64Var(&taint.Visible, "visible", 4, Rule.Parameters[2].Description)
	a.Flags.Var(&taint.Functions[taint.Secrets], "log_functions", Rule.Parameters[3].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	flows := pass.ResultOf[taint.Analyzer].(*taint.Package)
	for _, subject := range flows.Subjects() {
		j.Examine(subject)
	}
	for _, leak := range flows.Leaks(taint.Secrets) {
		j.Report(judge.Finding{
			Range:   leak.Range,
			Message: leak.Message,
			Related: leak.Trace,
			Detail:  judge.Detail{Key: leak.Source.Text, Trace: true},
		})
	}
	return j.Result(), nil
}
