// Command orders takes orders.
package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var answered = prometheus.NewCounterVec(prometheus.CounterOpts{
	Namespace: "orders",
	Name:      "http_requests_total",
	Help:      "Requests by status code.",
}, []string{"code"})

var placed = prometheus.NewCounter(prometheus.CounterOpts{
	Namespace: "orders",
	Name:      "placed_total",
	Help:      "Orders that customers have placed.",
})

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	prometheus.MustRegister(answered, placed)

	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(place), ReadHeaderTimeout: 10 * time.Second}
	go srv.ListenAndServe()
	<-ctx.Done()
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := srv.Shutdown(limited); err != nil {
		slog.Error("drain", "error", err)
	}
}

func place(w http.ResponseWriter, r *http.Request) {
	placed.Inc()
	answered.WithLabelValues(strconv.Itoa(http.StatusCreated)).Inc()
	w.WriteHeader(http.StatusCreated)
}
