package loggers

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// ignoring leaves out that facts are not expected by comments.
type ignoring struct{}

func (ignoring) Errorf(string, ...any) {}

// service is a program whose logger is made in another package from what
// function main gives.
func service(t *testing.T) *Program {
	t.Helper()
	for _, result := range analysistest.Run(ignoring{}, analysistest.TestData(), Analyzer, "service") {
		if p, _ := result.Result.(*Program); p != nil {
			return p
		}
	}
	t.Fatal("the program is no service")
	return nil
}

func TestProgram(t *testing.T) {
	p := service(t)
	installed := p.First(func(e *Event) bool { return e.Kind == Install })
	if installed == nil {
		t.Fatal("no logger is installed")
	}
	chain := p.Chain(installed.Base)
	if chain.Open || !slices.Equal(chain.Keys, []string{"service"}) {
		t.Errorf("keys %q, open %t", chain.Keys, chain.Open)
	}
	var texts []string
	for _, e := range chain.Makers {
		texts = append(texts, e.Text)
		if e.Text != "slog.NewJSONHandler" {
			continue
		}
		if !e.Levels.Has(Outside) || e.Default {
			t.Errorf("level %v does not come from outside", e.Levels)
		}
		if !e.Writer.Has(Stream) || !e.Writer.Has(File) {
			t.Errorf("writers %v", e.Writer)
		}
		for _, s := range e.Writer {
			if s.Origin == File && (s.Text != "debug.log" || s.Condition.Branch != Development) {
				t.Errorf("file %+v", s)
			}
		}
	}
	if want := []string{"slog.With", "slog.New", "slog.NewJSONHandler"}; !slices.Equal(texts, want) {
		t.Errorf("made by %q, want %q", texts, want)
	}
}

// What is bound for one request is not bound to every line, but it is a key.
func TestKeys(t *testing.T) {
	p := service(t)
	if want := []string{"path", "request_id", "size"}; !slices.Equal(p.Keys, want) {
		t.Errorf("keys %q, want %q", p.Keys, want)
	}
	if keys, open := p.Bound(); open || slices.Contains(keys, "request_id") {
		t.Errorf("bound %q, open %t", keys, open)
	}
}
