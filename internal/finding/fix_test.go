package finding_test

import (
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

func TestApply(t *testing.T) {
	const text = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(1) }\n"
	file := source.NewFile("main.go", []byte(text))
	at := func(start, end int) source.Location {
		return source.Location{File: file, Range: source.Range{Start: start, End: end}}
	}
	fix := func(safe bool, edits ...finding.Edit) finding.Finding {
		return finding.Finding{Fix: &finding.Fix{Safe: safe, Edits: edits}}
	}
	imported := finding.Edit{Location: at(26, 26), NewText: "\nimport \"os\""}
	one := finding.Edit{Location: at(54, 55), NewText: "2"}
	for _, test := range []struct {
		name     string
		findings []finding.Finding
		unsafe   bool
		count    int
		want     string // "" if the file stays
	}{
		{name: "none", findings: []finding.Finding{{}}},
		{name: "safe", findings: []finding.Finding{fix(true, one)}, count: 1,
			want: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(2) }\n"},
		{name: "offered", findings: []finding.Finding{fix(false, one)}},
		{name: "asked for", findings: []finding.Finding{fix(false, one)}, unsafe: true, count: 1,
			want: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(2) }\n"},
		{name: "suppressed", findings: []finding.Finding{{Fix: &finding.Fix{Safe: true, Edits: []finding.Edit{one}}, Suppressed: &finding.Suppression{}}}},
		{name: "overlapping", findings: []finding.Finding{fix(true, one), fix(true, finding.Edit{Location: at(50, 56), NewText: "x"})}, count: 1,
			want: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(2) }\n"},
		{name: "an edit in common", findings: []finding.Finding{fix(true, imported, one), fix(true, imported, finding.Edit{Location: at(42, 45), NewText: "os"})}, count: 2,
			want: "package main\n\nimport \"fmt\"\nimport \"os\"\n\nfunc main() { os.Println(2) }\n"},
		{name: "stays formatted", findings: []finding.Finding{fix(true, finding.Edit{Location: at(54, 55), NewText: "1+1 , 2"})}, count: 1,
			want: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(1+1, 2) }\n"},
	} {
		fixed := finding.Apply(test.findings, test.unsafe)
		if got := string(fixed.Files[file]); got != test.want || fixed.Count != test.count {
			t.Errorf("%s: %d fixed, content %q, want %q", test.name, fixed.Count, got, test.want)
		}
	}
}
