// Command apexjson logs by apex as JSON.
package main

import (
	"net/http"
	"os"

	"github.com/apex/log"
	"github.com/apex/log/handlers/json"
)

func main() {
	log.SetHandler(json.New(os.Stderr))
	log.Info("serving")
	http.ListenAndServe(":8080", nil)
}
