// Package secretinlog implements go/secret-in-log: no secret reaches a log.
//
// The analyzer looks at every call of a logging library (see package logapi)
// and judges its arguments in two ways. An expression is followed back, within
// its function and through the functions of its package, to a source: a name, a
// header, an environment variable, a form value (flow.go, call.go). And a value
// that is printed whole is judged by its type: does this formatter show a field
// that holds a secret (package sensitive)?
//
// index.go and reach.go know which writes to a variable reach a use; forward.go
// finds the functions of the package that hand parameters on to a log;
// builder.go decides whether an attribute or entry is ever written.
package secretinlog
