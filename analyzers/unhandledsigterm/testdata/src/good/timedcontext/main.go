package main

import (
	"context"
	"net/http"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	go http.ListenAndServe(":8080", http.NewServeMux())
	<-ctx.Done()
}
