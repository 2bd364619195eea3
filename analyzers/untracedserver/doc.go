// Package untracedserver defines an analyzer that reports servers whose requests
// are not traced.
//
// # Analyzer untracedserver
//
// untracedserver: report servers whose requests are not traced
//
// The analyzer looks for a tracing middleware or interceptor of a common library,
// or for one of the program that starts spans. Without any it reports the call
// that serves; with one, but without a tracer provider in the program, it reports
// the middleware: its spans go nowhere.
package untracedserver
