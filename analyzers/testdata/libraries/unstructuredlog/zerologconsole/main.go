// Command zerologconsole writes for people.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
)

func main() {
	logger := zerolog.New(zerolog.ConsoleWriter{Out: os.Stderr}) // want "zerolog.ConsoleWriter writes text"
	logger.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}
