// Package missingcorrelationid defines an analyzer that reports servers which
// take no correlation id from their requests and make none.
//
// # Analyzer missingcorrelationid
//
// missingcorrelationid: report servers without a correlation id
//
// A request that crosses several services leaves lines in several logs. They can
// be put together only if each service takes the id from the request, or makes
// one where there is none.
//
//	mux.HandleFunc("GET /orders", list)
//	http.ListenAndServe(":8080", mux) // want: no handler reads or makes an id
//
// Reading X-Request-ID, X-Correlation-ID, Traceparent and the like from a
// request counts, be it in HTTP or gRPC, and so do the middlewares of the common
// libraries for ids and traces, and an id that is made anew and put into the
// context of the request. Nothing is reported where a middleware or a handler of
// a dependency may do so out of sight.
package missingcorrelationid
