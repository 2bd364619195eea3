package logapi

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func TestPath(t *testing.T) {
	for path, want := range map[string]string{
		"log": "log", "log/slog": "log/slog", "k8s.io/klog/v2": "k8s.io/klog", "github.com/labstack/echo/v4": "github.com/labstack/echo",
		"gopkg.in/inconshreveable/log15.v2": "gopkg.in/inconshreveable/log15", "example.com/a/vendor/k8s.io/klog/v2": "k8s.io/klog",
		"github.com/go-chi/chi/v5/middleware": "github.com/go-chi/chi/middleware", "v2": "v2", "": "",
	} {
		if got := Path(path); got != want {
			t.Errorf("Path(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestVerbs(t *testing.T) {
	tests := []struct {
		format string
		want   map[int]Verb
	}{
		{"", map[int]Verb{}},
		{"no verb", map[int]Verb{}},
		{"%s %+v %#v %d %T", map[int]Verb{0: {Class: Plain}, 1: {Class: Plus}, 2: {Class: GoSyntax}, 3: {Class: Raw}, 4: {Class: Hidden}}},
		{"100%% of %v", map[int]Verb{0: {Class: Plain}}},
		{"%[2]s %[1]q", map[int]Verb{1: {Class: Plain}, 0: {Class: Plain}}},
		{"%*d %s", map[int]Verb{0: {Class: Hidden}, 1: {Class: Raw}, 2: {Class: Plain}}},
		{"%T %[1]v", map[int]Verb{0: {Class: Plain}}},
		{"user=%s password=%q", map[int]Verb{0: {Class: Plain, Label: "user"}, 1: {Class: Plain, Label: "password"}}},
		{"%", map[int]Verb{}},
		{"%[", map[int]Verb{}},
		{"%-+10.3v", map[int]Verb{0: {Class: Plus}}},
	}
	for _, test := range tests {
		got := Verbs(test.format)
		if len(got) != len(test.want) {
			t.Errorf("Verbs(%q) = %v, want %v", test.format, got, test.want)
			continue
		}
		for i, want := range test.want {
			if got[i] != want {
				t.Errorf("Verbs(%q)[%d] = %v, want %v", test.format, i, got[i], want)
			}
		}
	}
}

func TestLabel(t *testing.T) {
	for text, want := range map[string]string{
		"password=": "password", "login with password=": "password", "db password: ": "db password", `{"token": "`: "token",
		"user=joe, api_key: ": "api_key", "cannot create a new token: ": "", "token ": "", "": "", ":": "", "=": "", "a?token=": "token",
	} {
		if got := Label(text); got != want {
			t.Errorf("Label(%q) = %q, want %q", text, got, want)
		}
	}
}

const calls = `package p

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
)

func f(ctx context.Context, l *log.Logger, s *slog.Logger, w io.Writer, x string, kv []any) {
	log.Println("a", x)
	l.Printf("%s=%d", x, 1)
	log.Output(2, x)
	slog.Info("m", "k", x, slog.String("n", x))
	s.LogAttrs(ctx, slog.LevelInfo, "m", slog.Any("k", x))
	s.InfoContext(ctx, "m", kv...)
	slog.With("k", x)
	fmt.Fprintf(os.Stderr, "%v", x)
	println(x)
	fmt.Fprintf(w, "%v", x)
	fmt.Sprintf("%v", x)
	s.Handler()
}
`

func TestOf(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", calls, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Defs: make(map[*ast.Ident]types.Object),
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	var got []string
	ast.Inspect(file, func(n ast.Node) bool {
		e, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		call, ok := Of(info, e)
		if !ok {
			return true
		}
		line := call.Func.Name
		for _, arg := range call.Arguments(info) {
			line += " " + string(rune(arg.Role)) + ":" + types.ExprString(arg.Expr)
			if arg.Key != "" {
				line += "@" + arg.Key
			}
			if arg.Spread {
				line += "…"
			}
		}
		got = append(got, line)
		return true
	})
	want := []string{
		`log.Println V:"a" V:x`,
		`log.Logger.Printf F:"%s=%d" V:x V:1`,
		`log.Output M:x`,
		`slog.Info M:"m" v:x@k A:slog.String("n", x)`,
		`slog.String v:x@n`,
		`slog.Logger.LogAttrs M:"m" A:slog.Any("k", x)`,
		`slog.Any v:x@k`,
		`slog.Logger.InfoContext M:"m" A:kv…`,
		`slog.With v:x@k`,
		`fmt.Fprintf F:"%v" V:x`,
		`println V:x`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("calls:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Every row of the table names roles that exist, and a value class for values.
func TestTable(t *testing.T) {
	for name, f := range index() {
		for _, role := range f.Roles {
			if !strings.ContainsRune(".MFVPAmkvCE", rune(role)) {
				t.Errorf("%s: unknown role %c", name, role)
			}
		}
		if f.Class == 0 {
			t.Errorf("%s: no class", name)
		}
		if f.Kind == Sink && f.Level == "" && strings.Contains(f.Name, "Error") {
			t.Errorf("%s: no level", name)
		}
	}
}
