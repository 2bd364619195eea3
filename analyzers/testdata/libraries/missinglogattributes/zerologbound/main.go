// Command zerologbound binds what is needed.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

func main() {
	log.Logger = zerolog.New(os.Stderr).With().Timestamp().Str("service", "orders").Str("version", version).Logger()
	log.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
