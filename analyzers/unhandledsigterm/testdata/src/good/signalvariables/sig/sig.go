package sig

import (
	"os"
	"syscall"
)

// Signals end the program.
var Signals = []os.Signal{stop, os.Interrupt}

var stop os.Signal = syscall.SIGTERM
