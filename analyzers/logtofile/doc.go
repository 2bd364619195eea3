// Package logtofile implements go/log-to-file: the log of a service is a stream,
// not a file.
//
// Package loggers knows where each logger of a program writes; this one says
// which of those places are wrong.
package logtofile
