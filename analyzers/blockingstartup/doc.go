// Package blockingstartup defines an analyzer that reports services which wait
// long before they listen.
//
// # Analyzer blockingstartup
//
// blockingstartup: report services that wait long before they listen
//
// A service that waits for its database before it listens looks dead to the
// orchestrator: probes fail, the start is slow when many replicas start at once,
// and a dependency that stays away keeps it from saying so.
//
//	for range 30 {
//		if db.Ping() == nil {
//			break
//		}
//		time.Sleep(2 * time.Second) // 60 seconds in the worst case
//	}
//	http.ListenAndServe(":8080", handler)
//
// The analyzer runs loops with the constants that it knows, every attempt
// failing, and adds up what they sleep. It reports sums above the limit, loops
// that retry for ever, and dials without a timeout in such loops. What happens
// in goroutines, and durations that are only known at run time, are left out.
package blockingstartup
