// A transaction, a formatted statement.
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

func main() {
	tx, err := open().Begin()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := tx.Exec(fmt.Sprintf("ALTER TABLE orders ADD COLUMN %s int", "total")); err != nil { // want `schema migration`
		log.Fatal(err)
	}
	serve()
}
