package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// JUnit writes test results for CI servers: a suite for each family of rules and
// in it a case for each rule and subject, those that pass included. A finding
// makes its case fail; a case whose outcome is undetermined, or whose findings
// are all suppressed, counts as skipped. What could not be analysed is an error
// in a suite of its own.
func JUnit(w io.Writer, run *finding.Run, o Options) error {
	j := &junit{o: &o, rules: byID(run.Rules), index: map[junitKey]*junitCase{}, failing: map[junitKey]*junitCase{}}
	for i := range run.Verdicts {
		j.verdict(&run.Verdicts[i])
	}
	for i := range run.Findings {
		j.finding(&run.Findings[i])
	}
	slices.SortFunc(j.cases, func(a, b *junitCase) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.path, b.path), cmp.Compare(a.subject, b.subject))
	})
	return writeSuites(w, append(j.suites(), notAnalysedSuite(run, &o)...))
}

type junit struct {
	o     *Options
	rules map[string]*rule.Rule
	cases []*junitCase
	index map[junitKey]*junitCase
	// failing has the cases that fail, with an empty path: a finding may be in
	// another file than its subject.
	failing map[junitKey]*junitCase
}

type junitKey struct{ rule, subject, path string }

// A junitCase is a rule on a subject in a file. A subject that was judged
// several times has the worst outcome.
type junitCase struct {
	junitKey
	outcome    finding.Outcome
	reason     string // of what is undetermined
	findings   []*finding.Finding
	suppressed []*finding.Finding
}

func (j *junit) at(key junitKey) *junitCase {
	c := j.index[key]
	if c == nil {
		c = &junitCase{junitKey: key, outcome: finding.Pass}
		j.index[key] = c
		j.cases = append(j.cases, c)
	}
	return c
}

func (j *junit) verdict(v *finding.Verdict) {
	key := junitKey{v.Rule, v.Subject, ""}
	if v.Location.File != nil {
		key.path = j.o.repositoryPath(v.Location.File)
	}
	c := j.at(key)
	switch {
	case v.Outcome == finding.Fail:
		c.outcome = finding.Fail
		key.path = ""
		if j.failing[key] == nil {
			j.failing[key] = c
		}
	case v.Outcome == finding.Undetermined && c.outcome == finding.Pass:
		c.outcome, c.reason = v.Outcome, v.Reason
	}
}

func (j *junit) finding(f *finding.Finding) {
	key := junitKey{f.Rule, f.Subject, j.o.repositoryPath(f.Location.File)}
	c := j.index[key]
	if c == nil {
		c = j.failing[junitKey{f.Rule, f.Subject, ""}]
	}
	if c == nil {
		c = j.at(key)
	}
	if f.Suppressed != nil {
		c.suppressed = append(c.suppressed, f)
	} else {
		c.findings = append(c.findings, f)
	}
}

// suites groups the cases by family; they are in order.
func (j *junit) suites() []junitSuite {
	var suites []junitSuite
	for _, c := range j.cases {
		family, _, _ := strings.Cut(c.rule, "/")
		if len(suites) == 0 || suites[len(suites)-1].name != family {
			suites = append(suites, junitSuite{name: family})
		}
		s := &suites[len(suites)-1]
		s.tests = append(s.tests, j.test(c))
	}
	return suites
}

// test renders a case.
func (j *junit) test(c *junitCase) junitTest {
	name := c.subject
	switch {
	case name == "":
		name = c.path
	case c.path != "":
		name += " (" + c.path + ")"
	}
	t := junitTest{class: c.rule, name: name}
	switch {
	case len(c.findings) > 0:
		t.element = "failure"
		t.message, t.kind, t.text = j.failure(c.findings)
	case len(c.suppressed) > 0:
		by := c.suppressed[0].Suppressed
		t.element, t.message = "skipped", "suppressed by "+string(by.Kind)
		if by.Reason != "" {
			t.message += ": " + by.Reason
		}
	case c.outcome == finding.Undetermined:
		t.element, t.message = "skipped", "undetermined: "+c.reason
	case c.outcome == finding.Fail:
		t.element, t.message = "skipped", "fails, but its findings are outside of what was asked for"
	}
	return t
}

// failure returns what a case that fails says: the message of the worst finding,
// its severity, and a line for every finding.
func (j *junit) failure(findings []*finding.Finding) (message, kind string, text []string) {
	worst := slices.MaxFunc(findings, func(a, b *finding.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	message = worst.Message
	if more := len(findings) - 1; more > 0 {
		message += fmt.Sprintf(" (and %d more)", more)
	}
	for _, f := range findings {
		text = append(text, fmt.Sprintf("%s: %s", j.o.placed(f.Location, f.Severity.String()), j.o.explained(f, j.rules[f.Rule])))
	}
	return message, worst.Severity.String(), text
}

// notAnalysedSuite has an error for everything that should have been checked and
// was not; it is empty if there is nothing.
func notAnalysedSuite(run *finding.Run, o *Options) []junitSuite {
	suite := junitSuite{name: "opslint"}
	for i := range run.Notices {
		if n := &run.Notices[i]; n.Incomplete {
			suite.tests = append(suite.tests, junitTest{
				class: notAnalysed, name: o.placed(n.Location, n.Message),
				element: "error", message: n.Message, kind: "not analysed",
			})
		}
	}
	if len(suite.tests) == 0 {
		return nil
	}
	return []junitSuite{suite}
}

type junitSuite struct {
	name  string
	tests []junitTest
}

type junitTest struct {
	class, name   string
	element       string // failure, error or skipped; empty if the test passes
	message, kind string
	text          []string // lines
}

// count returns how many tests of the suite have the element.
func (s *junitSuite) count(element string) int {
	n := 0
	for i := range s.tests {
		if s.tests[i].element == element {
			n++
		}
	}
	return n
}

func writeSuites(w io.Writer, suites []junitSuite) error {
	var tests, failures, errors int
	for i := range suites {
		tests += len(suites[i].tests)
		failures += suites[i].count("failure")
		errors += suites[i].count("error")
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, xmlHead+"<testsuites name=\"opslint\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n", tests, failures, errors)
	for i := range suites {
		s := &suites[i]
		fmt.Fprintf(out, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n",
			xmlText(s.name), len(s.tests), s.count("failure"), s.count("error"), s.count("skipped"))
		for k := range s.tests {
			s.tests[k].write(out)
		}
		out.WriteString("  </testsuite>\n")
	}
	out.WriteString("</testsuites>\n")
	return out.Flush()
}

func (t *junitTest) write(w io.Writer) {
	fmt.Fprintf(w, "    <testcase classname=\"%s\" name=\"%s\"", xmlText(t.class), xmlText(t.name))
	if t.element == "" {
		io.WriteString(w, "/>\n")
		return
	}
	fmt.Fprintf(w, ">\n      <%s message=\"%s\"", t.element, xmlText(t.message))
	if t.kind != "" {
		fmt.Fprintf(w, " type=\"%s\"", xmlText(t.kind))
	}
	if len(t.text) == 0 {
		io.WriteString(w, "/>")
	} else {
		io.WriteString(w, ">")
		for i, line := range t.text {
			if i > 0 {
				io.WriteString(w, "\n")
			}
			io.WriteString(w, xmlText(line))
		}
		fmt.Fprintf(w, "</%s>", t.element)
	}
	io.WriteString(w, "\n    </testcase>\n")
}
