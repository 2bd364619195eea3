package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"shop/config"
)

var level = config.Get("LOG_LEVEL", "info")

func main() {
	address := flag.String("address", ":8080", "where to listen")
	grace := flag.Duration("grace", 30*time.Second, "how long to drain")
	var verbose bool
	flag.BoolVar(&verbose, "verbose", false, "log more")
	flag.Parse()

	region := os.Getenv("REGION")
	if region == "" {
		region = "eu-west-1"
	}
	token := os.Getenv("API_TOKEN")
	if token == "" {
		log.Fatal("API_TOKEN is not set")
	}
	queue, ok := os.LookupEnv("QUEUE")
	if !ok {
		log.Fatal("QUEUE is not set")
	}
	port := "9090"
	if v := os.Getenv("METRICS_PORT"); v != "" {
		port = v
	}
	zone := cmp.Or(os.Getenv("ZONE"), "a")
	workers := config.Int("WORKERS", 4)
	timeout := config.Duration("TIMEOUT", 5*time.Second)
	password := config.Must("DB_PASSWORD")
	tenant := config.Prefixed("TENANT")
	optional := os.Getenv("SENTRY_DSN")
	for _, name := range []string{"A", "B"} {
		fmt.Println(os.Getenv(name)) // dynamic
	}
	fmt.Println(*address, *grace, verbose, region, token, queue, port, zone, workers, timeout, password, tenant, optional, level)
}

// never runs.
func never() string { return os.Getenv("NEVER") }
