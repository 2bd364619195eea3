// Package shutdown finds out which programs of a module serve, what they are
// held by, and which signals they trap: what the rules about a clean end ask.
//
// Each package leaves a [Graph] as a fact: its functions with their calls,
// sinks, traps and waits in the order of control flow. The package main puts
// the graphs of its import closure together to a [Program] and follows it from
// main. So a program is judged as a whole although every package is analysed by
// itself, by the own driver and by the go command alike.
//
// Start with [Program.Service]. What is known of dependencies stands in table.go.
package shutdown
