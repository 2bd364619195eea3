// What is printed only if somebody asks for it, or in development, is no log.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
)

var verbose = flag.Bool("verbose", false, "")

type config struct{ Debug bool }

func main() {
	experiment()
	inspect(config{})
	for _, dump := range []string{os.Getenv("DUMP")} {
		if dump == "" {
			continue
		}
		fmt.Println("dumping") // want `fmt.Println writes a line that is not JSON \(2 calls\)`
	}
	if *verbose {
		fmt.Println("verbose")
	}
	if err := http.ListenAndServe(":8080", nil); err != nil {
		return
	}
	fmt.Println("stopped")
}

func experiment() {
	if os.Getenv("EXPERIMENT") == "" && os.Getenv("EXPERIMENT_ARGS") == "" {
		return
	}
	if os.Getenv("EXPERIMENT") != "silent" {
		fmt.Fprintln(os.Stderr, "warning: this is an experiment")
	}
}

func inspect(c config) {
	if !c.Debug {
		return
	}
	fmt.Println("inspecting")
}
