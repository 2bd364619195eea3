package book

import "log"

func Check() error { return nil }

// Write is called while something is deferred: the finding is the program's.
func Write() { write() }

func write() {
	if err := Check(); err != nil {
		log.Print(err)
		Die(err)
	}
}

// Die ends the process.
func Die(err error) { log.Fatal(err) }

func Safe() {}

// Open returns what cleans up.
func Open() func() { return func() {} }
