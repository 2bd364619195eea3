// A handler changes the schema when it is asked to.
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
	http.HandleFunc("POST /admin/reset", func(w http.ResponseWriter, r *http.Request) {
		if _, err := db.ExecContext(r.Context(), "TRUNCATE TABLE orders"); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	serve()
}
