// Each of a list of databases is pinged.
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
		db, err := sql.Open("postgres", dsn)
		if err != nil {
			log.Fatal(err)
		}
		r.byName[dsn] = db
		r.all = append(r.all, db)
	}
	for name, db := range r.byName {
		if err := db.Ping(); err != nil {
			log.Fatal(name, err)
		}
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
