// Command zerologs puts a logger with the id into the context of each request.
package main

import (
	"net/http"
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/hlog"
	"github.com/rs/zerolog/log"
)

func list(w http.ResponseWriter, r *http.Request) {
	hlog.FromRequest(r).Info().Msg("listed")
	zerolog.Ctx(r.Context()).Info().Msg("listed")
	log.Ctx(r.Context()).Info().Msg("listed")
	log.Info().Msg("listed") // want "log.Info drops the context that carries request_id"
}

func main() {
	log.Info().Msg("starting")
	logger := zerolog.New(os.Stdout)
	handler := hlog.NewHandler(logger)(hlog.RequestIDHandler("request_id", "X-Request-ID")(http.HandlerFunc(list)))
	http.Handle("/orders", handler)
	log.Fatal().Err(http.ListenAndServe(":8080", nil)).Send()
}
