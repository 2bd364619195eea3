// Package migrationinserver defines an analyzer that reports services which
// change the schema of their database when they start.
//
// # Analyzer migrationinserver
//
// migrationinserver: report services that migrate their database at the start
//
// A migration at the start runs in every replica, at the same time, with the
// rights of the service and within the time that probes allow. When it fails,
// the whole deployment fails half-way.
//
//	if err := m.Up(); err != nil { // want: runs at the start of every replica
//		log.Fatal(err)
//	}
//	http.ListenAndServe(":8080", handler)
//
// A command of its own, or a flag that makes the program migrate and end, is
// what it should be. Nothing is reported there, nor for databases inside the
// process such as SQLite.
package migrationinserver
