package loggers

import (
	"cmp"
	"go/ast"
	"go/types"
	"os"
	"slices"
	"strings"
)

// passers are functions that return what they are given in another form, by the
// argument: a writer behind a lock, the level that a text names.
var passers = map[string]int{
	"go.uber.org/zap/zapcore.AddSync": 0, "go.uber.org/zap/zapcore.Lock": 0, "go.uber.org/zap.Must": 0,
	"github.com/rs/zerolog.SyncWriter": 0, "github.com/mattn/go-colorable.NewColorable": 0, "github.com/mattn/go-colorable.NewNonColorable": 0,
	"github.com/rs/zerolog/diode.NewWriter": 0, "bufio.NewWriter": 0, "bufio.NewWriterSize": 0, "github.com/go-kit/log.NewSyncWriter": 0,
	"go.uber.org/zap.NewAtomicLevelAt": 0, "go.uber.org/zap.ParseAtomicLevel": 0, "go.uber.org/zap/zapcore.ParseLevel": 0,
	"github.com/rs/zerolog.ParseLevel": 0, "github.com/sirupsen/logrus.ParseLevel": 0, "github.com/hashicorp/go-hclog.LevelFromString": 0,
	"github.com/charmbracelet/log.ParseLevel": 0, "github.com/apex/log.ParseLevel": 0, "github.com/apex/log.MustParseLevel": 0,
	"github.com/go-kit/log/level.Allow": 0, "github.com/go-kit/log/level.Parse": 0, "github.com/go-kit/log/level.ParseDefault": 0,
	"strings.ToLower": 0, "strings.ToUpper": 0, "strings.TrimSpace": 0, "strconv.Atoi": 0, "cmp.Or": all,
	"github.com/rs/zerolog.Logger.With": receiver, "github.com/rs/zerolog.Context.Logger": receiver, "github.com/rs/zerolog.Context.Timestamp": receiver,
	"github.com/rs/zerolog.Context.Caller": receiver, "github.com/rs/zerolog.Context.Stack": receiver, "github.com/rs/zerolog.Logger.Sample": receiver,
	"go.uber.org/zap.Logger.Sugar": receiver, "go.uber.org/zap.SugaredLogger.Desugar": receiver, "go.uber.org/zap.Logger.Named": receiver,
	"go.uber.org/zap.SugaredLogger.Named": receiver, "go.uber.org/zap.Logger.Core": receiver,
	"log/slog.Logger.WithGroup": receiver, "log/slog.Logger.Handler": receiver, "log/slog.Handler.WithGroup": receiver, "log/slog.LevelVar.Level": receiver,
	"github.com/hashicorp/go-hclog.Logger.Named": receiver, "github.com/hashicorp/go-hclog.Logger.ResetNamed": receiver,
	"github.com/charmbracelet/log.Logger.WithPrefix": receiver, "github.com/sirupsen/logrus.Logger.WithContext": receiver,
	"github.com/sirupsen/logrus.Entry.WithContext": receiver, "github.com/sirupsen/logrus.Entry.WithTime": receiver,
	"go.uber.org/zap.AtomicLevel.Level": receiver, "github.com/sirupsen/logrus.NewEntry": 0,
	"github.com/go-logr/logr.Logger.WithName": receiver, "github.com/go-logr/logr.Logger.V": receiver,
	"io.MultiWriter": all, "go.uber.org/zap/zapcore.NewMultiWriteSyncer": all, "go.uber.org/zap.CombineWriteSyncers": all,
	"github.com/rs/zerolog.MultiLevelWriter": all, "github.com/apex/log/handlers/multi.New": all,
}

// standards are functions that return the default logger of a library.
var standards = map[string]string{
	"log/slog.Default": "slog", "go.uber.org/zap.L": "zap", "go.uber.org/zap.S": "zap", "github.com/sirupsen/logrus.StandardLogger": "logrus",
	"github.com/hashicorp/go-hclog.Default": "hclog", "github.com/hashicorp/go-hclog.L": "hclog", "github.com/charmbracelet/log.Default": "charm",
	"github.com/rs/zerolog/log.With": "zerolog", "log.Default": "log",
}

// allowed are the options of go-kit's filter and the levels that they mean.
var allowed = map[string]string{
	"AllowAll": "debug", "AllowDebug": "debug", "AllowInfo": "info", "AllowWarn": "warn", "AllowError": "error",
	"DebugValue": "debug", "InfoValue": "info", "WarnValue": "warn", "ErrorValue": "error",
}

// libraryCall follows what a function of a library returns.
func (g *gatherer) libraryCall(call *ast.CallExpr, fn *types.Func, w want, depth int) (Value, bool) {
	name := pathOf(fn.Pkg()) + "." + qualified(fn)
	if i, ok := passers[name]; ok {
		return g.passed(call, i, w, depth), true
	}
	switch w {
	case wantLogger:
		if library, ok := standards[name]; ok {
			return Value{{Origin: Standard, Text: library, Site: g.site(call)}}, true
		}
	case wantWriter:
		return g.writerCall(call, name, depth)
	case wantLevel:
		return g.levelCall(call, fn, name)
	}
	return nil, false
}

// passed follows the argument of a call that is returned.
func (g *gatherer) passed(call *ast.CallExpr, i int, w want, depth int) Value {
	switch {
	case i == receiver:
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return g.traceTo(sel.X, w, depth+1)
		}
	case i == all:
		var value Value
		for _, arg := range call.Args {
			value = append(value, g.elements(arg, call.Ellipsis.IsValid(), w, depth)...)
		}
		return value
	case len(call.Args) == 1 && i == 0:
		if inner, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr); ok {
			return g.traceTo(inner, w, depth+1) // Must(New())
		}
		return g.traceTo(call.Args[0], w, depth+1)
	case i < len(call.Args):
		return g.traceTo(call.Args[i], w, depth+1)
	}
	return unknown()
}

// elements follows an argument, or the elements of a slice given as "…".
func (g *gatherer) elements(arg ast.Expr, spread bool, w want, depth int) Value {
	if !spread {
		return g.traceTo(arg, w, depth+1)
	}
	v := g.index.variable(arg)
	lit, isLit := ast.Unparen(arg).(*ast.CompositeLit)
	switch {
	case isLit:
		return g.listed(lit, w, depth)
	case v == nil || depth > maxDepth:
		return unknown()
	}
	if _, isParam := g.index.params[v]; isParam || v.IsField() {
		return unknown()
	}
	var value Value
	for _, a := range g.index.vars[v] {
		switch e := ast.Unparen(a.value).(type) {
		case nil:
		case *ast.CompositeLit:
			value = append(value, under(g.listed(e, w, depth), g.guards.Of(a.at))...)
		case *ast.CallExpr:
			if CalledName(e) != "append" {
				value = append(value, unknown()...)
				continue
			}
			for _, item := range e.Args[1:] {
				value = append(value, under(g.elements(item, e.Ellipsis.IsValid(), w, depth+1), g.guards.Of(a.at))...)
			}
		default:
			value = append(value, unknown()...)
		}
	}
	return value
}

func (g *gatherer) listed(lit *ast.CompositeLit, w want, depth int) Value {
	var value Value
	for _, elt := range lit.Elts {
		value = append(value, g.traceTo(elt, w, depth+1)...)
	}
	return value
}

// writerCall follows a writer that a call makes.
func (g *gatherer) writerCall(call *ast.CallExpr, name string, depth int) (Value, bool) {
	switch name {
	case "os.Create", "os.OpenFile", "github.com/spf13/afero.Fs.OpenFile":
		return g.path(call.Args[0], call), true
	case "os.NewFile":
		return unknown(), true
	case "bytes.NewBuffer", "bytes.NewBufferString":
		return Value{{Origin: Nowhere, Site: g.site(call)}}, true
	case "log/syslog.New", "log/syslog.Dial", "github.com/RackSec/srslog.New", "github.com/RackSec/srslog.Dial":
		return Value{{Origin: Syslog, Site: g.site(call)}}, true
	case "github.com/sirupsen/logrus/hooks/syslog.NewSyslogHook":
		return Value{{Origin: Syslog, Site: g.site(call)}}, true
	case "github.com/lestrrat-go/file-rotatelogs.New", "github.com/lestrrat/go-file-rotatelogs.New", "github.com/arthurkiller/rollingwriter.NewWriter":
		text, _ := g.constantText(call.Args[0], wantWriter)
		return Value{{Origin: Rotation, Text: text, Site: g.site(call)}}, true
	case "github.com/rifflock/lfshook.NewHook":
		return g.hookedFile(call), true
	case "go.uber.org/zap.Open":
		var value Value
		for _, arg := range call.Args {
			value = append(value, g.path(arg, call)...)
		}
		return value, true
	case "github.com/rs/zerolog.NewConsoleWriter":
		return Value{{Origin: Stream, Site: g.site(call)}}, true
	case "github.com/hashicorp/go-hclog.NewLeveledWriter":
		return g.traceTo(call.Args[0], wantWriter, depth+1), true
	}
	return nil, false
}

// path describes what a path names: a standard stream, nothing, or a file.
func (g *gatherer) path(e ast.Expr, at ast.Node) Value {
	list := slices.Clone(g.trace(e, wantLevel))
	for i := range list {
		list[i] = list[i].opened()
		list[i].Site = g.site(at)
	}
	return list
}

// opened makes what a path is of what its text is.
func (s Source) opened() Source {
	switch {
	case s.Origin == Constant && isStreamPath(s.Text):
		s.Origin = Stream
	case s.Origin == Constant && (s.Text == "" || s.Text == os.DevNull):
		s.Origin = Nowhere
	case s.Origin == Constant, s.Origin == Unknown:
		s.Origin = File
	case s.Origin == Outside:
		s.Origin = File
		s.Condition = Condition{Branch: Fallback, Choice: cmp.Or(s.Text, "its path")}
		s.Text = ""
	case s.Origin == ref:
		s.Origin, s.Slot, s.Text = File, s.Text, ""
	}
	return s
}

// hookedFile describes the files of an lfshook: a path or a map of paths.
func (g *gatherer) hookedFile(call *ast.CallExpr) Value {
	if len(call.Args) == 0 {
		return unknown()
	}
	text, _ := g.constantText(call.Args[0], wantWriter)
	return Value{{Origin: File, Text: text, Site: g.site(call)}}
}

// writerLiteral follows a writer given as a literal.
func (g *gatherer) writerLiteral(lit *ast.CompositeLit, title string, depth int) Value {
	switch title {
	case "gopkg.in/natefinch/lumberjack.Logger", "github.com/natefinch/lumberjack.Logger", "github.com/DeRuina/timberjack.Logger", "github.com/phuslu/log.FileWriter":
		text := ""
		if name := field(lit, "Filename"); name != nil {
			text, _ = g.constantText(name, wantWriter)
		}
		return Value{{Origin: Rotation, Text: text, Site: g.site(lit)}}
	case "github.com/rs/zerolog.ConsoleWriter", "github.com/phuslu/log.ConsoleWriter", "github.com/phuslu/log.IOWriter":
		for _, name := range []string{"Out", "Writer"} {
			if out := field(lit, name); out != nil {
				return g.traceTo(out, wantWriter, depth+1)
			}
		}
		return Value{{Origin: Stream, Site: g.site(lit)}}
	case "github.com/phuslu/log.SyslogWriter":
		return Value{{Origin: Syslog, Site: g.site(lit)}}
	case "github.com/phuslu/log.MultiEntryWriter":
		return g.listed(lit, wantWriter, depth)
	}
	if isBuffer(g.pass.TypesInfo.TypeOf(lit)) {
		return Value{{Origin: Nowhere, Site: g.site(lit)}}
	}
	return unknown()
}

// levelCall follows a level that a call makes or reads.
func (g *gatherer) levelCall(call *ast.CallExpr, fn *types.Func, name string) (Value, bool) {
	if name == "go.uber.org/zap.NewAtomicLevel" {
		return Value{{Origin: Constant, Text: "info", Site: g.site(call)}}, true
	}
	if text, ok := allowed[fn.Name()]; ok && pathOf(fn.Pkg()) == "github.com/go-kit/log/level" {
		return Value{{Origin: Constant, Text: text, Site: g.site(call)}}, true
	}
	if outside(name) {
		return Value{{Origin: Outside, Text: fn.Name(), Site: g.site(call)}}, true
	}
	return nil, false
}

// outside reports whether a function reads what a program is told when it is
// started.
func outside(name string) bool {
	switch name {
	case "os.Getenv", "os.LookupEnv", "os.ReadFile":
		return true
	}
	for _, prefix := range []string{"flag.", "github.com/spf13/pflag.", "github.com/spf13/viper.", "github.com/alecthomas/kingpin.", "gopkg.in/alecthomas/kingpin.",
		"github.com/urfave/cli.", "github.com/knadh/koanf."} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
