package sig

import (
	"os"
)

var shutdownSignals = []os.Signal{os.Interrupt}
