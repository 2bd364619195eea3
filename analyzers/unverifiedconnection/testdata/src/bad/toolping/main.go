// Only a command that does not serve pings the database.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
)

func main() {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL")) // want `sql.Open does not connect`
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) > 1 && os.Args[1] == "check" {
		if err := db.Ping(); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { db.ExecContext(r.Context(), "DELETE FROM orders") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
