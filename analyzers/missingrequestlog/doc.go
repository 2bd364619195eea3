// Package missingrequestlog defines an analyzer that reports HTTP servers which
// do not log the requests that they answer.
//
// # Analyzer missingrequestlog
//
// missingrequestlog: report HTTP servers without an access log
//
// The analyzer looks for a middleware that writes a line per request: of a common
// library (chi middleware.Logger, gin.Logger, echo middleware.RequestLogger,
// hlog.AccessHandler and others), or a function of the program that hands
// requests on and logs. One finding per program, at the call that serves.
package missingrequestlog
