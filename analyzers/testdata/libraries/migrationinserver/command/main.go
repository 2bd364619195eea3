// Command command migrates on request and ends.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/golang-migrate/migrate/v4"
	"github.com/spf13/cobra"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func migrateUp(cmd *cobra.Command, args []string) error {
	m, err := migrate.New("file://migrations", os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	return m.Up()
}

func serve(cmd *cobra.Command, args []string) error {
	db, err := gorm.Open(postgres.Open(os.Getenv("DATABASE_URL")))
	if err != nil {
		return err
	}
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		db.WithContext(r.Context()).Exec("DELETE FROM orders")
	})
	return http.ListenAndServe(":8080", nil)
}

func main() {
	root := &cobra.Command{Use: "orders"}
	root.AddCommand(&cobra.Command{Use: "migrate", RunE: migrateUp}, &cobra.Command{Use: "serve", RunE: serve})
	if err := root.Execute(); err != nil {
		log.Fatal(err)
	}
}
