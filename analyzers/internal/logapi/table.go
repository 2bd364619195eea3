package logapi

import "strings"

// A library is one logging library under all its import paths.
type library struct {
	name  string   // "slog": what output.go and messages call it
	short string   // package name in messages
	paths []string // without major versions
	rows  []row
}

// A row describes functions that share everything but their name.
type row struct {
	receivers string // type names, "-" for package functions
	names     string
	kind      Kind
	roles     string // one letter a parameter, see Role
	class     Class
}

// each appends every suffix to every stem: each("Debug Info", "f").
func each(stems string, suffixes ...string) string {
	var names []string
	for stem := range strings.FieldsSeq(stems) {
		for _, suffix := range suffixes {
			names = append(names, stem+suffix)
		}
	}
	return strings.Join(names, " ")
}

const (
	zapLevels    = "Debug Info Warn Error DPanic Panic Fatal"
	logrusLevels = "Trace Debug Info Print Warn Warning Error Panic Fatal"
	numbers      = "Int Int8 Int16 Int32 Int64 Uint Uint8 Uint16 Uint32 Uint64 Uintptr Bool Float32 Float64 Duration Time"
	klogLevels   = "Info Warning Error Fatal Exit"
)

// table is section "logapi" of the rules for Go as data.
var table = []library{
	{"log", "log", []string{"log"}, []row{
		{"- Logger", each("Print Fatal Panic", "", "ln"), Sink, "V", Plain},
		{"- Logger", "Printf Fatalf Panicf", Sink, "F V", Plain},
		{"- Logger", "Output", Sink, ". M", Plain},
	}},
	{"fmt", "fmt", []string{"fmt"}, []row{
		{"-", "Print Println", Sink, "V", Plain},
		{"-", "Printf", Sink, "F V", Plain},
		{"-", "Fprint Fprintln", Sink, ". V", Plain},
		{"-", "Fprintf", Sink, ". F V", Plain},
	}},
	{"slog", "slog", []string{"log/slog", "golang.org/x/exp/slog"}, []row{
		{"- Logger", "Debug Info Warn Error", Sink, "M P", Slog},
		{"- Logger", each("Debug Info Warn Error", "Context", "Ctx"), Sink, "C M P", Slog},
		{"- Logger", "Log", Sink, "C . M P", Slog},
		{"- Logger", "LogAttrs", Sink, "C . M A", Slog},
		{"- Logger", "With", Binder, "P", Slog},
		{"Logger", "WithGroup", Binder, "M", Slog},
		{"Handler JSONHandler TextHandler", "WithAttrs", Binder, "A", Slog},
		{"-", "String Any", Builder, "k v", Slog},
		{"-", "Group", Builder, ". P", Slog},
		{"-", "GroupAttrs", Builder, ". A", Slog},
		{"-", "AnyValue StringValue", Builder, "v", Slog},
		{"-", "GroupValue", Builder, "A", Slog},
		{"-", numbers, Builder, "k .", Slog},
		{"-", each(numbers, "Value"), Builder, ".", Slog},
	}},
	{"zap", "zap", []string{"go.uber.org/zap"}, []row{
		{"Logger", zapLevels, Sink, "M A", ZapAny},
		{"Logger", "Log", Sink, ". M A", ZapAny},
		{"Logger", "Check", Binder, ". M", ZapAny},
		{"Logger", "With WithLazy", Binder, "A", ZapAny},
		{"-", "Fields", Builder, "A", ZapAny},
		{"Logger", "WithOptions", Binder, "A", ZapAny},
		{"Logger SugaredLogger", "Named Sugar Desugar", Passer, ".", ZapAny},
		{"SugaredLogger", each(zapLevels, "", "ln"), Sink, "V", Plain},
		{"SugaredLogger", "Log Logln", Sink, ". V", Plain},
		{"SugaredLogger", each(zapLevels, "f"), Sink, "F V", Plain},
		{"SugaredLogger", "Logf", Sink, ". F V", Plain},
		{"SugaredLogger", each(zapLevels, "w"), Sink, "M P", ZapAny},
		{"SugaredLogger", "Logw", Sink, ". M P", ZapAny},
		{"SugaredLogger", "With WithLazy", Binder, "P", ZapAny},
		{"-", "String Strings ByteString ByteStrings Binary Stringp Any", Builder, "k v", ZapAny},
		{"-", "Reflect", Builder, "k v", JSON},
		{"-", "Stringer Stringers", Builder, "k v", Plain},
		{"-", "Object Objects ObjectValues Array", Builder, "k v", Object},
		{"-", "Inline", Builder, "v", Object},
		{"-", "Dict", Builder, ". A", ZapAny},
		{"-", "Error", Builder, "E", ZapAny},
		{"-", "NamedError", Builder, "k E", ZapAny},
		{"-", each(numbers, "", "s", "p"), Builder, "k .", ZapAny},
		{"-", "Skip Namespace Stack StackSkip", Builder, "", ZapAny},
	}},
	{"zap", "zapcore", []string{"go.uber.org/zap/zapcore"}, []row{
		{"CheckedEntry", "Write", Sink, "A", ZapAny},
		{"ObjectEncoder", "AddString AddByteString AddBinary AddReflected", Sink, "k v", JSON},
		{"ObjectEncoder", "AddObject AddArray", Sink, "k v", Object},
		{"PrimitiveArrayEncoder ArrayEncoder", "AppendString AppendByteString AppendReflected", Sink, "v", JSON},
		{"ArrayEncoder", "AppendObject AppendArray", Sink, "v", Object},
	}},
	{"zerolog", "zerolog", []string{"github.com/rs/zerolog", "github.com/phuslu/log"}, zerologRows},
	{"zerolog", "log", []string{"github.com/rs/zerolog/log"}, []row{
		{"-", "Print Println", Sink, "V", Plain},
		{"-", "Printf", Sink, "F V", Plain},
	}},
	{"logrus", "logrus", []string{"github.com/sirupsen/logrus", "github.com/Sirupsen/logrus"}, []row{
		{logrusTypes, each(logrusLevels, "", "ln", "Fn"), Sink, "V", Plain},
		{logrusTypes, each(logrusLevels, "f"), Sink, "F V", Plain},
		{logrusTypes, "Log Logln", Sink, ". V", Plain},
		{logrusTypes, "Logf", Sink, ". F V", Plain},
		{logrusTypes, "WithField", Binder, "k v", Either},
		{logrusTypes, "WithFields", Binder, "m", Either},
		{logrusTypes, "WithError", Binder, "E", Either},
		{logrusTypes, "WithContext WithTime", Binder, ".", Either},
	}},
	{"klog", "klog", []string{"k8s.io/klog"}, []row{
		{"- Verbose", each(klogLevels, "", "ln"), Sink, "V", Plain},
		{"- Verbose", each(klogLevels, "f"), Sink, "F V", Plain},
		{"- Verbose", each(klogLevels, "Depth"), Sink, ". V", Plain},
		{"- Verbose", each(klogLevels, "fDepth"), Sink, ". F V", Plain},
		{"- Verbose", "InfoS", Sink, "M P", Logr},
		{"- Verbose", "InfoSDepth", Sink, ". M P", Logr},
		{"- Verbose", "ErrorS", Sink, "E M P", Logr},
		{"-", "ErrorSDepth", Sink, ". E M P", Logr},
		{"-", "Format", Builder, "v", Plus},
		{"-", "LoggerWithValues", Binder, ". P", Logr},
		{"-", "KObj KRef KObjs KObjSlice", Builder, "", Logr},
	}},
	{"glog", "glog", []string{"github.com/golang/glog"}, []row{
		{"- Verbose", each(klogLevels, "", "ln"), Sink, "V", Plain},
		{"- Verbose", each(klogLevels, "f"), Sink, "F V", Plain},
		{"- Verbose", each(klogLevels, "Depth", "Context"), Sink, ". V", Plain},
		{"- Verbose", each(klogLevels, "Depthf", "Contextf"), Sink, ". F V", Plain},
		{"- Verbose", each(klogLevels, "ContextDepth"), Sink, "C . V", Plain},
		{"- Verbose", each(klogLevels, "ContextDepthf"), Sink, "C . F V", Plain},
	}},
	{"logr", "logr", []string{"github.com/go-logr/logr"}, []row{
		{"Logger", "Info", Sink, "M P", Logr | JSON},
		{"Logger", "Error", Sink, "E M P", Logr | JSON},
		{"Logger", "WithValues", Binder, "P", Logr | JSON},
		{"Logger", "WithName V WithCallDepth", Passer, ".", Logr | JSON},
		{"LogSink", "Info", Sink, ". M P", Logr | JSON},
		{"LogSink", "Error", Sink, "E M P", Logr | JSON},
		{"LogSink", "WithValues", Binder, "P", Logr | JSON},
	}},
	{"hclog", "hclog", []string{"github.com/hashicorp/go-hclog"}, []row{
		{"Logger InterceptLogger", "Trace Debug Info Warn Error", Sink, "M P", Either},
		{"Logger InterceptLogger", "Log", Sink, ". M P", Either},
		{"Logger InterceptLogger", "With", Binder, "P", Either},
		{"Logger InterceptLogger", "Named ResetNamed", Passer, ".", Either},
	}},
	{"go-kit", "log", []string{"github.com/go-kit/log", "github.com/go-kit/kit/log"}, []row{
		{"Logger", "Log", Sink, "P", Logfmt | JSON},
		{"-", "With WithPrefix WithSuffix", Binder, ". P", Logfmt | JSON},
	}},
	{"go-kit", "level", []string{"github.com/go-kit/log/level", "github.com/go-kit/kit/log/level"}, []row{
		{"-", "Debug Info Warn Error", Passer, ".", Logfmt | JSON},
	}},
	{"charm", "log", []string{"github.com/charmbracelet/log", "charm.land/log"}, []row{
		{"- Logger", "Debug Info Warn Error Fatal Print", Sink, "M P", Either},
		{"- Logger", each("Debug Info Warn Error Fatal Print", "f"), Sink, "F V", Plain},
		{"- Logger", "Log", Sink, ". M P", Either},
		{"- Logger", "Logf", Sink, ". F V", Plain},
		{"- Logger", "With", Binder, "P", Either},
		{"- Logger", "WithPrefix", Passer, ".", Either},
	}},
	{"apex", "log", []string{"github.com/apex/log"}, []row{
		{"- Logger Entry Interface", "Debug Info Warn Error Fatal Trace", Sink, "M", Plain},
		{"- Logger Entry Interface", each("Debug Info Warn Error Fatal", "f"), Sink, "F V", Plain},
		{"- Logger Entry Interface", "WithField", Binder, "k v", Either},
		{"- Logger Entry Interface", "WithFields", Binder, "m", Either},
		{"- Logger Entry Interface", "WithError", Binder, "E", Either},
		{"- Logger Entry Interface", "WithDuration", Binder, ".", Either},
	}},
	{"grpclog", "grpclog", []string{"google.golang.org/grpc/grpclog", "google.golang.org/grpc/grpclog/internal"}, []row{
		{"- LoggerV2 DepthLoggerV2 Logger PrefixLogger componentData", each(klogLevels, "", "ln"), Sink, "V", Plain},
		{"- LoggerV2 DepthLoggerV2 Logger PrefixLogger componentData", each(klogLevels, "f"), Sink, "F V", Plain},
		{"DepthLoggerV2 componentData", each(klogLevels, "Depth"), Sink, ". V", Plain},
	}},
	{"gommon", "echo", []string{"github.com/labstack/echo", "github.com/labstack/gommon/log"}, []row{
		{"- Logger", "Print Debug Info Warn Error Fatal Panic", Sink, "V", Plain},
		{"- Logger", each("Print Debug Info Warn Error Fatal Panic", "f"), Sink, "F V", Plain},
		{"- Logger", each("Print Debug Info Warn Error Fatal Panic", "j"), Sink, "m", JSON},
	}},
	{"fiber", "log", []string{"github.com/gofiber/fiber/log"}, []row{
		{fiberTypes, "Trace Debug Info Warn Error Fatal Panic", Sink, "V", Plain},
		{fiberTypes, each("Trace Debug Info Warn Error Fatal Panic", "f"), Sink, "F V", Plain},
		{fiberTypes, each("Trace Debug Info Warn Error Fatal Panic", "w"), Sink, "M P", Plain},
	}},
	{"log15", "log15", []string{"github.com/inconshreveable/log15", "gopkg.in/inconshreveable/log15"}, []row{
		{"- Logger", "Debug Info Warn Error Crit", Sink, "M P", Plus | JSON},
		{"- Logger", "New", Binder, "P", Plus | JSON},
	}},
	{"lgr", "lgr", []string{"github.com/go-pkgz/lgr"}, []row{
		{"- Logger L", "Printf Logf Print Fatalf", Sink, "F V", Plain},
	}},
	{"seelog", "seelog", []string{"github.com/cihub/seelog"}, []row{
		{"- LoggerInterface", "Trace Debug Info Warn Error Critical", Sink, "V", Plain},
		{"- LoggerInterface", each("Trace Debug Info Warn Error Critical", "f"), Sink, "F V", Plain},
	}},
	{"beego", "logs", []string{"github.com/beego/beego/core/logs", "github.com/astaxie/beego/logs", "github.com/beego/beego/logs"}, []row{
		{"- BeeLogger", "Trace Debug Info Informational Notice Warn Warning Error Critical Alert Emergency", Sink, "F V", Plain},
	}},
	{"spew", "spew", []string{"github.com/davecgh/go-spew/spew"}, []row{
		{"- ConfigState", "Dump Print Println", Sink, "V", Plus},
		{"- ConfigState", "Printf", Sink, "F V", Plain},
	}},
}

const (
	logrusTypes = "- Logger Entry FieldLogger Ext1FieldLogger StdLogger"
	fiberTypes  = "- AllLogger CommonLogger Logger FormatLogger WithLogger ControlLogger"
)

// zerologRows serve zerolog and phuslu/log, whose chains are alike.
var zerologRows = []row{
	{"Event Entry", "Msg", Sink, "M", Plain},
	{"Event Entry", "Msgf", Sink, "F V", Plain},
	{"Event Entry", "MsgFunc Send", Sink, ".", Plain},
	{"Event Context Entry", "Str Strs Bytes Hex RawJSON Stringer Stringers Encode", Binder, "k v", Plain},
	{"Event Context Entry", "Interface Any", Binder, "k v", Zerolog},
	{"Event Context Entry", "Fields", Binder, "m", Zerolog},
	{"Event Context Entry", "Object", Binder, "k v", Object},
	{"Event Context Entry", "EmbedObject", Binder, "v", Object},
	{"Event Context Entry", "Dict Array", Binder, ". A", Zerolog},
	{"Event Context Entry", "Err", Binder, "E", Plain},
	{"Event Context Entry", "AnErr Errs", Binder, "k E", Plain},
	{"Event Context Entry", each("Int Int8 Int16 Int32 Int64 Uint Uint8 Uint16 Uint32 Uint64 Float32 Float64 Bool Dur Time", "", "s"), Binder, "k .", Plain},
	{"Event Context Entry", "Timestamp Caller Stack Type TimeDiff IPAddr IPPrefix MACAddr Ctx Func CallerSkipFrame Discard Enabled", Binder, ".", Plain},
	{"Logger", "With Trace Debug Info Warn Error Fatal Panic Log WithLevel Level Output Hook Sample", Passer, ".", Plain},
	{"Context", "Logger", Passer, ".", Plain},
	{"Logger", "Print Println", Sink, "V", Plain},
	{"Logger", "Printf", Sink, "F V", Plain},
}
