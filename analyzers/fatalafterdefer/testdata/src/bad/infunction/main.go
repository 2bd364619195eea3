package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"log"
	"os"
	"runtime/pprof"
	"sync"
	"syscall"
)

func main() {
	db, err := sql.Open("x", "y")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if err := db.Ping(); err != nil {
		log.Fatalf("ping: %v", err) // want `log.Fatalf skips the deferred db.Close; move the work into a function that returns an error and exit in its caller`
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	os.Exit(0) // want `os.Exit skips the deferred db.Close`
}

func report(lines []string) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range lines {
		if line == "" {
			syscall.Exit(1) // want `syscall.Exit skips the deferred out.Flush; return the error instead`
		}
		out.WriteString(line)
	}
	return nil
}

func profiled(name string) {
	if name != "" {
		f, err := os.Create(name)
		if err != nil {
			log.Fatal(err)
		}
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	if len(os.Args) > 3 {
		log.Fatalln("usage") // want `log.Fatalln skips the deferred pprof.StopCPUProfile`
	}
}

func inTransaction(ctx context.Context, db *sql.DB) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
			log.Println(err)
		}
	}()
	if _, err := tx.Exec("x"); err != nil {
		log.Fatal(err) // want `log.Fatal skips the deferred tx.Rollback`
	}
}

func temporary() {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for {
		if _, err := os.Stat(dir); err != nil {
			log.Fatal(err) // want `log.Fatal skips the deferred os.RemoveAll`
		}
	}
}
