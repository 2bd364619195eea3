// Package missingrequestmetrics defines an analyzer that reports servers which do
// not measure the requests that they answer.
//
// # Analyzer missingrequestmetrics
//
// missingrequestmetrics: report servers without request metrics
//
// The analyzer looks for a histogram of the duration of requests: promhttp's
// instrumented handlers, the interceptors and middlewares of metrics libraries and
// of OpenTelemetry, or a histogram of the program whose name speaks of requests
// and that something observes. One finding per program, at the call that serves.
package missingrequestmetrics
