// Command hlog makes an id for each request.
package main

import (
	"net/http"

	"github.com/rs/zerolog/hlog"
	"github.com/rs/zerolog/log"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {})
	log.Fatal().Err(http.ListenAndServe(":8080", hlog.RequestIDHandler("request_id", "X-Request-ID")(mux))).Send()
}
