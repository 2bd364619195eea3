// Command cobra waits for its database in the command that serves.
package main

import (
	"log"
	"net/http"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/spf13/cobra"
)

func serve(cmd *cobra.Command, args []string) error {
	var err error
	for range 20 { // want "start may wait 20 × 3 s before it listens, 10 s are allowed"
		if _, err = sqlx.Connect("pgx", "postgres://db/orders"); err == nil {
			break
		}
		time.Sleep(3 * time.Second)
	}
	if err != nil {
		return err
	}
	return http.ListenAndServe(":8080", nil)
}

func wait(cmd *cobra.Command, args []string) error {
	for {
		if _, err := sqlx.Connect("pgx", "postgres://db/orders"); err == nil {
			return nil
		}
		time.Sleep(3 * time.Second)
	}
}

func main() {
	root := &cobra.Command{Use: "orders"}
	root.AddCommand(&cobra.Command{Use: "serve", RunE: serve}, &cobra.Command{Use: "wait", RunE: wait})
	if err := root.Execute(); err != nil {
		log.Fatal(err)
	}
}
