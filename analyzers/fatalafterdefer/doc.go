// Package fatalafterdefer defines an analyzer that reports calls which end the
// process while a deferred cleanup is pending.
//
// # Analyzer fatalafterdefer
//
// fatalafterdefer: report exits that skip a deferred cleanup
//
// os.Exit, and the Fatal of a logger which calls it, end the process at once:
// what is deferred does not run.
//
//	defer book.Flush()
//	if err := book.Write(entry); err != nil {
//		log.Fatal(err) // want: log.Fatal skips the deferred book.Flush
//	}
//
// A deferred call matters if it flushes, stops, waits for, shuts down, commits or
// removes something, or closes a client or a writer. What the kernel does for
// every process that ends (closing files and sockets, releasing memory and
// locks) is not missed, nor is the cancelling of a context.
//
// An exit in a function that main calls, directly or through others, skips what
// these have deferred as well; it is reported where it stands.
package fatalafterdefer
