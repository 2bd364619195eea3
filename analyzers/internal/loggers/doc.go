// Package loggers describes the loggers of a program: what makes them, where
// they write, at which level, which attributes every line of theirs carries, and
// which of them the program installs as its own.
//
// [Analyzer] works on the syntax, one package at a time. A package notes what
// its functions do to loggers as events (event.go, recorded by record.go with
// the tables in table.go) and leaves them as a fact. Values that matter - a
// writer, a level, keys, the logger that another one is made from - are followed
// through locals, fields, parameters and results (trace.go); what is known only
// elsewhere is a reference that package main resolves when it puts a program
// together (program.go).
//
// Guards (guard.go) tell what is done only in development or only on request.
package loggers
