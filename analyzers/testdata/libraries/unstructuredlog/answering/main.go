// Command answering has commands that print their results.
package main

import (
	"fmt"
	"net/http"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "orders", RunE: func(*cobra.Command, []string) error { return http.ListenAndServe(":8080", nil) }}
	root.AddCommand(&cobra.Command{Use: "configdoc", Run: func(*cobra.Command, []string) { document(false) }})
	root.AddCommand(&cobra.Command{Use: "serve", RunE: func(*cobra.Command, []string) error {
		fmt.Println("serving") // want "fmt.Println writes a line that is not JSON"
		return http.ListenAndServe(":8080", nil)
	}})
	root.Execute()
}

func document(serve bool) {
	fmt.Println(text())
	if serve {
		http.ListenAndServe(":6060", nil)
	}
}

func text() string { return "port: 8080" }
