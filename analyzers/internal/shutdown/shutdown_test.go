package shutdown

import (
	"bytes"
	"encoding/gob"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestUnversioned(t *testing.T) {
	for path, want := range map[string]string{
		"net/http":                                 "net/http",
		"github.com/labstack/echo/v4":              "github.com/labstack/echo",
		"gopkg.in/tylerb/graceful.v1":              "gopkg.in/tylerb/graceful",
		"github.com/go-kratos/kratos/v2/transport": "github.com/go-kratos/kratos/transport",
		"github.com/example/v2ray/core":            "github.com/example/v2ray/core",
	} {
		if got := unversioned(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func TestSignals(t *testing.T) {
	for _, test := range []struct {
		signals Signals
		text    string
		term    bool
	}{
		{signalSet(SIGINT), "SIGINT", false},
		{signalSet(SIGINT) | signalSet(SIGTERM) | signalSet(1), "SIGHUP, SIGINT and SIGTERM", true},
		{signalSet(50), "signal 50", false},
		{signalSet(64), "another signal", false},
		{allSignals, allSignals.String(), true},
		{unknownSignals | signalSet(SIGINT), "SIGINT", true},
	} {
		if got := test.signals.String(); got != test.text {
			t.Errorf("%x: %s", uint64(test.signals), got)
		}
		if got := test.signals.MayHold(SIGTERM); got != test.term {
			t.Errorf("%s may hold SIGTERM: %t", test.text, got)
		}
	}
}

func TestForeignOf(t *testing.T) {
	facts := map[string]*Foreign{}
	for _, p := range []struct {
		path     string
		standard bool
		imports  []string
		want     []string
	}{
		{"os/signal", true, nil, nil},
		{"net/http", true, []string{"os/signal"}, nil},
		{"example.org/quiet", false, []string{"net/http"}, nil},
		{"example.org/trapper", false, []string{"os/signal"}, []string{"example.org/trapper"}},
		{"github.com/oklog/run", false, []string{"os/signal"}, nil},
		{"github.com/charmbracelet/bubbletea/v2", false, []string{"os/signal"}, nil},
		{"example.org/user", false, []string{"example.org/quiet", "example.org/trapper", "github.com/oklog/run"}, []string{"example.org/trapper"}},
	} {
		fact := ForeignOf(p.path, p.standard, p.imports, func(path string) *Foreign { return facts[path] })
		if diff := cmp.Diff(p.want, fact.Trappers); diff != "" {
			t.Errorf("%s: %s", p.path, diff)
		}
		facts[p.path] = fact
	}
}

// Caches downstream depend on facts being the same bytes every time.
func TestFactsAreDeterministic(t *testing.T) {
	testdata, err := filepath.Abs("../../unhandledsigterm/testdata")
	if err != nil {
		t.Fatal(err)
	}
	encode := func() []byte {
		var buf bytes.Buffer
		encoder := gob.NewEncoder(&buf)
		for _, result := range analysistest.Run(ignored{}, testdata, Analyzer, "bad/...") {
			for _, fact := range result.Facts[nil] {
				if err := encoder.Encode(fact); err != nil {
					t.Fatal(err)
				}
			}
		}
		return buf.Bytes()
	}
	first := encode()
	if len(first) == 0 {
		t.Fatal("no facts")
	}
	if !bytes.Equal(first, encode()) {
		t.Error("the facts differ from run to run")
	}
}

// ignored takes the complaints that nothing matches the want comments, which
// are another analyzer's.
type ignored struct{}

func (ignored) Errorf(string, ...any) {}
