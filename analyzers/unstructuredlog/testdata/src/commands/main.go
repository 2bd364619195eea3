package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "app"}
	root.AddCommand(
		&cobra.Command{Use: "serve", RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				fmt.Println("too many arguments")
				return fmt.Errorf("%d arguments", len(args))
			}
			if false {
				quiet()
			}
			fmt.Println("serving") // want `fmt.Println writes a line that is not JSON`
			return http.ListenAndServe(":8080", nil)
		}},
		&cobra.Command{Use: "token", Run: func(cmd *cobra.Command, args []string) {
			fmt.Println("a token")
		}},
		&cobra.Command{Use: "list", Run: list},
	)
	if err := root.Execute(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func list(cmd *cobra.Command, args []string) { fmt.Println("nothing") }

func quiet() { fmt.Println("never") }
