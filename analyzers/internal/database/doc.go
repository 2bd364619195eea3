// Package database knows how programs reach their databases: who opens one, what
// asks a connection whether it works, what changes the schema.
//
// [Migration] and [IsDefinition] recognise changes of the schema. [Analyzer]
// follows the values that stand for databases (*sql.DB and what wraps it) through
// variables, fields, parameters and results. Each package leaves a [Graph] as a
// fact; the package main puts those of its program together to [Databases].
package database
