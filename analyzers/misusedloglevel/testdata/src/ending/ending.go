package ending

import "log"

func open(err error) {
	if err != nil {
		log.Fatal(err) // want "library code ends the process; return the error"
	}
}

// MustOpen announces what it does.
func MustOpen(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// NewTestStore is for tests.
func NewTestStore(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
