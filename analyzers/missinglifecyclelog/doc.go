// Package missinglifecyclelog implements go/missing-lifecycle-log: a service
// tells when it starts and when it is told to stop.
//
// Every package notes which of its functions log, which of them do so behind
// something that is waited for, and whom they refer to (event.go). In package
// main those are followed that lead away from function main; what serves one
// request is left out.
package missinglifecyclelog
