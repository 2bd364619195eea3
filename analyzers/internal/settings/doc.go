// Package settings finds out what a program is told from outside when it
// starts: environment variables, flags, and the commands of its command line.
//
// [Analyzer] collects them per package: reads of the environment, by os and by
// the libraries that fill structs from it, through helpers that take the name as
// a parameter, in whatever package those are (environment.go, helpers.go,
// tags.go), and what flag libraries declare (flags.go). Package main asks for
// those that the program can reach.
//
// Only names and defaults that are constants count. A name that is put together
// at run time is a [Dynamic] read: whoever asks for absence must know of it.
package settings
