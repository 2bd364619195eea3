// Package main defers only what the kernel does for a process that ends.
package main

import (
	"compress/gzip"
	"context"
	"database/sql"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	var wg sync.WaitGroup
	wg.Add(1)
	defer wg.Done()
	defer func() { recover() }()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	f, err := os.Open("x")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	defer z.Close()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	resp, err := http.Get("http://example.org")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	query(ctx, nil)
	log.Fatal("over")
}

func query(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, "x")
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(); err != nil {
			log.Fatal(err)
		}
	}
}
