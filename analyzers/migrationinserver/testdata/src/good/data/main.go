// Statements about data.
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
	db := open()
	for _, statement := range []string{"INSERT INTO starts VALUES (1)", "CREATE TEMP TABLE seen (id int)", "UPDATE orders SET total = 0", "SET search_path TO orders"} {
		if _, err := db.Exec(statement); err != nil {
			log.Fatal(err)
		}
	}
	for _, day := range os.Args {
		statement := fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (id int)", day) // a table per day is data
		if _, err := db.Exec(statement); err != nil {
			log.Fatal(err)
		}
		if _, err := db.Exec("DROP TABLE " + day); err != nil {
			log.Fatal(err)
		}
	}
	serve()
}
