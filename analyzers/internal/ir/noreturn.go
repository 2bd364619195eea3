package ir

import (
	"go/types"
)

// ending lists by import path the functions and methods that end the process
// or the goroutine. A method stands under the package that declares it.
var ending = map[string][]string{
	"os":                               {"Exit"},
	"syscall":                          {"Exit"},
	"runtime":                          {"Goexit"},
	"log":                              {"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"},
	"github.com/sirupsen/logrus":       {"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Exit"},
	"go.uber.org/zap":                  {"Fatal", "Fatalf", "Fatalw", "Fatalln", "Panic", "Panicf", "Panicw", "Panicln"},
	"k8s.io/klog/v2":                   {"Fatal", "Fatalf", "Fatalln", "FatalDepth", "Exit", "Exitf", "Exitln"},
	"k8s.io/klog":                      {"Fatal", "Fatalf", "Fatalln", "Exit", "Exitf", "Exitln"},
	"github.com/golang/glog":           {"Fatal", "Fatalf", "Fatalln", "Exit", "Exitf", "Exitln"},
	"google.golang.org/grpc/grpclog":   {"Fatal", "Fatalf", "Fatalln"},
	"github.com/labstack/gommon/log":   {"Fatal", "Fatalf", "Fatalj", "Panic", "Panicf", "Panicj"},
	"github.com/alecthomas/kingpin/v2": {"Fatalf", "FatalUsage"},
	"gopkg.in/alecthomas/kingpin.v2":   {"Fatalf", "FatalUsage"},
	"testing":                          {"Fatal", "Fatalf", "FailNow", "Skip", "Skipf", "SkipNow"},
}

// neverReturns reports whether a function of a dependency never returns.
func neverReturns(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	for _, name := range ending[fn.Pkg().Path()] {
		if name == fn.Name() {
			return true
		}
	}
	return false
}
