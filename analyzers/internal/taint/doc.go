// Package taint follows secrets and personal data through a package and, by
// summaries of functions, through the whole module.
//
// [Analyzer] yields a [Package]. A rule asks it for the leaks of its [Topic]
// ([Package.Leaks]): calls of a logging library, or of a function that forwards
// to one, whose argument shows something sensitive.
//
// An argument is followed back through the SSA form (eval.go): to a name, a
// header, an environment variable, a parameter. What a variable or a field holds
// is decided by the writes that reach the place where it is read (memory.go). A
// call is judged by the summary of what it calls (summary.go); summaries of the
// module's other packages are facts (fact.go), the standard library and loggers
// are tables (models.go, package logapi). A value that is printed whole is judged
// by its type: does this way of printing show a sensitive field (shown.go,
// package sensitive)?
package taint
