// Package unboundedshutdown defines an analyzer that reports shutdowns without a
// deadline, or with one that is longer than an orchestrator waits.
//
// # Analyzer unboundedshutdown
//
// unboundedshutdown: report shutdowns that are not bounded by a deadline
//
// An orchestrator waits some seconds after SIGTERM, then kills. A shutdown that
// waits longer for the slowest request is cut off in the middle of what should
// come after it.
//
//	srv.Shutdown(context.Background()) // want: waits without a deadline
//
// The deadline is followed through contexts that are made of contexts, constants,
// parameters, and the defaults of flags and of struct tags.
package unboundedshutdown
