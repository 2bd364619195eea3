// Command zerologs writes to a stream and to a file.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
	"gopkg.in/natefinch/lumberjack.v2"
)

func main() {
	both := zerolog.MultiLevelWriter(os.Stdout, &lumberjack.Logger{Filename: "app.log"})
	log.Logger = zerolog.New(both).With().Timestamp().Logger() // want "the log goes to app.log"
	audit := zerolog.New(os.Stderr)
	audit.Info().Msg("serving")
	http.ListenAndServe(":8080", nil)
}
