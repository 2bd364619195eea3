package terraform

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

// TestBadInput gives the parser what breaks parsers: each is one clear line, in
// time, and nothing else is lost.
func TestBadInput(t *testing.T) {
	deep := strings.Repeat
	for name, c := range map[string]struct {
		file, content string
		want          string // of the notice; "" for none
	}{
		"empty":            {"a.tf", "", ""},
		"blank":            {"a.tf", "\n\n  \t\n", ""},
		"byte order mark":  {"a.tf", "\ufefflocals {\n  a = 1\n}\n", ""},
		"carriage returns": {"a.tf", "locals {\r\n  a = 1\r\n}\r\n", ""},
		"no last newline":  {"a.tf", "locals { a = 1 }", ""},
		"half written":     {"a.tf", "resource \"aws_db_instance\" \"main\" {\n  x = ", "read configuration: missing expression"},
		"merge conflict":   {"a.tf", "<<<<<<< HEAD\nlocals {}\n=======\n>>>>>>> x\n", "read configuration: argument or block definition required"},
		"not UTF-8":        {"a.tf", "locals {\n  a = \"\xff\"\n}\n", "read configuration: the file is not valid UTF-8"},
		"deep lists":       {"a.tf", "locals {\n  a = " + deep("[", 100000) + "\n}\n", "read configuration: the expression is nested too deeply"},
		"deep parentheses": {"a.tf", "locals {\n  a = " + deep("(", 5000) + "1" + deep(")", 5000) + "\n}\n", "read configuration: the expression is nested too deeply"},
		"deep templates":   {"a.tf", "locals {\n  a = " + deep("\"${", 5000) + "1" + deep("}\"", 5000) + "\n}\n", "read configuration: the expression is nested too deeply"},
		"deep blocks":      {"a.tf", deep("a {\n", 5000) + deep("}\n", 5000), "read configuration: the expression is nested too deeply"},
		"deep directives":  {"a.tf", "locals {\n  a = \"" + deep("%{ if true }", 5000) + deep("%{ endif }", 5000) + "\"\n}\n", "read configuration: the expression is nested too deeply"},
		"long sum":         {"a.tf", "locals {\n  a = 1" + deep("+1", 100000) + "\n}\n", "read configuration: the expression is nested too deeply"},
		"long negation":    {"a.tf", "locals {\n  a = " + deep("!", 1000000) + "true\n}\n", "read configuration: the expression is nested too deeply"},
		"long index":       {"a.tf", "locals {\n  a = b" + deep("[0]", 100000) + "\n}\n", "read configuration: the expression is nested too deeply"},
		"long conditional": {"a.tf", "locals {\n  a = " + deep("true?1:", 100000) + "1\n}\n", "read configuration: the expression is nested too deeply"},
		"huge number":      {"a.tf", "locals {\n  a = 1e999999999\n}\n", "read configuration: the number is too large"},
		"JSON":             {"a.tf.json", "{\"locals\": {\"a\": }", "read configuration: missing JSON value"},
		"half JSON":        {"a.tf.json", "{\"", "read configuration: invalid JSON string"},
		"deep JSON":        {"a.tf.json", "{\"locals\": {\"a\": " + deep("[", 100000), "read configuration: the value is nested too deeply"},
		"JSON template":    {"a.tf.json", "{\"locals\": {\"a\": \"${" + deep("(", 5000) + "\"}}", "read configuration: the expression is nested too deeply"},
		"JSON block":       {"a.tf.json", "{\"resource\": {\"a_b\": 3}}", "read configuration: a block of type resource must be an object"},
		"JSON repeats":     {"a.tf.json", "{\"locals\": {\"a\": 1, \"a\": 2}}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := assembleArchive(t, []txtar.File{
				{Name: c.file, Data: []byte(c.content)},
				{Name: "good/main.tf", Data: []byte("resource \"a_b\" \"good\" {}\n")},
			})
			var messages []string
			for _, n := range r.notices {
				messages = append(messages, n.Message)
			}
			switch {
			case c.want == "" && len(messages) > 0:
				t.Errorf("notices %q", messages)
			case c.want != "" && (len(messages) != 1 || !strings.HasPrefix(messages[0], c.want) || !r.notices[0].Incomplete):
				t.Errorf("want %q, got %q", c.want, messages)
			}
			if len(r.documents) != 1 {
				t.Errorf("the other file was lost")
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestBombs gives the evaluator what would take for ever or fill the memory.
func TestBombs(t *testing.T) {
	chain := func(n int, step string) string {
		var b strings.Builder
		b.WriteString("locals {\n  v0 = \"0123456789abcdef\"\n")
		for i := range n {
			fmt.Fprintf(&b, "  v%d = %s\n", i+1, strings.ReplaceAll(step, "@", fmt.Sprintf("local.v%d", i)))
		}
		fmt.Fprintf(&b, "}\nresource \"a_b\" \"c\" {\n  x = local.v%d\n}\n", n)
		return b.String()
	}
	resource := func(expr string) string {
		return "locals {\n  big = range(0, 1000)\n}\nresource \"a_b\" \"c\" {\n  x = " + expr + "\n}\n"
	}
	for name, content := range map[string]string{
		"doubling text":   chain(60, `"${@}${@}"`),
		"doubling lists":  chain(60, `[@, @]`) + "resource \"a_b\" \"d\" {\n  y = [local.v19, local.v19, local.v19]\n}\n",
		"squaring":        strings.Replace(chain(40, `@ * @`), `"0123456789abcdef"`, "1e300", 1),
		"long chain":      chain(20000, `@`),
		"setproduct":      resource("setproduct(local.big, local.big, local.big, local.big)"),
		"nested loops":    resource("[for a in local.big : [for b in local.big : [for c in local.big : [for d in local.big : 1]]]]"),
		"wide format":     resource(`format("%999999999d", 1)`),
		"join":            resource(`join(join("", [for a in local.big : "xxxxxxxx"]), [for a in local.big : join("", [for b in local.big : "yyyyyyyy"])])`),
		"replace":         resource(`replace(join("", [for a in local.big : "xxxxxxxxxxxxxxxx"]), "x", join("", [for a in local.big : "yyyyyyyyyyyyyyyy"]))`),
		"template loop":   resource(`"%{ for a in local.big }%{ for b in local.big }%{ for c in local.big }xxxxxxxx%{ endfor }%{ endfor }%{ endfor }"`),
		"number of text":  resource(`"${jsondecode("1e600000000")}"`),
		"YAML aliases":    resource("yamldecode(\"a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\")"),
		"many instances":  "resource \"a_b\" \"c\" {\n  count = 1000000000\n  x = timestamp()\n}\n",
		"negative count":  "resource \"a_b\" \"c\" {\n  count = -1\n}\nresource \"a_b\" \"d\" {\n  x = timestamp()\n}\n",
		"fraction":        "resource \"a_b\" \"c\" {\n  count = 1.5\n  x = timestamp()\n}\n",
		"dynamic forever": "resource \"a_b\" \"c\" {\n  x = timestamp()\n  dynamic \"d\" {\n    for_each = range(0, 1000)\n    content {\n      dynamic \"e\" {\n        for_each = range(0, 1000)\n        content {\n          dynamic \"f\" {\n            for_each = range(0, 1000)\n            content {}\n          }\n        }\n      }\n    }\n  }\n}\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := assembleArchive(t, []txtar.File{{Name: "main.tf", Data: []byte(content)}})
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if len(r.documents) == 0 {
				t.Fatal("the resource was lost")
			}
			if name == "doubling lists" { // each is within its limits again and again
				return
			}
			if x := r.documents[0].Root.Get("config").Get("x"); x == nil || x.Kind != document.Unknown {
				t.Errorf("x is not unknown: %v", x)
			}
		})
	}
}

// FuzzParse proves that no file makes the parser panic or point outside itself.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"resource \"a_b\" \"c\" {\n  count = 2\n  x = [for k, v in { a = 1 } : \"${k}-${v}\" if v > 0] # opslint:ignore x: y\n}\n",
		"variable \"v\" {\n  type = object({ a = optional(number, 3) })\n  default = {}\n}\nlocals {\n  l = var.v.a == 3 ? try(local.m, 1) : null\n  m = local.l\n}\n",
		"resource \"a_b\" \"c\" {\n  dynamic \"d\" {\n    for_each = toset([\"x\"])\n    iterator = i\n    content {\n      e = i.value\n    }\n  }\n  y = a_b.c.x[*].z\n}\n",
		"module \"m\" {\n  source = \"./\"\n}\noutput \"o\" {\n  value = <<-EOT\n    %{ if true }x%{ endif }\n  EOT\n}\n",
		"terraform {\n  source = \"${get_repo_root()}/a//b\"\n}\ninputs = {\n  x = 1\n}\n",
		"{\"resource\": {\"a_b\": {\"c\": [{\"for_each\": \"${{a = 1}}\", \"x\": \"${each.key}\", \"dynamic\": {\"s\": {}}}]}}, \"//\": \"opslint:ignore x: y\"}",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, content []byte, isJSON bool) {
		name := "main.tf"
		if isJSON {
			name = "main.tf.json"
		}
		file := source.NewFile(name, content)
		if !Recognise(file) {
			return
		}
		wrapper, _ := Parse(source.NewFile("live/terragrunt.hcl", content))
		artifact, notices := Parse(file)
		for _, n := range notices {
			if n.Location.Range.Start < 0 || n.Location.Range.End > len(content) {
				t.Errorf("notice %q points outside the file", n.Message)
			}
		}
		for _, c := range artifact.Comments {
			if !(source.Range{End: len(content)}).Contains(c.Range) || !(source.Range{End: len(content)}).Contains(c.Scope) {
				t.Errorf("comment %q points outside the file", c.Text)
			}
		}
		groups, notices := Assemble(t.Context(), nil, ".", []*document.Artifact{artifact, wrapper})
		for _, n := range notices {
			if strings.Contains(n.Message, "internal error") {
				t.Error(n.Message)
			}
		}
		for _, g := range groups {
			for _, d := range g.Documents {
				if err := parsetest.RangesInside(d.File, d.Root); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
