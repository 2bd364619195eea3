// Package web finds out what programs show to the network: routes, gRPC
// services, servers, middlewares, and beside them the HTTP clients that they use
// and the metrics that they register.
//
// Each package of the user's says in a [Fact] what its functions do: a route is
// registered at a router, a router is made from another one, a server is given a
// time limit (event.go). Values are named by cells (cells.go), so that package
// main can put the pieces together although the router is made in one package,
// grouped in a second and filled in a third (whole.go). Paths are texts whose
// parts may be parameters of functions (text.go). What is known of libraries
// stands in tables: routers.go, middlewares.go, servers.go.
//
// Start with [Program], the result of [Analyzer] for a package main. What keeps
// its list of routes from being complete stands in [Program.Unseen]: whoever asks
// for absence must look there first.
package web
