// Steps of migrations are registered; only a command runs them.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
)

type step func(*sql.DB) error

type steps []step

func (s *steps) register(do step) { *s = append(*s, do) }

var all steps

var named = map[string]step{"orders": addOrders}

func addOrders(db *sql.DB) error {
	_, err := db.Exec("CREATE TABLE orders (id int)")
	return err
}

var listed = []step{
	func(db *sql.DB) error {
		_, err := db.Exec("DROP TABLE IF EXISTS old")
		return err
	},
}

func init() {
	all.register(func(db *sql.DB) error {
		_, err := db.Exec("CREATE INDEX orders_id ON orders (id)")
		return err
	})
}

func main() {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) > 1 && os.Args[1] == "migrate" {
		for _, do := range append(append(all, named["orders"]), listed...) {
			if err := do(db); err != nil {
				log.Fatal(err)
			}
		}
		return
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
