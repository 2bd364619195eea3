// Command zerologhook adds attributes by a hook.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
)

func main() {
	logger := zerolog.New(os.Stderr).Hook(stamp{})
	logger.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}

type stamp struct{}

// Run adds what every line says.
func (stamp) Run(e *zerolog.Event, _ zerolog.Level, _ string) {
	e.Str("service", "orders").Str("version", "1")
}
