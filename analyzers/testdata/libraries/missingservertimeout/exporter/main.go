// Command exporter serves with the toolkit of exporters.
package main

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/exporter-toolkit/web"
)

func main() {
	http.Handle("/metrics", promhttp.Handler())
	srv := &http.Server{} // want "the server of web.ListenAndServe has neither"
	web.ListenAndServe(srv, &web.FlagConfig{WebListenAddresses: &[]string{":9100"}}, slog.Default())
}
