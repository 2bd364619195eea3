package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// hostileText has what breaks out of XML, Markdown, logs and JSON.
const hostileText = "a\"]]>--></x><!--&#0;\x00\x1b[2J\x85\ufffe\uffff\xff|`*_[x](y)\n::error::\r##vso[task.setvariable]v;;]%0A @acme #12 https://evil.example www.evil.example <img src=x> \\| $x$"

// hostileRun has the hostile text wherever something of a checked repository may
// stand.
func hostileRun() *finding.Run {
	f := source.NewFile("a/"+hostileText+".yaml", []byte("a: "+hostileText+"\n"))
	l := source.Location{File: f, Range: source.Range{Start: 3, End: 5}}
	related := []finding.Related{{Location: l, Message: hostileText}, {Message: hostileText}}
	return &finding.Run{
		Rules: []*rule.Rule{{ID: "x/y", Remedy: hostileText}},
		Findings: []finding.Finding{
			{Rule: "x/y", Severity: rule.Error, Location: l, Message: hostileText, Subject: hostileText, Key: "1", Related: related, Trace: related},
			{
				Rule: "x/" + hostileText, Severity: rule.Warning, Location: l, Message: hostileText, Subject: "s", Key: "2",
				Suppressed: &finding.Suppression{Kind: finding.ByDirective, Reason: hostileText, Location: l},
			},
		},
		Verdicts: []finding.Verdict{{Rule: "x/z", Subject: hostileText, Outcome: finding.Undetermined, Reason: hostileText, Location: l}},
		Notices:  []finding.Notice{{Location: l, Message: hostileText, Incomplete: true}, {Message: hostileText}},
	}
}

func TestSameRunGivesSameBytes(t *testing.T) {
	for format := range Formats {
		o := Options{Verbose: true, ShowSuppressed: true, ShowUndetermined: true}
		first := render(t, format, sampleRun(), o)
		for range 5 {
			if again := render(t, format, sampleRun(), o); again != first {
				t.Fatalf("%s differs:\n%s", format, cmp.Diff(first, again))
			}
		}
	}
}

// elements parses XML strictly and returns how often each element occurs.
func elements(t *testing.T, document string) map[string]int {
	t.Helper()
	found := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		if start, ok := token.(xml.StartElement); ok {
			found[start.Name.Local]++
		}
	}
}

func TestXMLHoldsHostileContent(t *testing.T) {
	for format, want := range map[string]map[string]int{
		"junit":      {"testsuites": 1, "testsuite": 2, "testcase": 4, "failure": 1, "skipped": 2, "error": 1},
		"checkstyle": {"checkstyle": 1, "file": 1, "error": 2},
	} {
		if diff := cmp.Diff(want, elements(t, render(t, format, hostileRun(), Options{}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}

// TestJUnitCountsAddUp holds the numbers of every suite against its cases.
func TestJUnitCountsAddUp(t *testing.T) {
	type outcome struct {
		Message string `xml:"message,attr"`
	}
	var all struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Name       string     `xml:"name,attr"`
			Attributes []xml.Attr `xml:",any,attr"`
			Cases      []struct {
				Name    string   `xml:"name,attr"`
				Class   string   `xml:"classname,attr"`
				Failure *outcome `xml:"failure"`
				Error   *outcome `xml:"error"`
				Skipped *outcome `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(render(t, "junit", sampleRun(), Options{})), &all); err != nil {
		t.Fatal(err)
	}
	var total [4]int
	seen := map[string]bool{}
	for _, s := range all.Suites {
		var numbers [4]int
		for _, c := range s.Cases {
			numbers[0]++
			for i, o := range []*outcome{c.Failure, c.Error, c.Skipped} {
				if o != nil {
					numbers[i+1]++
				}
			}
			if id := c.Class + " " + c.Name; seen[id] {
				t.Errorf("two cases are called %s", id)
			} else {
				seen[id] = true
			}
			if family, _, _ := strings.Cut(c.Class, "/"); family != s.Name {
				t.Errorf("%s is in the suite %s", c.Class, s.Name)
			}
		}
		for i, name := range []string{"tests", "failures", "errors", "skipped"} {
			total[i] += numbers[i]
			for _, a := range s.Attributes {
				if a.Name.Local == name && a.Value != strconv.Itoa(numbers[i]) {
					t.Errorf("suite %s says it has %s %s, it has %d", s.Name, a.Value, name, numbers[i])
				}
			}
		}
	}
	if got := [3]int{all.Tests, all.Failures, all.Errors}; got != [3]int(total[:3]) {
		t.Errorf("the head says %v, the suites have %v", got, total)
	}
}

// TestJUnitOutcomes covers what becomes of a verdict and its findings.
func TestJUnitOutcomes(t *testing.T) {
	here, there := source.NewFile("a.yaml", []byte("a: 1\n")), source.NewFile("b.yaml", []byte("b: 1\n"))
	place := func(f *source.File) source.Location {
		return source.Location{File: f, Range: source.Range{Start: 3, End: 4}}
	}
	verdict := func(outcome finding.Outcome, reason string) finding.Verdict {
		return finding.Verdict{Rule: "x/y", Subject: "s", Location: place(here), Outcome: outcome, Reason: reason}
	}
	found := func(f *source.File, by *finding.Suppression) finding.Finding {
		return finding.Finding{Rule: "x/y", Subject: "s", Severity: rule.Note, Message: "m", Location: place(f), Suppressed: by}
	}
	for name, test := range map[string]struct {
		verdicts []finding.Verdict
		findings []finding.Finding
		want     string
	}{
		"pass":          {[]finding.Verdict{verdict(finding.Pass, "")}, nil, `name="s (a.yaml)"/>`},
		"undetermined":  {[]finding.Verdict{verdict(finding.Pass, ""), verdict(finding.Undetermined, "no value")}, nil, `<skipped message="undetermined: no value"/>`},
		"failure":       {[]finding.Verdict{verdict(finding.Pass, ""), verdict(finding.Fail, "")}, []finding.Finding{found(here, nil)}, `<failure message="m" type="note">a.yaml:1:4: note: m</failure>`},
		"other file":    {[]finding.Verdict{verdict(finding.Fail, "")}, []finding.Finding{found(there, nil)}, `name="s (a.yaml)">` + "\n      " + `<failure message="m" type="note">b.yaml:1:4: note: m</failure>`},
		"suppressed":    {[]finding.Verdict{verdict(finding.Fail, "")}, []finding.Finding{found(here, &finding.Suppression{Kind: finding.ByWaiver, Reason: "until May"})}, `<skipped message="suppressed by waiver: until May"/>`},
		"not asked for": {[]finding.Verdict{verdict(finding.Fail, "")}, nil, `<skipped message="fails, but its findings are outside of what was asked for"/>`},
		"no verdict":    {nil, []finding.Finding{found(there, nil)}, `name="s (b.yaml)">`},
	} {
		t.Run(name, func(t *testing.T) {
			run := &finding.Run{Verdicts: test.verdicts, Findings: test.findings}
			run.Sort()
			got := render(t, "junit", run, Options{})
			if !strings.Contains(got, test.want) || strings.Count(got, "<testcase") != 1 {
				t.Errorf("want one case with %s, got\n%s", test.want, got)
			}
		})
	}
}

func TestGitLabFingerprintsAreUniqueAndStay(t *testing.T) {
	prints := func(content, prefix string) []string {
		f := source.NewFile("a.yaml", []byte(content))
		run := &finding.Run{}
		for i := range len(content) {
			if content[i] == 'x' {
				run.Findings = append(run.Findings, finding.Finding{
					Rule: "r/r", Severity: rule.Error, Message: "m", Subject: "s", Key: "k",
					Location: source.Location{File: f, Range: source.Range{Start: i, End: i + 1}},
				})
			}
		}
		var issues []gitlabIssue
		if err := json.Unmarshal([]byte(render(t, "gitlab", run, Options{Prefix: prefix})), &issues); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, i := range issues {
			all = append(all, i.Fingerprint)
		}
		return all
	}
	before := prints("a: x\nb: x\nc: x\n", "")
	if len(before) != 3 || before[0] == before[1] || before[1] == before[2] || before[0] == before[2] {
		t.Errorf("fingerprints repeat, and GitLab would drop an entry: %v", before)
	}
	if diff := cmp.Diff(before, prints("# more\n\na: x\nb: x\nc:  x\n", "")); diff != "" {
		t.Errorf("fingerprints changed with the lines:\n%s", diff)
	}
	if other := prints("a: x\n", "services/b"); other[0] == before[0] {
		t.Error("the same path in another workspace has the same fingerprint")
	}
}

func TestAzureEscapes(t *testing.T) {
	f := source.NewFile("a;b]c%.yaml", []byte("a: 1\n"))
	run := &finding.Run{Findings: []finding.Finding{{
		Rule: "x/y", Severity: rule.Error, Message: "100% of a]; ##vso[task.complete]",
		Location: source.Location{File: f, Range: source.Range{Start: 3, End: 4}},
	}}}
	want := "##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP25.yaml;linenumber=1;columnnumber=4;code=x/y;]100%AZP25 of a]; ## vso[task.complete]\n"
	if got := render(t, "azure", run, Options{}); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for line := range strings.Lines(render(t, "azure", hostileRun(), Options{})) {
		if i := strings.LastIndex(line, "##vso["); i > 0 || strings.Contains(line, "##[") || strings.HasPrefix(line, "::") {
			t.Errorf("content became a command: %s", line)
		}
	}
}

func TestSuggestionIsAllOfAFixOrNothing(t *testing.T) {
	const content = "\ufeffä: 1\npassword: hunter2\nb: 2\nc: 3\n"
	f, other := source.NewFile("a.yaml", []byte(content)), source.NewFile("b.yaml", []byte("x"))
	edit := func(text, by string) finding.Edit {
		start := strings.Index(content, text)
		return finding.Edit{Location: source.Location{File: f, Range: source.Range{Start: start, End: start + len(text)}}, NewText: by}
	}
	secret := edit("hunter2", "").Location
	for name, test := range map[string]struct {
		edits []finding.Edit
		want  []rdSuggestion
	}{
		"one edit, columns in bytes": {[]finding.Edit{edit("1", "9")}, []rdSuggestion{{rdRange{rdPosition{1, 8}, rdPosition{1, 9}}, "9"}}},
		"two edits in any order":     {[]finding.Edit{edit("3", "8"), edit("b: 2", "b: 9")}, []rdSuggestion{{rdRange{rdPosition{3, 1}, rdPosition{4, 5}}, "b: 9\nc: 8"}}},
		"a secret between":           {[]finding.Edit{edit("1", "9"), edit("3", "8")}, nil},
		"another file":               {[]finding.Edit{edit("3", "8"), {Location: source.Location{File: other}, NewText: "y"}}, nil},
		"no edit":                    {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			run := &finding.Run{Rules: []*rule.Rule{{ID: "r/secret", Secret: true}}, Findings: []finding.Finding{
				{Rule: "r/r", Severity: rule.Error, Message: "m", Location: edit("3", "").Location, Fix: &finding.Fix{Description: "d", Edits: test.edits}},
				{Rule: "r/secret", Severity: rule.Error, Message: "s", Location: secret},
			}}
			run.Sort()
			var got struct{ Diagnostics []rdDiagnostic }
			d := json.NewDecoder(strings.NewReader(render(t, "rdjson", run, Options{})))
			if err := d.Decode(&got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.Diagnostics[1].Suggestions); diff != "" {
				t.Errorf("suggestions (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRDJSONHasNoFieldThatReviewdogRefuses decodes as strictly as reviewdog does.
func TestRDJSONHasNoFieldThatReviewdogRefuses(t *testing.T) {
	type position struct{ Line, Column int32 }
	type span struct{ Start, End position }
	type origin struct{ Name, URL string }
	var result struct {
		Source      origin
		Severity    string
		Diagnostics []struct {
			Message  string
			Location struct {
				Path  string
				Range span
			}
			Severity    string
			Source      origin
			Code        struct{ Value, URL string }
			Suggestions []struct {
				Range span
				Text  string
			}
			OriginalOutput string `json:"original_output"`
		}
	}
	for _, run := range []*finding.Run{{}, sampleRun(), hostileRun()} {
		d := json.NewDecoder(strings.NewReader(render(t, "rdjson", run, Options{})))
		d.DisallowUnknownFields()
		if err := d.Decode(&result); err != nil {
			t.Fatal(err)
		}
		for _, diagnostic := range result.Diagnostics {
			if s := diagnostic.Severity; s != "ERROR" && s != "WARNING" && s != "INFO" {
				t.Errorf("severity %q", s)
			}
		}
	}
}

// markupOf matches what would be markup in a cell of a table: any special
// character that no backslash precedes.
var markupOf = regexp.MustCompile(`(^|[^\\])[|*_~\[\]$]|<[^b]|@[^&]|://|www\.`)

func TestMarkdownHoldsHostileContent(t *testing.T) {
	got := render(t, "markdown", hostileRun(), Options{})
	rows := 0
	for line := range strings.Lines(got) {
		if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##vso") {
			t.Errorf("content starts a line: %s", line)
		}
		if !strings.HasPrefix(line, "| ❌") {
			continue
		}
		rows++
		cells := strings.Split(strings.TrimSuffix(line, " |\n"), " | ")
		if len(cells) != 4 {
			t.Errorf("row has %d cells: %s", len(cells), line)
		}
		for _, cell := range cells[1:] {
			if bad := markupOf.FindString(strings.ReplaceAll(cell, `\\`, "")); bad != "" {
				t.Errorf("%q is markup in %s", bad, cell)
			}
		}
	}
	if rows != 1 {
		t.Errorf("%d rows, want 1:\n%s", rows, got)
	}
}

func TestMarkdownTargetsStayOneTarget(t *testing.T) {
	f := source.NewFile("a (b)/c|d<e>.yaml", []byte("a\n"))
	run := &finding.Run{Findings: []finding.Finding{{Rule: "r/r", Severity: rule.Error, Message: "m", Location: source.Location{File: f, Range: source.Range{Start: 0, End: 1}}}}}
	got := render(t, "markdown", run, Options{BlobURL: "https://github.com/o/n/blob/c0ffee/"})
	if want := `(https://github.com/o/n/blob/c0ffee/a%20%28b%29/c%7Cd%3Ce%3E.yaml#L1)`; !strings.Contains(got, want) {
		t.Errorf("no %s in\n%s", want, got)
	}
}

func TestMarkdownFitsIntoAJobSummary(t *testing.T) {
	run := largeRun(20_000, 10, 100)
	for i := range run.Findings {
		if i%100 > 0 {
			run.Findings[i].Severity = rule.Note
		}
		run.Findings[i].Message += strings.Repeat("|", 4*markdownText)[:i%7*1000]
	}
	for range 500 {
		run.Notices = append(run.Notices, finding.Notice{Message: strings.Repeat("<", 3000), Incomplete: true})
	}
	got := render(t, "markdown", run, Options{})
	if len(got) > 1<<20 {
		t.Fatalf("%d bytes are too many", len(got))
	}
	listed := strings.Count(got, "| ❌ error |") + strings.Count(got, "note |")
	if strings.Count(got, "| ❌ error |") != 200 {
		t.Errorf("%d errors are in the table, want all 200", strings.Count(got, "| ❌ error |"))
	}
	if want := strconv.Itoa(20_000-listed) + " findings are not in this table**"; !strings.Contains(got, want) {
		t.Errorf("report does not say that %s", want)
	}
	if !strings.Contains(got, " entries are not in this list**") {
		t.Error("report does not say that notices are left out")
	}
	if all := render(t, "markdown", run, Options{NoLimits: true}); strings.Count(all, "| ❌ error |")+strings.Count(all, "note |") != 20_000 {
		t.Error("findings are missing although there is no limit")
	}
}
