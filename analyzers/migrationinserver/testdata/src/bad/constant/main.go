// A constant statement.
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

const schema = "CREATE TABLE orders (id int)"

func main() {
	db := open()
	if _, err := db.Exec(schema); err != nil { // want `schema migration runs at the start of every replica`
		log.Fatal(err)
	}
	serve()
}
