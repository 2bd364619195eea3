// Package misusedloglevel implements go/misused-log-level: failures are logged
// as failures, and nothing else is.
package misusedloglevel
