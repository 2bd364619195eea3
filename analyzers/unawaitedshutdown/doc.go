// Package unawaitedshutdown defines an analyzer that reports programs which end
// while their server is still draining.
//
// # Analyzer unawaitedshutdown
//
// unawaitedshutdown: report programs that end while their server is still draining
//
// ListenAndServe returns when Shutdown begins. Whoever calls Shutdown in a
// goroutine has to wait for it before main returns.
//
//	go func() {
//		<-ctx.Done()
//		srv.Shutdown(timeout) // want: main returns while it is still draining
//	}()
//	srv.ListenAndServe()
package unawaitedshutdown
