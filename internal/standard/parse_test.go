package standard

import (
	"fmt"
	"strings"
	"testing"
)

// own is an organisation's standard. Each mistake below is made in it.
const own = `{
  "name": "Acme",
  "numbers": {"shutdown": "1m", "retention": "35d", "uptime_production": 0.9995},
  "clauses": [
    {"id": "ACME-SEC.1", "text": "Images are signed", "level": "static", "severity": "error",
     "rules": ["acme/unsigned-image", "acme/old-image"], "off_by_default": ["acme/old-image"]},
    {"id": "ACME-2", "text": "Somebody is called", "level": "manual", "severity": "note"},
    {"id": "ACME-3.A", "text": "All of it", "level": "partial", "severity": "warning", "roll_up_of": ["ACME-SEC.1", "ACME-2"]}
  ]
}`

func TestParse(t *testing.T) {
	s, err := Parse([]byte(own))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Name, s.IDs()); got != "Acme[ACME-SEC.1 ACME-2 ACME-3.A]" {
		t.Errorf("got %s", got)
	}
	for name, want := range map[string]string{"shutdown": "60 s", "retention": "35 d", "uptime_production": "99.95 %", "logs": "90 d"} {
		if n, _ := s.Numbers.Lookup(name); n.String() != want {
			t.Errorf("%s is %s, want %s", name, n, want)
		}
	}
	if n, _ := DefaultNumbers().Lookup("shutdown"); n.Value != 30 {
		t.Error("an organisation's number became everybody's")
	}
	if s.Drifted(s.Clause("acme-2")) {
		t.Error("a clause without a digest has drifted")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ was, now, want string }{
		{`"text": "Images`, `"txt": "Images`, `clause ACME-SEC.1: unknown key "txt" (did you mean "text"?): want id, text, `},
		{`"name": "Acme"`, `"nam": "Acme"`, `unknown key "nam" (did you mean "name"?): want name, numbers, clauses`},
		{`"name": "Acme"`, `"name": ""`, `no name: want`},
		{`"name": "Acme"`, `"name": "Acme",,`, `line 2: invalid character`},
		{`"ACME-2", "text"`, `"ACME-SEC.1", "text"`, `clause ACME-SEC.1: stands twice: want every ID once`},
		{`"id": "ACME-2"`, `"id": "acme-2"`, `clause acme-2: id "acme-2": want one such as OPS-9.3`},
		{`"id": "ACME-2"`, `"id": "ACME-2.3.4"`, `id "ACME-2.3.4": want one such as`},
		{`"id": "ACME-2", `, ``, `clause number 2: id "": want one such as`},
		{`"id": "ACME-2", `, `"id": 2, `, `clause number 2: id: want a text, not a number`},
		{`"level": "manual"`, `"level": "some"`, `clause ACME-2: level "some": want static, partial or manual`},
		{`"level": "manual"`, `"level": "static"`, `clause ACME-2: neither rules nor roll_up_of: want one of them, or level manual`},
		{`"severity": "note"`, `"severity": "notice"`, `clause ACME-2: unknown severity "notice"`},
		{`"severity": "note"`, `"severity": 3`, `clause ACME-2: severity: want error, warning or note, not a number`},
		{`, "severity": "note"`, ``, `clause ACME-2: no severity: want error, warning or note`},
		{`"text": "Somebody is called"`, `"text": ""`, `clause ACME-2: no text: want the demand in one sentence`},
		{`"severity": "note"`, `"severity": "note", "digest": "abc"`, `clause ACME-2: digest "abc": want sha256:`},
		{`"severity": "note"`, `"severity": "note", "digest": "sha256:` + strings.Repeat("0", 64) + `"`, `clause ACME-2: a digest without a source`},
		{`["acme/unsigned-image", `, `["unsigned-image", `, `clause ACME-SEC.1: rule "unsigned-image": want an ID such as`},
		{`["acme/unsigned-image", `, `["acme/old-image", `, `clause ACME-SEC.1: rule acme/old-image stands twice`},
		{`["acme/unsigned-image", `, `[1, `, `clause ACME-SEC.1: rules: want a text, not a number`},
		{`["acme/old-image"]}`, `"acme/old-image"}`, `clause ACME-SEC.1: off_by_default: want a list, not a text`},
		{`["acme/old-image"]}`, `["acme/odd-image"]}`, `clause ACME-SEC.1: off_by_default "acme/odd-image": want one of the clause's rules`},
		{`"ACME-SEC.1", "ACME-2"]`, `"ACME-SEC.2", "ACME-2"]`, `clause ACME-3.A: roll_up_of "ACME-SEC.2": want a clause of this standard (did you mean "ACME-SEC.1"?)`},
		{`"severity": "note"`, `"severity": "note", "roll_up_of": ["ACME-3.A"]`, `clause ACME-2: rolls up itself`},
		{`"shutdown": "1m"`, `"shutdwon": "1m"`, `number "shutdwon" is unknown (did you mean "shutdown"?)`},
		{`"shutdown": "1m"`, `"shutdown": 60`, `number shutdown: want a duration such as "30s" or "30d", not 60`},
		{`"shutdown": "1m"`, `"shutdown": "0s"`, `number shutdown: want a duration above 0`},
		{`0.9995`, `1e999`, `numbers: want a smaller number, not a number`},
		{`0.9995`, `99.95`, `number uptime_production: want a number between 0 and 1`},
		{own, `[]`, `want a mapping, not a list`},
		{own, `{"name": "Acme"}`, `no clauses: want at least one`},
		{own, `{"name": "Acme", "clauses": [3]}`, `clause number 1: want a mapping, not a number`},
		{own, ``, `the file ends too early: want one whole object`},
		{own, `{"name": "Acme"`, `the file ends too early: want one whole object`},
		{own, own + "}", `"}" follows after the end: want one object`},
	} {
		if !strings.Contains(own, test.was) {
			t.Fatalf("%s does not stand in the standard", test.was)
		}
		s, err := Parse([]byte(strings.Replace(own, test.was, test.now, 1)))
		if err == nil || s != nil || !strings.Contains(err.Error(), "read standard: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\n got %v\nwant %s", test.now, err, test.want)
		}
	}
}

func TestParseTellsAllMistakes(t *testing.T) {
	broken := strings.NewReplacer(`"Acme"`, `""`, `"manual"`, `"some"`, `"1m"`, `"soon"`).Replace(own)
	_, err := Parse([]byte(broken))
	if lines := strings.Count(fmt.Sprint(err), "\n") + 1; lines != 3 {
		t.Errorf("%d mistakes told, want 3:\n%v", lines, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(own))
	f.Add(defaultClauses)
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := Parse(content)
		if err != nil {
			return
		}
		s.Text = defaultText
		for _, c := range s.Clauses {
			if s.Clause(strings.ToLower(c.ID)) != c {
				t.Errorf("%s is not found", c.ID)
			}
			s.Drifted(c)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(defaultClauses); err != nil {
			b.Fatal(err)
		}
	}
}
