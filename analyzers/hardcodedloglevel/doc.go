// Package hardcodedloglevel implements go/hardcoded-log-level: how much a
// service logs is decided where it runs.
//
// Package loggers knows where the level of each logger of a program comes from;
// this one asks whether any of them can be changed from outside.
package hardcodedloglevel
