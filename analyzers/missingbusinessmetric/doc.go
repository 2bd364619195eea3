// Package missingbusinessmetric defines an analyzer that reports services whose
// metrics tell nothing of what users do.
//
// # Analyzer missingbusinessmetric
//
// missingbusinessmetric: report services that only measure technology
//
// The analyzer looks at the metrics that a service registers. If every one of
// them is about the runtime, the build, HTTP, gRPC, a client, a database or a
// cache, none counts orders, sign-ups or payments. One finding per program, at
// the first metric that it registers.
package missingbusinessmetric
