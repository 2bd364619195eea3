package main // want `database/sql.Open in notes/store.Open before store.go:10` `\(\*database/sql.DB\).Ping in notes/store.Open before store.go:15` `time.Sleep in notes/store.Open before store.go:18` `Exec in notes/store.Save live store.go:26`

import (
	"database/sql"
	"flag"
	"log"
	"net/http"
	"time"

	"notes/store"
)

func init() {
	time.Sleep(time.Millisecond) // want `time.Sleep in notes/startup.init#1 before`
}

func main() {
	migrate := flag.Bool("migrate", false, "migrate and end")
	flag.Parse()
	db, err := store.Open("dsn")
	if err != nil {
		time.Sleep(time.Second) // want `time.Sleep in notes/startup.main main live`
		log.Fatal(err)
	}
	if *migrate {
		db.Exec("CREATE TABLE t (id int)") // want `\(\*database/sql.DB\).Exec in notes/startup.main main live`
		return
	}
	prepare(db)
	defer time.Sleep(time.Second) // want `time.Sleep in notes/startup.main main$`
	go refresh()
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		store.Save(db)
		time.Sleep(time.Second) // want `time.Sleep in notes/startup.main\$1 live`
	})}
	err = srv.ListenAndServe()
	time.Sleep(time.Second) // want `time.Sleep in notes/startup.main main$`
	log.Print(err)
}

func prepare(db *sql.DB) {
	db.Exec("CREATE TABLE t (id int)") // want `\(\*database/sql.DB\).Exec in notes/startup.prepare before`
}

func refresh() {
	time.Sleep(time.Second) // want `time.Sleep in notes/startup.refresh live`
}
