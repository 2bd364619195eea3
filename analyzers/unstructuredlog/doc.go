// Package unstructuredlog implements go/unstructured-log: a service writes its
// log as JSON.
//
// Every package of the module says in a fact what its functions do to the log:
// which encoders they make, which libraries they call, what they print
// (event.go). For the package main of a service what it reaches is put together
// and judged, library by library (unstructuredlog.go). excuse.go knows
// which prints are no log.
package unstructuredlog
