package main

import (
	"database/sql"
	"log"
	"net/http"
)

type server struct{ db *sql.DB }

func open() (*sql.DB, error) {
	db, err := sql.Open("mysql", "tcp(db)/orders") // want `sql.Open does not connect`
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(10)
	return db, nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	row := s.db.QueryRowContext(r.Context(), "SELECT 1")
	var n int
	if err := row.Scan(&n); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func main() {
	db, err := open()
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	log.Fatal(http.ListenAndServe(":8080", &server{db: db}))
}
