package main

import (
	"net/http"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

const enabled = false

func main() {
	root := &cobra.Command{}
	assign := &cobra.Command{}
	assign.Run = assigned
	root.AddCommand(
		&cobra.Command{Run: serve},
		&cobra.Command{Run: func(cmd *cobra.Command, args []string) { list() }},
		&cobra.Command{Run: func(cmd *cobra.Command, args []string) { work() }},
		&cobra.Command{Run: bench},
		&cobra.Command{Run: made("x")},
		&cobra.Command{Run: wrap(wrapped)},
		assign,
	)
	root.Execute()
	if enabled {
		off()
	}
}

func serve(cmd *cobra.Command, args []string) {
	if len(args) > 0 {
		refuse()
		return
	}
	http.HandleFunc("/", handle)
	http.ListenAndServe(":8080", nil)
}

func handle(http.ResponseWriter, *http.Request) {}

func work() {
	go worker()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop)
	<-stop
}

func worker() { http.ListenAndServe(":8081", nil) }

// bench measures a server that it starts itself and then ends.
func bench(cmd *cobra.Command, args []string) {
	go http.ListenAndServe("localhost:8082", nil)
	measure()
}

func measure() { http.Get("http://localhost:8082") }

func assigned(cmd *cobra.Command, args []string) {}

func made(name string) func(cmd *cobra.Command, args []string) {
	return func(cmd *cobra.Command, args []string) { tell(name) }
}

func tell(string) {}

func wrap(run func(cmd *cobra.Command, args []string)) func(cmd *cobra.Command, args []string) {
	return func(cmd *cobra.Command, args []string) { run(cmd, args) }
}

func wrapped(cmd *cobra.Command, args []string) {}

func refuse() {}

func list() {}

func off() {}

func unused() {}
