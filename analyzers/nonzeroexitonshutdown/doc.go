// Package nonzeroexitonshutdown defines an analyzer that reports clean shutdowns
// which end with the exit code of a failure.
//
// # Analyzer nonzeroexitonshutdown
//
// nonzeroexitonshutdown: report clean shutdowns that end with a failure's exit code
//
// Who ends because it was told to has not failed.
//
//	go func() {
//		if err := srv.ListenAndServe(); err != nil {
//			log.Fatal(err) // want: it is http.ErrServerClosed
//		}
//	}()
//	<-ctx.Done()
//	srv.Shutdown(timeout)
package nonzeroexitonshutdown
