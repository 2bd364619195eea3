package analyzers_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/analyzers"
)

// What other families join on is read from all packages of a program.
func TestPrograms(t *testing.T) {
	dir := write(t, `
-- go.mod --
module example.com/shop

go 1.25.0
-- cmd/orders/main.go --
package main

import (
	"context"
	"flag"
	"log/slog"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/internal/api"
)

func main() {
	flag.Bool("verbose", false, "log more")
	flag.Parse()
	srv := &http.Server{Addr: ":8080", Handler: api.Routes()}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go srv.ListenAndServe()
	<-ctx.Done()
	slog.Info("stopping", "address", srv.Addr)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(ctx)
}
-- internal/api/api.go --
// Package api answers.
package api

import (
	"net/http"
	"os"
)

const prefix = "/v1"

func Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+prefix+"/orders/{id}", show)
	mux.HandleFunc("/healthz", show)
	return mux
}

func show(w http.ResponseWriter, r *http.Request) { w.Write([]byte(os.Getenv("GREETING"))) }
-- cmd/tool/main.go --
package main

func main() { println("done") }
`)
	r := check(t, dir, func(o *analyzers.Options) { o.Describe = true })
	var got []string
	for _, p := range r.Programs {
		got = append(got, fmt.Sprintf("%s %s in %s serves %t", place(p.Location), p.Name, p.Module, p.Serves))
		for _, s := range p.Servers {
			got = append(got, fmt.Sprintf("%s %s %s %v", place(s.Location), s.Protocol, s.Text, s.Addresses))
		}
		for _, route := range p.Routes {
			got = append(got, fmt.Sprintf("%s %v %s %s", place(route.Location), route.Methods, route.Path, route.Handler))
		}
		for _, s := range append(p.Variables, p.Flags...) {
			got = append(got, fmt.Sprintf("%s %s %q %t", place(s.Location), s.Name, s.Default, s.HasDefault))
		}
		for _, s := range p.Shutdowns {
			got = append(got, fmt.Sprintf("%s %s %t %g", place(s.Location), s.Text, s.Bounded, s.Seconds))
		}
		got = append(got, p.LogAttributes...)
		if len(p.MoreRoutes)+len(p.MoreVariables) > 0 {
			t.Errorf("%s: more may be there: %v %v", p.Path, p.MoreRoutes, p.MoreVariables)
		}
	}
	want := []string{
		"cmd/orders/main.go:15:6 orders in example.com/shop serves true",
		"cmd/orders/main.go:21:5 http srv.ListenAndServe [:8080]",
		"internal/api/api.go:13:2 [GET] /v1/orders/{id} example.com/shop/internal/api.show",
		"internal/api/api.go:14:2 [] /healthz example.com/shop/internal/api.show",
		`internal/api/api.go:18:68 GREETING "" false`,
		`cmd/orders/main.go:16:2 verbose "false" true`,
		"cmd/orders/main.go:26:2 srv.Shutdown true 20",
		"address",
		"cmd/tool/main.go:3:6 tool in example.com/shop serves false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("programs (-want +got):\n%s", diff)
	}
}
