// Package missingclienttimeout defines an analyzer that reports HTTP requests
// without a time limit.
//
// # Analyzer missingclienttimeout
//
// missingclienttimeout: report HTTP requests without a time limit
//
// A dependency that never answers holds every request that asks it, unless the
// client has a Timeout or the request a context with a deadline:
//
//	resp, err := http.Get(url) // want: http.Get waits for an answer without limit
//
//	client := &http.Client{} // want: http.Client has no Timeout
//	req, _ := http.NewRequestWithContext(r.Context(), "GET", url, nil)
//	client.Do(req)
//
// Where a context comes from is followed to the callers, in whatever package
// they are. A client that a library is given is left alone: its requests are out
// of sight.
package missingclienttimeout
