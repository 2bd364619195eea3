package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"sync"
)

type Config struct {
	Address  string
	Database struct {
		Host     string
		User     string
		Password string
	}
}

type order struct {
	ID    string `json:"id"`
	Items int    `json:"items"`
}

var (
	mu     sync.Mutex
	orders []order
)

func loadConfig() Config {
	var cfg Config
	cfg.Address = ":8080"
	cfg.Database.Host = os.Getenv("DATABASE_HOST")
	cfg.Database.User = os.Getenv("DATABASE_USER")
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	return cfg
}

func main() {
	cfg := loadConfig()
	log.Printf("starting with config %+v", cfg)

	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
	})
	http.HandleFunc("/orders", handleOrders)

	log.Println("listening on", cfg.Address)
	log.Fatal(http.ListenAndServe(cfg.Address, nil))
}

func handleOrders(w http.ResponseWriter, r *http.Request) {
	token := r.Header.Get("Authorization")
	if token == "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.Method == http.MethodPost {
		var o order
		if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
			log.Printf("bad order from %s (token %s): %v", r.RemoteAddr, token, err)
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		mu.Lock()
		orders = append(orders, o)
		mu.Unlock()
		log.Printf("order %s accepted", o.ID)
		w.WriteHeader(http.StatusCreated)
		return
	}
	mu.Lock()
	defer mu.Unlock()
	json.NewEncoder(w).Encode(orders)
}
