// Package unverifiedmigration defines an analyzer that reports migrations which
// end without a record of what was applied.
//
// # Analyzer unverifiedmigration
//
// unverifiedmigration: report migrations that leave no record
//
// A one-off migration is looked at when something is wrong, days later. Its log
// then has to tell which version the schema has, or that it failed and why.
//
//	func main() {
//		m, err := migrate.New(source, database)
//		...
//		m.Up() // want: neither failure nor outcome is told
//	}
//
// Reading the version, or a line of the log about the migration, is enough. What
// logs its steps by itself, such as goose, needs none. Migrations at the start of
// a service are the matter of migrationinserver.
package unverifiedmigration
