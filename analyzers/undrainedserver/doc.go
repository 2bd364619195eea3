// Package undrainedserver defines an analyzer that reports servers which drop
// the requests that they have begun when SIGTERM arrives.
//
// # Analyzer undrainedserver
//
// undrainedserver: report servers that drop open requests on SIGTERM
//
// To trap SIGTERM is half of a clean end. The other half is to let the server
// finish: Shutdown of an http.Server, GracefulStop of a gRPC server.
//
//	go srv.ListenAndServe()
//	<-ctx.Done()
//	srv.Close() // want: drops open requests on SIGTERM
//
// What counts is that the very server that serves is shut down. It is followed
// through variables, fields, constructors, parameters, slices and maps.
package undrainedserver
