// Package store matters for nothing but the calls worth a note.
package store

import (
	"database/sql"
	"time"
)

func Open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	for range 3 {
		if err = db.Ping(); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

func Unused() { time.Sleep(time.Hour) }

// Save is what a handler calls.
func Save(db *sql.DB) { db.Exec("INSERT INTO t VALUES (1)") }
