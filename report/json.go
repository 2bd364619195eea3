package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// jsonVersion is the version of the JSON report. It rises when a field goes
// away or changes its meaning; new fields may come at any time.
const jsonVersion = 1

// The types below are the JSON report; docs/json.md and schema/report.schema.json
// describe them. Lists are never null.

// jsonHead is the report up to its long lists, which are streamed behind it.
type jsonHead struct {
	Version int            `json:"version"`
	Tool    jsonTool       `json:"tool"`
	Summary counts         `json:"summary"`
	Inputs  finding.Inputs `json:"inputs"`
	Notices []jsonNotice   `json:"notices"`
	Rules   []jsonRule     `json:"rules"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

type jsonLocation struct {
	Path  string       `json:"path"`
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonRelated struct {
	Location *jsonLocation `json:"location,omitempty"`
	Message  string        `json:"message"`
}

type jsonFinding struct {
	Rule       string           `json:"rule"`
	Severity   rule.Severity    `json:"severity"`
	Message    string           `json:"message"`
	Location   *jsonLocation    `json:"location"`
	Subject    string           `json:"subject,omitempty"`
	Key        string           `json:"key,omitempty"`
	Print      string           `json:"fingerprint"`
	Related    []jsonRelated    `json:"related,omitempty"`
	Trace      []jsonRelated    `json:"trace,omitempty"`
	Fix        *jsonFix         `json:"fix,omitempty"`
	Suppressed *jsonSuppression `json:"suppressed,omitempty"`
}

type jsonFix struct {
	Description string     `json:"description"`
	Safe        bool       `json:"safe"`
	Edits       []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Location *jsonLocation `json:"location"`
	NewText  string        `json:"new_text"`
}

type jsonSuppression struct {
	Kind     finding.SuppressionKind `json:"kind"`
	Reason   string                  `json:"reason,omitempty"`
	Location *jsonLocation           `json:"location,omitempty"`
}

type jsonNotice struct {
	Message    string        `json:"message"`
	Incomplete bool          `json:"incomplete"`
	Location   *jsonLocation `json:"location,omitempty"`
}

type jsonVerdict struct {
	Rule     string          `json:"rule"`
	Subject  string          `json:"subject"`
	Outcome  finding.Outcome `json:"outcome"`
	Reason   string          `json:"reason,omitempty"`
	Location *jsonLocation   `json:"location,omitempty"`
}

// jsonRule is a rule with the number of subjects it had, by outcome.
type jsonRule struct {
	rule.Rule
	URL      string        `json:"url,omitempty"`
	Subjects *jsonSubjects `json:"subjects"`
}

type jsonSubjects struct {
	Pass         int `json:"pass"`
	Fail         int `json:"fail"`
	Undetermined int `json:"undetermined"`
}

// JSON writes the whole run for programs, suppressed findings included.
func JSON(w io.Writer, run *finding.Run, o Options) error {
	j := jsonWriter{w: w, o: &o}
	j.head(run)
	j.list("undetermined", len(run.Verdicts), func(i int) any { return j.verdict(&run.Verdicts[i], finding.Undetermined) })
	if o.Verbose {
		j.list("verdicts", len(run.Verdicts), func(i int) any { return j.verdict(&run.Verdicts[i], "") })
	}
	if o.Verbose {
		j.list("programs", len(run.Programs), func(i int) any { return j.program(run.Programs[i]) })
	}
	j.list("findings", len(run.Findings), func(i int) any { return j.finding(&run.Findings[i]) })
	j.write([]byte("\n}\n"))
	return j.err
}

type jsonWriter struct {
	w   io.Writer
	o   *Options
	err error // the first; nothing is written after it
}

func (j *jsonWriter) write(b []byte) {
	if j.err == nil {
		_, j.err = j.w.Write(b)
	}
}

// head writes the object up to the lists and leaves it open.
func (j *jsonWriter) head(run *finding.Run) {
	head := jsonHead{
		Version: jsonVersion,
		Tool:    jsonTool{"opslint", run.Version},
		Summary: count(run),
		Inputs:  run.Inputs,
		Notices: make([]jsonNotice, 0, len(run.Notices)),
		Rules:   j.rules(run),
	}
	for i := range run.Notices {
		n := &run.Notices[i]
		head.Notices = append(head.Notices, jsonNotice{n.Message, n.Incomplete, j.location(n.Location)})
	}
	var b bytes.Buffer
	e := newEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(head); err != nil {
		j.err = fmt.Errorf("encode head: %w", err)
		return
	}
	j.write(bytes.TrimSuffix(b.Bytes(), []byte("\n}\n")))
}

// list writes a list of n elements; nil elements are left out.
func (j *jsonWriter) list(name string, n int, element func(i int) any) {
	j.write(fmt.Appendf(nil, ",\n  %q: [", name))
	a := newArray(j.w, "    ", "  ")
	for i := 0; i < n && j.err == nil; i++ {
		if e := element(i); e != nil {
			j.err = a.add(e)
		}
	}
	if j.err == nil {
		j.err = a.end("  ")
	}
}

func (j *jsonWriter) location(l source.Location) *jsonLocation {
	if l.File == nil {
		return nil
	}
	at := func(offset int) jsonPosition {
		p := l.File.Position(offset)
		return jsonPosition{p.Line, p.Column, min(max(offset, 0), len(l.File.Content))}
	}
	return &jsonLocation{j.o.repositoryPath(l.File), at(l.Range.Start), at(max(l.Range.Start, l.Range.End))}
}

func (j *jsonWriter) finding(f *finding.Finding) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule, Severity: f.Severity, Message: f.Message,
		Location: j.location(f.Location), Subject: f.Subject, Key: f.Key, Print: fingerprint(f),
		Related: j.related(f.Related), Trace: j.related(f.Trace),
	}
	if f.Fix != nil {
		out.Fix = &jsonFix{Description: f.Fix.Description, Safe: f.Fix.Safe, Edits: make([]jsonEdit, 0, len(f.Fix.Edits))}
		for _, e := range f.Fix.Edits {
			out.Fix.Edits = append(out.Fix.Edits, jsonEdit{j.location(e.Location), e.NewText})
		}
	}
	if s := f.Suppressed; s != nil {
		out.Suppressed = &jsonSuppression{s.Kind, s.Reason, j.location(s.Location)}
	}
	return out
}

func (j *jsonWriter) related(places []finding.Related) []jsonRelated {
	out := make([]jsonRelated, 0, len(places))
	for _, r := range places {
		out = append(out, jsonRelated{j.location(r.Location), r.Message})
	}
	return out
}

func (j *jsonWriter) rules(run *finding.Run) []jsonRule {
	subjects := map[string]*jsonSubjects{}
	out := make([]jsonRule, 0, len(run.Rules))
	for _, r := range run.Rules {
		subjects[r.ID] = &jsonSubjects{}
		next := jsonRule{Rule: *r, Subjects: subjects[r.ID]}
		if r.Clauses == nil {
			next.Clauses = []string{}
		}
		if j.o.RuleURL != nil {
			next.URL = j.o.RuleURL(r.ID)
		}
		out = append(out, next)
	}
	for i := range run.Verdicts {
		s := subjects[run.Verdicts[i].Rule]
		if s == nil {
			continue
		}
		switch run.Verdicts[i].Outcome {
		case finding.Pass:
			s.Pass++
		case finding.Fail:
			s.Fail++
		case finding.Undetermined:
			s.Undetermined++
		}
	}
	return out
}

// verdict returns a verdict, or nil if it has another outcome than wanted.
func (j *jsonWriter) verdict(v *finding.Verdict, wanted finding.Outcome) any {
	if wanted != "" && v.Outcome != wanted {
		return nil
	}
	return jsonVerdict{v.Rule, v.Subject, v.Outcome, v.Reason, j.location(v.Location)}
}
