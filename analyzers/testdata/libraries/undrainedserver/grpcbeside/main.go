package main

import (
	"context"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	lis, err := net.Listen("tcp", ":9090")
	if err != nil {
		log.Fatal(err)
	}
	srv := grpc.NewServer()
	public := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.Serve(lis) // want "nothing shuts srv down on SIGTERM; call srv.GracefulStop"
	go public.ListenAndServe()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	public.Shutdown(drain)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
