// What can be turned off is on by default.
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

var skip = flag.Bool("skip-migrations", false, "do not migrate")

func main() {
	flag.Parse()
	db := open()
	if !*skip {
		if _, err := db.Exec("TRUNCATE TABLE sessions"); err != nil { // want `schema migration`
			log.Fatal(err)
		}
	}
	serve()
}
