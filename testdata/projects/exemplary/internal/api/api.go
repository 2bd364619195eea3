// Package api is the HTTP interface of orders.
package api

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"example.com/shop/orders/internal/config"
)

// API serves orders and the health of the process.
type API struct {
	http.Handler
	draining atomic.Bool
	mu       sync.Mutex
	orders   []Order
}

// An Order is what a customer wants.
type Order struct {
	ID    string `json:"id"`
	Items int    `json:"items"`
}

// New returns the API.
func New(config.Settings) *API {
	a := &API{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", ok)
	mux.HandleFunc("GET /startup", ok)
	mux.HandleFunc("GET /ready", a.ready)
	mux.HandleFunc("GET /orders", a.list)
	mux.HandleFunc("POST /orders", a.create)
	a.Handler = correlate(mux)
	return a
}

// Drain makes the readiness probe fail, so that no new request is sent here.
func (a *API) Drain() { a.draining.Store(true) }

func ok(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func (a *API) ready(w http.ResponseWriter, r *http.Request) {
	if a.draining.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	ok(w, r)
}

func (a *API) list(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(a.orders); err != nil {
		slog.WarnContext(r.Context(), "orders not sent", "error", err)
	}
}

func (a *API) create(w http.ResponseWriter, r *http.Request) {
	var order Order
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&order); err != nil {
		slog.InfoContext(r.Context(), "order refused", "error", err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	a.mu.Lock()
	a.orders = append(a.orders, order)
	a.mu.Unlock()
	slog.InfoContext(r.Context(), "order accepted", "order", order.ID, "items", order.Items)
	w.WriteHeader(http.StatusCreated)
}
