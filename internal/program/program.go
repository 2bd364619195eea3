// Package program describes what a Go program shows to the outside: what its
// source says about addresses, routes, settings, metrics and its end. Rules of
// other families join manifests, alerts and documents with it.
//
// What is not known is said to be so: a list that may have more entries than are
// in sight comes with the reasons. Whoever concludes from an absence has to look
// at them.
package program

import "github.com/opslint/opslint/internal/source"

// A Program is a package main. Each list is in the order of packages, files and
// lines.
type Program struct {
	Path   string // import path of the package
	Module string // import path of the module
	// Name is that of the binary as go build makes it.
	Name     string
	Location source.Location // of the name of function main
	// Serves is true if it is certain to serve until it is stopped, or to run for
	// a host that does. Servers, Routes, Services and LogAttributes are those of
	// what it runs while it serves, the rest those of what it runs at all.
	Serves bool

	Servers  []Server
	Routes   []Route
	Services []Service // of gRPC
	// MoreRoutes says what may answer requests although no route shows it.
	MoreRoutes []Unknown

	Shutdowns []Shutdown

	Variables []Setting // of the environment
	// MoreVariables are reads of variables whose names are not constant.
	MoreVariables []Unknown
	Flags         []Setting
	Commands      []Setting // what its command line offers, without the program itself

	Metrics []Metric
	// LogAttributes are the constant keys of what it logs, sorted.
	LogAttributes []string
}

// An Unknown is a place that keeps something from being known.
type Unknown struct {
	Reason   string // empty if the place says enough
	Location source.Location
}

// A Server is a call that serves.
type Server struct {
	Protocol string // "http", "grpc"
	Library  string // "net/http", "gin", "grpc"
	Text     string // "srv.ListenAndServe"
	// Addresses are the constant addresses that it may listen on, as package net
	// takes them; none means that they are not known.
	Addresses []string
	// Side is true if it only shows metrics, profiles or variables.
	Side     bool
	Location source.Location // of the call
}

// A Route is a path that is answered.
type Route struct {
	Methods []string // sorted; none means all
	// Path is the whole path in the notation of its library, without host. A part
	// that is not known is written as "…".
	Path string
	// Tree is true if it answers what lies below the path, too.
	Tree bool
	// Library is what it is registered with: "net/http", "gin", "chi".
	Library string
	// Handler is the function that answers, with its import path; empty if that
	// is not known.
	Handler  string
	Location source.Location // of the call that registers it
}

// A Service is a service of gRPC.
type Service struct {
	Name     string // of the function that registers it: "RegisterOrdersServer"
	Health   bool   // it is the standard health service
	Location source.Location
}

// A Shutdown is how a server is stopped.
type Shutdown struct {
	Text string // "srv.Shutdown"
	// Seconds bound how long it may take, if Bounded; else it may take for ever,
	// or, if Unknown, as long as something says that is not constant.
	Seconds  float64
	Bounded  bool
	Unknown  bool
	Location source.Location
}

// A Setting is something that the program is told from outside.
type Setting struct {
	Name string
	// Default is what holds if nobody sets it, if HasDefault; a default that is
	// not constant is none.
	Default    string
	HasDefault bool
	// Required: without it the program, or what reads it, fails.
	Required bool
	Location source.Location
}

// A Metric is a metric that the program registers.
type Metric struct {
	// Name is the full name with namespace and subsystem; "…" stands for what is
	// not known.
	Name    string
	Kind    string // "counter", "gauge", "histogram", "summary"
	Library string // "prometheus", "otel"
	Help    string
	Labels  []string // the constant ones
	// Buckets are the upper bounds of a histogram's buckets as far as they are
	// constant; none means that they are not known.
	Buckets  []float64
	Location source.Location
}
