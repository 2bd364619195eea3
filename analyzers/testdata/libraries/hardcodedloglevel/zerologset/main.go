// Command zerologset sets the global level of zerolog.
package main

import (
	"flag"
	"net/http"
	"os"

	"github.com/rs/zerolog"
)

func main() {
	debug := flag.Bool("debug", false, "log more")
	flag.Parse()
	zerolog.SetGlobalLevel(zerolog.InfoLevel)
	if *debug {
		zerolog.SetGlobalLevel(zerolog.DebugLevel)
	}
	logger := zerolog.New(os.Stderr)
	logger.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}
