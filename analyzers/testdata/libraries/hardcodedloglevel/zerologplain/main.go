// Command zerologplain leaves the level of zerolog as it is.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
)

func main() {
	logger := zerolog.New(os.Stderr) // want "log level is always trace"
	logger.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}
