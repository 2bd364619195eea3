package main

import (
	"context"
	"os"

	"github.com/alecthomas/kingpin/v2"
	"github.com/spf13/cobra"
	"github.com/urfave/cli/v3"
)

var root = &cobra.Command{Use: "orders"}

func main() {
	serve := &cobra.Command{Use: "serve [flags]", Run: func(*cobra.Command, []string) {}}
	serve.Flags().StringP("listen", "l", ":8080", "where to listen")
	root.AddCommand(serve)
	root.Execute()

	app := &cli.Command{
		Name:  "tool",
		Flags: []cli.Flag{&cli.IntFlag{Name: "jobs", Value: 2, Sources: cli.EnvVars("JOBS", "TOOL_JOBS")}},
		Commands: []*cli.Command{
			{Name: "migrate"},
		},
	}
	app.Run(context.Background(), os.Args)

	kingpin.Command("check", "check it")
	kingpin.Flag("config", "where it is").Default("config.yaml").Envar("CONFIG").String()
}
