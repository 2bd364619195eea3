package main

import "os"

func main() {
	switch len(os.Args) {
	case 1:
		_ = run() // want `failure of run ends with exit code 0; check its error and end with os.Exit\(1\)`
	case 2:
		run() // want `failure of run ends`
	case 3:
		defer os.Remove("x")
		_, _ = migrate() // want `failure of migrate ends`
	}
}

func run() error            { return nil }
func migrate() (int, error) { return 0, nil }
