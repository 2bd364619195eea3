// Package way has one finding whose value comes a long way.
package way

import (
	"fmt"
	"log"
	"os"

	"shop/redact"
)

func start() {
	entry := os.Getenv("STORE_PASSWORD")
	encoded := redact.Encode(entry)
	line := fmt.Sprintf("start with %s", encoded)
	log.Print(line) // want `os.Getenv\("STORE_PASSWORD"\) is logged`
}
