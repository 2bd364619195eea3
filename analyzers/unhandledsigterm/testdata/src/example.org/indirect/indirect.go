// Package indirect stands for a dependency whose own dependency traps signals.
package indirect

import "example.org/trapper"

func Setup() { trapper.Install(func() {}) }
