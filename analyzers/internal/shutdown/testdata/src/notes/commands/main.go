package main

import (
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "shop"}
	root.AddCommand(
		&cobra.Command{Use: "serve", Run: serve},
		&cobra.Command{Use: "wait", Run: func(*cobra.Command, []string) {
			time.Sleep(time.Second) // want `time.Sleep in notes/commands.main\$1 main live`
		}},
	)
	if root.Execute() != nil {
		os.Exit(1)
	}
}

func serve(*cobra.Command, []string) {
	time.Sleep(time.Second) // want `time.Sleep in notes/commands.serve before`
	http.ListenAndServe(":8080", http.NewServeMux())
}
