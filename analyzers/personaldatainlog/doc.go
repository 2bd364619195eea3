// Package personaldatainlog implements go/personal-data-in-log: what says who
// somebody is, where they live or how to reach them is not written to a log.
//
// It asks package taint for the leaks of its topic. A value that is a secret as
// well is told by go/secret-in-log only.
package personaldatainlog
