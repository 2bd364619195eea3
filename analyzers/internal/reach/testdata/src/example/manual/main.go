// Command manual writes about commands and runs none.
package main

import (
	"fmt"
	"net/http"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "serve", Run: func(cmd *cobra.Command, args []string) { http.ListenAndServe(":8080", nil) }}
	fmt.Println(root.Use)
}
