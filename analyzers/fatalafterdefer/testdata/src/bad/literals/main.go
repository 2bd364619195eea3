package main

import (
	"encoding/csv"
	"log"
	"os"
)

type store struct{}

func (*store) Shutdown() {}

func (s *store) finish() { s.Shutdown() }

func main() {
	each(func(line []string) {
		w := csv.NewWriter(os.Stdout)
		defer w.Flush()
		if err := w.Write(line); err != nil {
			log.Fatal(err) // want `log.Fatal skips the deferred w.Flush`
		}
	})
	s := new(store)
	defer s.finish()
	log.Fatal("over") // want `log.Fatal skips the deferred s.finish`
}

func each(func([]string)) {}
