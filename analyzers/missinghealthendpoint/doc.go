// Package missinghealthendpoint defines an analyzer that reports servers
// without health endpoints.
//
// # Analyzer missinghealthendpoint
//
// missinghealthendpoint: report servers without health endpoints
//
// An orchestrator asks a service whether it has started, whether it can take
// requests and whether it is alive. The analyzer lists the routes of all servers
// of a program and reports once which of the three have no answer:
//
//	mux.HandleFunc("GET /orders/{id}", order)
//	mux.HandleFunc("GET /healthz", health)
//	http.ListenAndServe(":8080", mux) // want: no route for /ready and /startup
//
// The health service of gRPC answers all three. Workers without a port of their
// own need none.
//
// Nothing is reported where a route may be out of sight: its path is not
// constant, the router is not known, or a library is given the router.
package missinghealthendpoint
