// Package shutdown finds out which programs of a module serve, what they are
// held by, which signals they trap, and how they end: what the rules about a
// clean end ask.
//
// Each package leaves a [Graph] as a fact: its functions with their calls,
// sinks, traps, waits, drains and exits in the order of control flow. The package
// main puts the graphs of its import closure together to a [Program] and follows
// it from main. So a program is judged as a whole although every package is
// analysed by itself, by the own driver and by the go command alike.
//
// Start with [Program.Service]. [Program.Servers] says what is served and what
// drains it, [Program.Drains] how long that may take, [Program.Early] and
// [Program.Failing] how the program ends behind it, [Program.Notes] what it does
// before. What is known of dependencies stands in table.go, servers.go and
// notes.go.
package shutdown
