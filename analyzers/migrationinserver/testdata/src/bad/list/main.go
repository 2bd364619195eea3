// Statements of a list, one finding for the function.
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

var statements = []string{
	"INSERT INTO starts VALUES (1)",
	"create unique index orders_id ON orders (id)",
}

func migrate(db *sql.DB) error {
	for _, statement := range statements {
		if _, err := db.ExecContext(context.Background(), statement); err != nil { // want `schema migration`
			return err
		}
	}
	_, err := db.Exec("DROP TABLE old")
	return err
}

func main() {
	if err := migrate(open()); err != nil {
		log.Fatal(err)
	}
	serve()
}
