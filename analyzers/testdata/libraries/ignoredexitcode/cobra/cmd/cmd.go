// Package cmd holds the commands of a tool.
package cmd

import (
	"fmt"
	"log"
	"os"

	"github.com/spf13/cobra"
)

var root = &cobra.Command{Use: "tool"}

var export = &cobra.Command{
	Use: "export",
	Run: func(cmd *cobra.Command, args []string) {
		if err := write(args); err != nil {
			cmd.PrintErrln("export:", err)
			return // want "failure of write ends with exit code 0; make the command a RunE and return the error"
		}
		cmd.Println("exported")
	},
}

var imports = &cobra.Command{
	Use:  "import",
	RunE: runImport,
}

func runImport(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	if err := read(args); err != nil {
		log.Printf("import: %v", err)
		return nil // want "failure of read ends with exit code 0; return the error"
	}
	return check(args)
}

func check(args []string) error {
	if err := read(args); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return nil
}

var remove = &cobra.Command{
	Use: "remove",
	Run: func(cmd *cobra.Command, args []string) {
		cobra.CheckErr(read(args))
		if err := write(args); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	},
}

// Execute runs the tool.
func Execute() {
	root.AddCommand(export, imports, remove)
	if err := root.Execute(); err != nil {
		fmt.Println(err) // want "failure of root.Execute ends with exit code 0; call os.Exit.1. after the message"
	}
}

func write([]string) error { return nil }
func read([]string) error  { return nil }
