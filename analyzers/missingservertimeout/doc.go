// Package missingservertimeout defines an analyzer that reports HTTP servers
// without a limit for reading requests.
//
// # Analyzer missingservertimeout
//
// missingservertimeout: report HTTP servers that wait for requests without limit
//
// A client that never finishes its request holds a connection for as long as it
// likes, unless the server has a ReadHeaderTimeout or a ReadTimeout:
//
//	srv := &http.Server{Addr: ":8080", Handler: mux} // want: neither ReadHeaderTimeout nor ReadTimeout
//	srv.ListenAndServe()
//
// The analyzer knows servers by where they are made: a limit that is set later,
// by an option or in another package, counts. The package functions of net/http
// and gin's Run make servers without limits and are reported as such.
package missingservertimeout
