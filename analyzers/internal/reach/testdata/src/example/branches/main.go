package main

import (
	"flag"
	"net/http"
	"os"
)

var showVersion = flag.Bool("show-version", false, "")

func main() {
	if len(os.Args) == 1 {
		usage()
		return
	}
	if os.Args[1] == "health" {
		os.Exit(health())
	}
	if os.Args[1] == "debug" {
		trace()
		serve()
		return
	}
	if os.Args[1] == "plain" {
		setUp()
		http.ListenAndServe(":8080", nil)
		os.Exit(1)
	}
	if *showVersion {
		version()
	}
	switch prepare(); os.Args[1] {
	case "migrate":
		migrate()
	case "work":
		work()
	default:
		if os.Args[1] == "once" {
			once()
			os.Exit(0)
		}
		fall()
	}
}

func usage() {}

func version() {}

func health() int { return 0 }

func trace() {}

func serve() { http.ListenAndServe(":8080", nil) }

func setUp() {}

func prepare() {}

func migrate() {}

func work() { select {} }

func once() {}

func fall() {}
