// Package flattenedlogerror implements go/flattened-log-error: errors are logged
// as values, and every line has its time.
package flattenedlogerror
