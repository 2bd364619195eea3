// Command zerologplain binds a component.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

func main() {
	log.Logger = zerolog.New(os.Stderr).With().Timestamp().Str("component", "orders").Logger() // want "root logger carries no service and no version"
	log.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}
