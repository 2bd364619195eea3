package jobs

import "log"

// Start is where the program of another package ends: the finding is its.
func Start() {
	if err := prune(); err != nil {
		log.Println(err)
		return
	}
}

func prune() error { return nil }
