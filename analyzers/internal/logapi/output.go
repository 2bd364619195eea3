package logapi

import "strings"

// Output is the form in which an encoder writes.
type Output uint8

// The outputs. Unset is that of a library before anything configures it.
const (
	UnknownOutput Output = iota
	TextOutput
	JSONOutput
	LogfmtOutput // text of keys and values: level=info msg=started
)

// An Encoder is a function whose call decides how a library writes.
type Encoder struct {
	Library string
	Output  Output
	// Writer is the index of the argument that says where to; -1 if it goes to a
	// standard stream anyway.
	Writer int
	// Instance encoders make a logger of their own beside the default one.
	Instance bool
	// Instead is a function that takes the same arguments and writes JSON.
	Instead string
}

// EncoderOf returns what a function makes, by import path, receiver type ("" for
// none) and name.
func EncoderOf(path, receiver, name string) (Encoder, bool) {
	e, ok := encoders[Path(path)+"."+receiver+"."+name]
	return e, ok
}

var encoders = map[string]Encoder{
	"log/slog..NewJSONHandler": {Library: "slog", Output: JSONOutput, Writer: -1},
	"log/slog..NewTextHandler": {Library: "slog", Output: LogfmtOutput, Writer: 0, Instead: "NewJSONHandler"},

	"golang.org/x/exp/slog..NewJSONHandler":      {Library: "slog", Output: JSONOutput, Writer: -1},
	"golang.org/x/exp/slog..NewTextHandler":      {Library: "slog", Output: LogfmtOutput, Writer: 0, Instead: "NewJSONHandler"},
	"github.com/lmittmann/tint..NewHandler":      {Library: "slog", Output: TextOutput, Writer: 0},
	"github.com/golang-cz/devslog..NewHandler":   {Library: "slog", Output: TextOutput, Writer: 0},
	"github.com/prometheus/common/promslog..New": {Library: "promslog", Output: LogfmtOutput, Writer: -1},
	"go.uber.org/zap..NewProduction":             {Library: "zap", Output: JSONOutput, Writer: -1},
	"go.uber.org/zap..NewProductionConfig":       {Library: "zap", Output: JSONOutput, Writer: -1},
	"go.uber.org/zap..NewExample":                {Library: "zap", Output: JSONOutput, Writer: -1},
	"go.uber.org/zap..NewDevelopment":            {Library: "zap", Output: TextOutput, Writer: -1, Instead: "NewProduction"},
	"go.uber.org/zap..NewDevelopmentConfig":      {Library: "zap", Output: TextOutput, Writer: -1, Instead: "NewProductionConfig"},
	"go.uber.org/zap/zapcore..NewJSONEncoder":    {Library: "zap", Output: JSONOutput, Writer: -1},
	"go.uber.org/zap/zapcore..NewConsoleEncoder": {Library: "zap", Output: TextOutput, Writer: -1, Instead: "NewJSONEncoder"},
	"github.com/rs/zerolog..NewConsoleWriter":    {Library: "zerolog", Output: TextOutput, Writer: -1},
	"log..New":       {Library: "log", Output: TextOutput, Writer: 0, Instance: true},
	"log..SetOutput": {Library: "log", Output: UnknownOutput, Writer: 0},
	"github.com/sirupsen/logrus..SetFormatter":            {Library: "logrus", Output: UnknownOutput, Writer: -1},
	"github.com/sirupsen/logrus.Logger.SetFormatter":      {Library: "logrus", Output: UnknownOutput, Writer: -1},
	"k8s.io/klog..SetLogger":                              {Library: "klog", Output: UnknownOutput, Writer: -1},
	"k8s.io/klog..SetLoggerWithOptions":                   {Library: "klog", Output: UnknownOutput, Writer: -1},
	"k8s.io/klog..SetSlogLogger":                          {Library: "klog", Output: UnknownOutput, Writer: -1},
	"k8s.io/component-base/logs/api/v1..ValidateAndApply": {Library: "klog", Output: UnknownOutput, Writer: -1},
	"github.com/go-logr/stdr..New":                        {Library: "logr", Output: TextOutput, Writer: -1},
	"github.com/go-logr/logr/funcr..New":                  {Library: "logr", Output: TextOutput, Writer: -1},
	"github.com/go-logr/logr/funcr..NewJSON":              {Library: "logr", Output: JSONOutput, Writer: -1},
	"github.com/go-kit/log..NewLogfmtLogger":              {Library: "go-kit", Output: LogfmtOutput, Writer: 0, Instead: "NewJSONLogger"},
	"github.com/go-kit/log..NewJSONLogger":                {Library: "go-kit", Output: JSONOutput, Writer: -1},
	"github.com/go-kit/kit/log..NewLogfmtLogger":          {Library: "go-kit", Output: LogfmtOutput, Writer: 0, Instead: "NewJSONLogger"},
	"github.com/go-kit/kit/log..NewJSONLogger":            {Library: "go-kit", Output: JSONOutput, Writer: -1},
	"github.com/charmbracelet/log..SetFormatter":          {Library: "charm", Output: UnknownOutput, Writer: -1},
	"github.com/charmbracelet/log.Logger.SetFormatter":    {Library: "charm", Output: UnknownOutput, Writer: -1},
	"github.com/apex/log..SetHandler":                     {Library: "apex", Output: UnknownOutput, Writer: -1},
	"github.com/apex/log/handlers/json..New":              {Library: "apex", Output: JSONOutput, Writer: -1},
	"github.com/apex/log/handlers/text..New":              {Library: "apex", Output: TextOutput, Writer: 0},
	"github.com/apex/log/handlers/cli..New":               {Library: "apex", Output: TextOutput, Writer: 0},
	"github.com/apex/log/handlers/logfmt..New":            {Library: "apex", Output: LogfmtOutput, Writer: 0},
	"github.com/go-pkgz/lgr..Setup":                       {Library: "lgr", Output: TextOutput, Writer: -1},
	"github.com/go-pkgz/lgr..New":                         {Library: "lgr", Output: TextOutput, Writer: -1, Instance: true},
	"github.com/charmbracelet/log..NewWithOptions":        {Library: "charm", Output: TextOutput, Writer: 0},
	"github.com/charmbracelet/log..New":                   {Library: "charm", Output: TextOutput, Writer: 0},
	"github.com/sirupsen/logrus..New":                     {Library: "logrus", Output: TextOutput, Writer: -1, Instance: true},
	"k8s.io/klog/textlogger..NewLogger":                   {Library: "klog", Output: TextOutput, Writer: -1},
	"github.com/inconshreveable/log15.Logger.SetHandler":  {Library: "log15", Output: UnknownOutput, Writer: -1},
	"github.com/cihub/seelog..ReplaceLogger":              {Library: "seelog", Output: UnknownOutput, Writer: -1},
	"github.com/beego/beego/core/logs..SetLogger":         {Library: "beego", Output: UnknownOutput, Writer: -1},
}

// FormatterOf returns the output of a type whose values format a library's
// lines: by import path and name.
func FormatterOf(path, name string) (library string, output Output, ok bool) {
	path = Path(path)
	switch path + "." + name {
	case "github.com/sirupsen/logrus.JSONFormatter":
		return "logrus", JSONOutput, true
	case "github.com/sirupsen/logrus.TextFormatter":
		return "logrus", TextOutput, true
	case "github.com/rs/zerolog.ConsoleWriter", "github.com/phuslu/log.ConsoleWriter":
		return "zerolog", TextOutput, true
	}
	if strings.Contains(path, "logrus") && strings.HasSuffix(name, "Formatter") {
		return "logrus", UnknownOutput, true
	}
	return "", UnknownOutput, false
}

// AccessLog reports whether a function installs an access log that writes text,
// unless a format of its own makes it JSON.
func AccessLog(path, receiver, name string) bool {
	return accessLogs[Path(path)+"."+receiver+"."+name]
}

var accessLogs = map[string]bool{
	"github.com/gin-gonic/gin..Default":                     true,
	"github.com/gin-gonic/gin..Logger":                      true,
	"github.com/gin-gonic/gin..LoggerWithWriter":            true,
	"github.com/gin-gonic/gin..LoggerWithConfig":            true,
	"github.com/go-chi/chi/middleware..Logger":              true,
	"github.com/gorilla/handlers..LoggingHandler":           true,
	"github.com/gorilla/handlers..CombinedLoggingHandler":   true,
	"github.com/gofiber/fiber/middleware/logger..New":       true,
	"github.com/labstack/echo/middleware..LoggerWithConfig": true,
}

// AccessFormat names the field of an access log's configuration that holds its
// format: a pattern, or a function.
func AccessFormat(path string) string {
	switch Path(path) {
	case "github.com/gin-gonic/gin":
		return "Formatter"
	case "github.com/gofiber/fiber/middleware/logger", "github.com/labstack/echo/middleware":
		return "Format"
	}
	return ""
}

// DefaultText reports whether a library writes text until it is configured.
func DefaultText(library string) bool { return defaultText[library] }

var defaultText = map[string]bool{
	"log": true, "slog": true, "logrus": true, "klog": true, "glog": true, "charm": true, "apex": true, "log15": true,
	"lgr": true, "seelog": true, "beego": true,
}

// Redirects reports whether a function makes package log write through another
// library's logger.
func Redirects(path, receiver, name string) bool {
	return redirects[Path(path)+"."+receiver+"."+name]
}

var redirects = map[string]bool{
	"go.uber.org/zap..RedirectStdLog":   true,
	"go.uber.org/zap..RedirectStdLogAt": true,
}

// Advice says how a library, or what a function of it makes, is brought to write
// JSON; "" if that needs no words.
func Advice(name string) string { return advices[name] }

var advices = map[string]string{
	"log.New":    "slog.NewLogLogger makes one that writes JSON",
	"logrus":     "call SetFormatter with a logrus.JSONFormatter",
	"zap":        "let zap.NewProduction or encoding \"json\" write it",
	"zerolog":    "without it zerolog writes JSON",
	"klog":       "give klog.SetSlogLogger a logger that writes JSON",
	"lgr":        "give it an lgr.SlogHandler that writes JSON",
	"promslog":   "make json the default of Config.Format",
	"hclog":      "set LoggerOptions.JSONFormat",
	"charm":      "call SetFormatter with JSONFormatter",
	"apex":       "call SetHandler with handlers/json",
	"gin":        "use gin.New with a middleware that logs JSON",
	"middleware": "use a middleware that logs JSON, such as github.com/go-chi/httplog",
	"handlers":   "wrap the handler in one that logs JSON",
	"logger":     "set the Format of its Config to one of JSON",
}
