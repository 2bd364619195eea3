// Package unverifiedconnection defines an analyzer that reports databases which
// a service opens and never pings.
//
// # Analyzer unverifiedconnection
//
// unverifiedconnection: report databases that a service never pings
//
// Opening a database with package database/sql or a connection pool does not
// connect to it. A wrong address, a wrong password or a database that is down
// shows only when the first request fails, although the service said it was
// ready.
//
//	db, err := sql.Open("pgx", dsn) // want: does not connect
//	...
//	http.ListenAndServe(":8080", handler(db))
//
// Nothing is reported if anything in the service pings the database, be it at
// the start or in a handler for probes, nor for databases inside the process
// such as SQLite.
package unverifiedconnection
