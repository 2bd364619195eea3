// Command hlogs has the access log of zerolog.
package main

import (
	"net/http"
	"os"
	"time"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/hlog"
)

func main() {
	log := zerolog.New(os.Stdout)
	var h http.Handler = http.NewServeMux()
	h = hlog.AccessHandler(func(r *http.Request, status, size int, duration time.Duration) {
		log.Info().Int("status", status).Dur("duration", duration).Msg("request")
	})(h)
	http.ListenAndServe(":8080", h)
}
