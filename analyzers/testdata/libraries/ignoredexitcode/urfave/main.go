// Package main is a tool that drops the error of its commands.
package main

import (
	"fmt"
	"os"

	"github.com/urfave/cli/v2"
)

func main() {
	app := &cli.App{
		Name: "tool",
		Action: func(c *cli.Context) error {
			if err := work(); err != nil {
				fmt.Fprintln(os.Stderr, "work:", err)
				return nil // want "failure of work ends with exit code 0; return the error"
			}
			if err := work(); err != nil {
				return cli.Exit(err, 2)
			}
			return nil
		},
	}
	_ = app.Run(os.Args) // want "failure of app.Run ends with exit code 0; check its error and end with os.Exit.1."
}

func work() error { return nil }
