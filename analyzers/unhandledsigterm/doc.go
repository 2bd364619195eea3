// Package unhandledsigterm defines an analyzer that reports services which do
// not trap SIGTERM.
//
// # Analyzer unhandledsigterm
//
// unhandledsigterm: report services that SIGTERM kills
//
// An orchestrator stops a container by SIGTERM and kills it some seconds later.
// A program that does not trap the signal ends at once: requests in flight are
// cut off, work that was begun is lost.
//
//	func main() {
//		http.ListenAndServe(":8080", handler) // want: nothing traps SIGTERM
//	}
//
// A service is a program that serves until it is stopped from outside. It is
// reported if no trap that includes SIGTERM is in force while it serves: there
// is none, it lists other signals, it is set only after the serving call, it
// stands in a function that nothing calls, or nobody looks at its channel.
//
// Nothing is reported where a part of the program is out of sight, such as a
// dependency that may trap the signal by itself.
package unhandledsigterm
