package main

import (
	"net/http"

	"github.com/spf13/cobra"
)

const enabled = false

func main() {
	root := &cobra.Command{}
	root.AddCommand(&cobra.Command{Run: serve}, &cobra.Command{Run: func(cmd *cobra.Command, args []string) { list() }})
	if enabled {
		off()
	}
}

func serve(cmd *cobra.Command, args []string) {
	http.HandleFunc("/", handle)
	http.ListenAndServe(":8080", nil)
}

func handle(http.ResponseWriter, *http.Request) {}

func list() {}

func off() {}

func unused() {}
