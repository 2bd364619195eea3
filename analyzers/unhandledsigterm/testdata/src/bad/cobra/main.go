package main

import (
	"log"
	"net/http"

	"github.com/spf13/cobra"
)

var serveCmd = &cobra.Command{
	Use: "serve",
	RunE: func(cmd *cobra.Command, args []string) error {
		return http.ListenAndServe(":8080", http.NewServeMux()) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	},
}

func main() {
	root := &cobra.Command{Use: "app"}
	root.AddCommand(serveCmd)
	if err := root.Execute(); err != nil {
		log.Fatal(err)
	}
}
