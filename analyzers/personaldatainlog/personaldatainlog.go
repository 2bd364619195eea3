package personaldatainlog

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/taint"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/personal-data-in-log",
	Title: "Personal data written to a log",
	Description: `A log is kept longer, copied further and read by more people than the data of a customer may
be. An address, a telephone number or a date of birth in it cannot be found again to delete it.

A value counts as personal by its name (` + "`email`, `PhoneNumber`, `dateOfBirth`, `iban`" + `; never part of a word), by
the tag of its field (` + "`pii:\"true\"`" + `) or by where it was read (a form value). A struct that is
logged whole counts if the formatter in use would print such a field.

Identifiers, hashes, domains, flags and a few leading or trailing characters are harmless; so is what names
somebody only inside the system, such as a user name.`,
	Remedy:   "log an identifier of the person, or a hash of the value",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.4"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "words", Type: rule.TypeStrings, Default: []any{}, Description: "further nouns, of one or several words, that name personal data"},
		{Name: "allow", Type: rule.TypeStrings, Default: []any{}, Description: "names of variables, fields and keys that are harmless"},
		{Name: "ip", Type: rule.TypeString, Default: "allow", Description: "whether addresses of clients may be logged: allow, or mask"},
		{Name: "audit_packages", Type: rule.TypeStrings, Default: []any{}, Description: "names or import paths of packages that write an audit log, which may name people"},
		{Name: "log_functions", Type: rule.TypeStrings, Default: []any{}, Description: `further functions that write a log, with the roles of their parameters: "example.org/pkg.Func: M,K/V", "example.org/pkg.(*T).Printf: F,V" (M message, F format, V values, K/V keys and values, A attributes, E error, C context, . anything else)`},
		{Name: "bodies", Type: rule.TypeBool, Default: false, Description: "whether the body of a request is personal data as a whole"},
	},
	Example: judge.Example(example),
}

// Analyzer reports personal data in logs.
var Analyzer = newAnalyzer()

// settings are the parameters as they were given.
var settings struct {
	words wordList
	ip    addresses
	audit judge.Strings
}

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "personaldatainlog",
		Doc:        "report personal data that is written to a log\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{taint.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Var(&settings.words, "words", Rule.Parameters[0].Description)
	a.Flags.Var((*judge.Strings)(&taint.Vocabularies[taint.Personal].Allowed), "allow", Rule.Parameters[1].Description)
	a.Flags.Var(&settings.ip, "ip", Rule.Parameters[2].Description)
	a.Flags.Var(&settings.audit, "audit_packages", Rule.Parameters[3].Description)
	a.Flags.Var(&taint.Functions[taint.Personal], "log_functions", Rule.Parameters[4].Description)
	a.Flags.BoolVar(&taint.Bodies, "bodies", false, Rule.Parameters[5].Description)
	return a
}

// wordList is the flag with further words.
type wordList struct{ judge.Strings }

// Set implements flag.Value.
func (w *wordList) Set(text string) error {
	defer apply()
	return w.Strings.Set(text)
}

// addresses is the flag that says what is to become of the addresses of clients.
type addresses string

// String returns the flag as it was given.
func (a *addresses) String() string { return string(*a) }

// Set implements flag.Value.
func (a *addresses) Set(text string) error {
	if text != "allow" && text != "mask" {
		return fmt.Errorf("ip is %q: allow or mask are known", text)
	}
	*a = addresses(text)
	apply()
	return nil
}

// apply hands the settings to the engine.
func apply() {
	heads := slices.Clone([]string(settings.words.Strings))
	if settings.ip == "mask" {
		heads = append(heads, "ip", "ip address", "ip addr", "remote addr", "remote address", "client addr", "client address")
	}
	taint.Vocabularies[taint.Personal].Heads = heads
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	flows := pass.ResultOf[taint.Analyzer].(*taint.Package)
	if slices.Contains(settings.audit, pass.Pkg.Name()) || slices.Contains(settings.audit, pass.Pkg.Path()) {
		return j.Result(), nil
	}
	for _, subject := range flows.Subjects() {
		j.Examine(subject)
	}
	for _, leak := range flows.Leaks(taint.Personal) {
		j.Report(judge.Finding{
			Range:   leak.Range,
			Message: leak.Message,
			Related: leak.Trace,
			Detail:  judge.Detail{Key: leak.Source.Text, Trace: true},
		})
	}
	return j.Result(), nil
}
