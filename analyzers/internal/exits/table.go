package exits

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// An ending is what is known of a function of a library that ends the process.
type ending struct {
	coded bool // its first argument is the exit code
	// given is one more than the index of the error that it exits for.
	given int
	// flushes: it writes out what the library's loggers hold.
	flushes bool
}

// endings lists by import path, without major version, and by name what ends the
// process and is no logger of package logapi.
var endings = map[string]map[string]ending{
	"os":                            {"Exit": {coded: true}},
	"syscall":                       {"Exit": {coded: true}},
	"golang.org/x/sys/unix":         {"Exit": {coded: true}},
	"golang.org/x/sys/windows":      {"Exit": {coded: true}},
	"github.com/sirupsen/logrus":    {"Exit": {coded: true}},
	"k8s.io/klog":                   {"FlushAndExit": {flushes: true}},
	"github.com/spf13/cobra":        {"CheckErr": {given: 1}},
	"github.com/alecthomas/kingpin": {"Fatalf": {}, "FatalUsage": {}, "FatalUsageContext": {}, "FatalIfError": {given: 1}},
	"gopkg.in/alecthomas/kingpin":   {"Fatalf": {}, "FatalUsage": {}, "FatalUsageContext": {}, "FatalIfError": {given: 1}},
	"github.com/alecthomas/kong":    {"Fatalf": {}, "FatalIfErrorf": {given: 1}},
	"k8s.io/kubectl/pkg/cmd/util":   {"CheckErr": {given: 1}},
}

// flushing are the loggers whose Fatal writes out what they hold.
var flushing = map[string]bool{"zap": true, "klog": true, "glog": true}

// lookup returns how a function of a library ends the process.
func lookup(info *types.Info, call *ast.CallExpr, fn *types.Func) (ending, bool) {
	path := logapi.Path(fn.Pkg().Path())
	if a, ok := endings[path][fn.Name()]; ok {
		return a, true
	}
	logs, ok := logapi.Lookup(fn.Origin())
	if !ok || logs.Kind != logapi.Sink {
		return ending{}, false
	}
	name := fn.Name()
	switch {
	case logs.Library == "zerolog" && (strings.HasPrefix(name, "Msg") || name == "Send"):
		return ending{}, fatalEvent(info, call)
	case strings.HasPrefix(name, "Fatal"):
		return ending{flushes: flushing[logs.Library]}, true
	case strings.HasPrefix(name, "Exit") && (logs.Library == "klog" || logs.Library == "glog"):
		return ending{flushes: true}, true
	}
	return ending{}, false
}

// fatalEvent reports whether a chain of calls begins with zerolog's Fatal.
func fatalEvent(info *types.Info, call *ast.CallExpr) bool {
	for {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return false
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return false
		}
		fn, ok := typeutil.Callee(info, call).(*types.Func)
		if ok && fn.Name() == "Fatal" {
			return true
		}
	}
}

// isPanic reports whether a function of a library panics or ends its goroutine.
func isPanic(fn *types.Func) bool {
	if fn.FullName() == "runtime.Goexit" {
		return true
	}
	logs, ok := logapi.Lookup(fn.Origin())
	return ok && logs.Kind == logapi.Sink && strings.HasPrefix(fn.Name(), "Panic")
}
