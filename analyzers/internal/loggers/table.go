package loggers

import (
	"go/types"
	"strconv"
	"strings"
	"sync"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// A row says what a function of a logging library does to loggers. Numbers are
// indexes of arguments.
type row struct {
	kind    Kind
	library string
	base    int
	writer  int
	level   int
	// usual is the level that the library uses by itself.
	usual string
	// options is the argument that is a struct of options, and its fields.
	options             int
	optLevel, optWriter string
	optKeys             string
	keys                int // first of the attributes
	// hooked: what it adds may add attributes.
	hooked bool
}

// Indexes that are no argument.
const (
	none     = -1
	receiver = -2
	all      = -3 // every argument
	standard = -4 // the default logger, a standard stream
)

// A group is functions that do the same: names are "Type.Method" or
// "Function", separated by spaces.
type group struct {
	path, names string
	row
}

func made(library string) row {
	return row{kind: Make, library: library, base: none, writer: none, level: none, options: none, keys: none}
}

func (r row) as(kind Kind) row      { r.kind = kind; return r }
func (r row) over(base int) row     { r.base = base; return r }
func (r row) to(writer int) row     { r.writer = writer; return r }
func (r row) at(level int) row      { r.level = level; return r }
func (r row) usually(s string) row  { r.usual = s; return r }
func (r row) binding(keys int) row  { r.kind = Bind; r.keys = keys; return r }
func (r row) carrying(keys int) row { r.keys = keys; return r }
func (r row) hooking() row          { r.hooked = true; return r }
func (r row) with(o int, level, writer, keys string) row {
	r.options, r.optLevel, r.optWriter, r.optKeys = o, level, writer, keys
	return r
}

const (
	contextKeys = "Context.Str Context.Strs Context.Stringer Context.Bytes Context.Hex Context.RawJSON Context.AnErr Context.Errs Context.Bool Context.Int " +
		"Context.Int64 Context.Uint Context.Uint64 Context.Float64 Context.Time Context.Dur Context.Interface Context.Any Context.Dict Context.Object Context.Array Context.IPAddr Context.Type"
	logrusTypes = "Logger Entry FieldLogger Ext1FieldLogger"
)

// groups is the table.
var groups = []group{
	{"log", "New", made("log").to(0)},
	{"log", "SetOutput Logger.SetOutput", made("log").as(Write).to(0)},

	{"log/slog", "NewJSONHandler NewTextHandler", made("slog").to(0).with(1, "Level", "", "").usually("info")},
	{"github.com/lmittmann/tint", "NewHandler", made("slog").to(0).with(1, "Level", "", "").usually("info")},
	{"github.com/golang-cz/devslog", "NewHandler", made("slog").to(0)},
	{"log/slog", "New", made("slog").over(0)},
	{"log/slog", "SetDefault", made("slog").as(Install).over(0)},
	{"log/slog", "SetLogLoggerLevel", made("slog").as(Level).at(0)},
	{"log/slog", "With", made("slog").over(standard).binding(0)},
	{"log/slog", "Logger.With Handler.WithAttrs JSONHandler.WithAttrs TextHandler.WithAttrs", made("slog").over(receiver).binding(0)},
	{"github.com/samber/slog-multi", "Fanout", made("slog").over(all)},

	{"go.uber.org/zap", "NewProduction", made("zap").to(standard).usually("info").carrying(0)},
	{"go.uber.org/zap", "NewDevelopment NewExample", made("zap").to(standard).usually("debug").carrying(0)},
	{"go.uber.org/zap", "Config.Build", made("zap").with(receiver, "Level", "OutputPaths", "InitialFields").carrying(0)},
	{"go.uber.org/zap", "New", made("zap").over(0).carrying(1)},
	{"go.uber.org/zap/zapcore", "NewCore", made("zap").to(1).at(2)},
	{"go.uber.org/zap/zapcore", "NewTee", made("zap").over(all)},
	{"go.uber.org/zap/zapcore", "NewSampler NewSamplerWithOptions RegisterHooks", made("zap").over(0)},
	{"go.uber.org/zap/zapcore", "NewIncreaseLevelCore", made("zap").over(0).at(1)},
	{"go.uber.org/zap", "Logger.With Logger.WithLazy Logger.WithOptions SugaredLogger.With SugaredLogger.WithLazy SugaredLogger.WithOptions", made("zap").over(receiver).binding(0)},
	{"go.uber.org/zap/zapcore", "Core.With", made("zap").over(receiver).binding(0)},
	{"go.uber.org/zap", "ReplaceGlobals", made("zap").as(Install).over(0)},
	{"go.uber.org/zap", "AtomicLevel.SetLevel", made("zap").as(Level).at(0)},

	{"github.com/rs/zerolog", "New", made("zerolog").to(0).usually("trace")},
	{"github.com/rs/zerolog", "SetGlobalLevel", made("zerolog").as(Level).at(0)},
	{"github.com/rs/zerolog", contextKeys, made("zerolog").over(receiver).binding(0)},
	{"github.com/rs/zerolog", "Context.Fields", made("zerolog").over(receiver).binding(0)},
	{"github.com/rs/zerolog", "Logger.Level", made("zerolog").over(receiver).at(0)},
	{"github.com/rs/zerolog", "Logger.Output", made("zerolog").over(receiver).to(0)},
	{"github.com/rs/zerolog", "Logger.Hook Logger.UpdateContext", made("zerolog").over(receiver).as(Bind).hooking()},
	{"github.com/rs/zerolog/log", "Level", made("zerolog").over(standard).at(0)},
	{"github.com/rs/zerolog/log", "Output", made("zerolog").over(standard).to(0)},
	{"github.com/rs/zerolog/log", "Hook", made("zerolog").over(standard).as(Bind).hooking()},

	{"github.com/sirupsen/logrus", "New", made("logrus").usually("info")},
	{"github.com/sirupsen/logrus", "SetOutput Logger.SetOutput", made("logrus").as(Write).to(0)},
	{"github.com/sirupsen/logrus", "SetLevel Logger.SetLevel", made("logrus").as(Level).at(0)},
	{"github.com/sirupsen/logrus", "AddHook Logger.AddHook LevelHooks.Add", made("logrus").as(Bind).to(0).hooking()},
	{"github.com/sirupsen/logrus", "WithField WithFields", made("logrus").over(standard).binding(0)},
	{"github.com/sirupsen/logrus", methods(logrusTypes, "WithField WithFields"), made("logrus").over(receiver).binding(0)},

	{"github.com/hashicorp/go-hclog", "New NewInterceptLogger", made("hclog").with(0, "Level", "Output", "").usually("info")},
	{"github.com/hashicorp/go-hclog", "SetDefault", made("hclog").as(Install).over(0)},
	{"github.com/hashicorp/go-hclog", "Logger.With InterceptLogger.With", made("hclog").over(receiver).binding(0)},
	{"github.com/hashicorp/go-hclog", "Logger.SetLevel InterceptLogger.SetLevel", made("hclog").as(Level).at(0)},

	{"github.com/charmbracelet/log", "New", made("charm").to(0).usually("info")},
	{"github.com/charmbracelet/log", "NewWithOptions", made("charm").to(0).with(1, "Level", "", "Fields").usually("info")},
	{"github.com/charmbracelet/log", "SetOutput Logger.SetOutput", made("charm").as(Write).to(0)},
	{"github.com/charmbracelet/log", "SetLevel Logger.SetLevel", made("charm").as(Level).at(0)},
	{"github.com/charmbracelet/log", "SetDefault", made("charm").as(Install).over(0)},
	{"github.com/charmbracelet/log", "With", made("charm").over(standard).binding(0)},
	{"github.com/charmbracelet/log", "Logger.With", made("charm").over(receiver).binding(0)},

	{"github.com/go-kit/log", "NewLogfmtLogger NewJSONLogger", made("go-kit").to(0).usually("debug")},
	{"github.com/go-kit/log", "NewSyncLogger", made("go-kit").over(0)},
	{"github.com/go-kit/log", "With WithPrefix WithSuffix", made("go-kit").over(0).binding(1)},
	{"github.com/go-kit/log/level", "NewFilter", made("go-kit").over(0).at(1)},

	{"github.com/prometheus/common/promslog", "New", made("promslog").with(0, "Level", "Writer", "").usually("info")},

	{"github.com/apex/log", "SetHandler", made("apex").as(Install).over(0)},
	{"github.com/apex/log", "SetLevel SetLevelFromString", made("apex").as(Level).at(0)},
	{"github.com/apex/log/handlers/json", "New", made("apex").to(0).usually("info")},
	{"github.com/apex/log/handlers/text", "New", made("apex").to(0).usually("info")},
	{"github.com/apex/log/handlers/logfmt", "New", made("apex").to(0).usually("info")},
	{"github.com/apex/log", "WithField WithFields", made("apex").over(standard).binding(0)},
	{"github.com/apex/log", methods("Logger Entry Interface", "WithField WithFields"), made("apex").over(receiver).binding(0)},

	{"github.com/go-logr/logr", "Logger.WithValues", made("logr").over(receiver).binding(0)},
	{"github.com/go-pkgz/lgr", "Out Err", made("lgr").as(Write).to(0)},
	{"k8s.io/klog", "SetOutput", made("klog").as(Write).to(0)},
	{"google.golang.org/grpc/grpclog", "NewLoggerV2 NewLoggerV2WithVerbosity", made("grpclog").as(Write).to(0)},
	{"github.com/gorilla/handlers", "LoggingHandler CombinedLoggingHandler CustomLoggingHandler", made("access").as(Write).to(0)},
	{"github.com/gin-gonic/gin", "LoggerWithWriter", made("access").as(Write).to(0)},
	{"github.com/labstack/gommon/log", "SetOutput Logger.SetOutput", made("gommon").as(Write).to(0)},
	{"github.com/labstack/echo", "Logger.SetOutput", made("gommon").as(Write).to(0)},
	{"github.com/gofiber/fiber/log", "SetOutput", made("fiber").as(Write).to(0)},
}

// methods combines types and methods: "A.M A.N B.M B.N".
func methods(types, names string) string {
	var list []string
	for t := range strings.FieldsSeq(types) {
		for name := range strings.FieldsSeq(names) {
			list = append(list, t+"."+name)
		}
	}
	return strings.Join(list, " ")
}

var rows = sync.OnceValue(func() map[string]row {
	table := make(map[string]row)
	for _, g := range groups {
		for name := range strings.FieldsSeq(g.names) {
			table[g.path+"."+name] = g.row
		}
	}
	return table
})

// libraryPaths are the import paths of all that the tables know.
var libraryPaths = sync.OnceValue(func() map[string]bool {
	paths := map[string]bool{"log/syslog": true, "gopkg.in/natefinch/lumberjack": true}
	for path := range loggerTypes {
		paths[path] = true
	}
	for _, g := range groups {
		paths[g.path] = true
	}
	return paths
})

// rowOf returns what a function does to loggers.
func rowOf(fn *types.Func) (row, bool) {
	r, ok := rows()[pathOf(fn.Pkg())+"."+qualified(fn)]
	return r, ok
}

// aliases are other import paths of libraries.
var aliases = map[string]string{
	"golang.org/x/exp/slog":      "log/slog",
	"github.com/go-kit/kit/log":  "github.com/go-kit/log",
	"github.com/Sirupsen/logrus": "github.com/sirupsen/logrus",
	"charm.land/log":             "github.com/charmbracelet/log",

	"github.com/go-kit/kit/log/level": "github.com/go-kit/log/level",
}

func pathOf(pkg *types.Package) string {
	path := logapi.Path(pkg.Path())
	if alias, ok := aliases[path]; ok {
		return alias
	}
	return path
}

// qualified names a function as the table does.
func qualified(fn *types.Func) string {
	t := recvType(fn)
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name() + "." + fn.Name()
	}
	return fn.Name()
}

// madeByLiteral are the types whose literals make a logger, with their library.
var madeByLiteral = map[string]string{
	"github.com/sirupsen/logrus.Logger": "logrus",
	"github.com/phuslu/log.Logger":      "phuslu",
	"github.com/apex/log.Logger":        "apex",
}

// standardLogger returns the library whose default logger a variable is.
func standardLogger(v *types.Var) string {
	if v.Pkg() == nil || v.IsField() {
		return ""
	}
	switch pathOf(v.Pkg()) + "." + v.Name() {
	case "github.com/rs/zerolog/log.Logger", "github.com/rs/zerolog.DefaultContextLogger":
		return "zerolog"
	case "github.com/phuslu/log.DefaultLogger":
		return "phuslu"
	case "github.com/apex/log.Log":
		return "apex"
	}
	return ""
}

// levelNames are the names of levels by package and number.
var levelNames = map[string]map[int64]string{
	"log/slog":                      {-8: "trace", -4: "debug", 0: "info", 4: "warn", 8: "error"},
	"go.uber.org/zap/zapcore":       {-1: "debug", 0: "info", 1: "warn", 2: "error"},
	"github.com/rs/zerolog":         {-1: "trace", 0: "debug", 1: "info", 2: "warn", 3: "error"},
	"github.com/sirupsen/logrus":    {2: "error", 3: "warn", 4: "info", 5: "debug", 6: "trace"},
	"github.com/hashicorp/go-hclog": {0: "info", 1: "trace", 2: "debug", 3: "info", 4: "warn", 5: "error"},
	"github.com/charmbracelet/log":  {-4: "debug", 0: "info", 4: "warn", 8: "error"},
	"github.com/apex/log":           {0: "debug", 1: "info", 2: "warn", 3: "error"},
}

// levelName names a level of a library; a number that has no name is written.
func levelName(t types.Type, n int64) string {
	named, ok := types.Unalias(t).(*types.Named)
	if ok && named.Obj().Pkg() != nil {
		path := pathOf(named.Obj().Pkg())
		if adjustable(named) && n == 0 {
			return "info"
		}
		if name, ok := levelNames[path][n]; ok {
			return name
		}
	}
	return strconv.FormatInt(n, 10)
}

// adjustable reports whether a level of a type may be changed at any time.
func adjustable(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch pathOf(named.Obj().Pkg()) + "." + named.Obj().Name() {
	case "log/slog.LevelVar", "go.uber.org/zap.AtomicLevel":
		return true
	}
	return false
}

// takesLevel reports whether a function takes a level to make a logger with it.
func takesLevel(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	r, ok := rowOf(fn)
	return ok && r.level >= 0
}

// loggerTypes are the types, by name, of loggers and what they are made from.
var loggerTypes = map[string]string{
	"log/slog":                      "Logger Handler JSONHandler TextHandler",
	"log":                           "Logger",
	"go.uber.org/zap":               "Logger SugaredLogger",
	"go.uber.org/zap/zapcore":       "Core",
	"github.com/rs/zerolog":         "Logger Context",
	"github.com/sirupsen/logrus":    "Logger Entry FieldLogger Ext1FieldLogger StdLogger",
	"github.com/hashicorp/go-hclog": "Logger InterceptLogger",
	"github.com/charmbracelet/log":  "Logger",
	"github.com/go-kit/log":         "Logger",
	"github.com/go-logr/logr":       "Logger LogSink",
	"github.com/apex/log":           "Logger Entry Interface Handler",
	"github.com/phuslu/log":         "Logger",
}

// isLogger reports whether a type is a logger's, or of what loggers are made
// from.
func isLogger(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && listed(loggerTypes[pathOf(named.Obj().Pkg())], named.Obj().Name())
}

func listed(names, name string) bool {
	for n := range strings.FieldsSeq(names) {
		if n == name {
			return true
		}
	}
	return false
}

// isLevel reports whether a type is one of levels.
func isLevel(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && levelNames[pathOf(named.Obj().Pkg())] != nil && named.Obj().Name() == "Level" || adjustable(t)
}

// isWriter reports whether a type is one of writers that loggers are given.
func isWriter(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch pathOf(named.Obj().Pkg()) + "." + named.Obj().Name() {
	case "os.File", "io.Writer", "io.WriteCloser", "go.uber.org/zap/zapcore.WriteSyncer", "gopkg.in/natefinch/lumberjack.Logger":
		return true
	}
	return false
}

// isBuffer reports whether a type keeps what is written to it in memory.
func isBuffer(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Path() + "." + named.Obj().Name() {
	case "bytes.Buffer", "strings.Builder":
		return true
	}
	return false
}
