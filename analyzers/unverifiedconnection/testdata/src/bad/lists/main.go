// None of a list of databases is pinged.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

type replicas struct {
	byName map[string]*sql.DB
	all    []*sql.DB
}

func main() {
	r := &replicas{byName: make(map[string]*sql.DB)}
	for _, dsn := range []string{"postgres://a", "postgres://b"} {
		db, err := sql.Open("postgres", dsn) // want `sql.Open does not connect`
		if err != nil {
			log.Fatal(err)
		}
		r.byName[dsn] = db
		r.all = append(r.all, db)
	}
	log.Print(len(r.byName), len(r.all))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
