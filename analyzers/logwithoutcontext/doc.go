// Package logwithoutcontext defines an analyzer that reports log calls which
// drop the context that would bring a correlation id into their line.
//
// # Analyzer logwithoutcontext
//
// logwithoutcontext: report log calls that drop the context with the correlation id
//
// A handler of log/slog may take the id of the request from the context and add
// it to each line. It can do so only where it is given the context:
//
//	func list(w http.ResponseWriter, r *http.Request) {
//		slog.Info("orders listed") // want: without the id
//		slog.InfoContext(r.Context(), "orders listed")
//	}
//
// The same goes for programs that put a logger with the id into the context and
// then log through the global one. Nothing is reported in programs whose handler
// ignores contexts, where the logger has the id already, and in what no request
// leads to.
package logwithoutcontext
