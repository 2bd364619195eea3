// The setting stands before the call of the function that migrates.
package main

import (
	"context"
	"database/sql"
	_ "embed"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
)

var _ = []any{context.Background, flag.Parse, fmt.Sprint, os.Exit, http.MethodGet}

func open() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	return db
}

func serve() { log.Fatal(http.ListenAndServe(":8080", nil)) }

func migrate(db *sql.DB) error {
	_, err := db.Exec("CREATE TABLE orders (id int)")
	return err
}

func main() {
	db := open()
	if os.Getenv("MIGRATE_ON_START") == "true" {
		if err := migrate(db); err != nil {
			log.Fatal(err)
		}
	}
	serve()
}
