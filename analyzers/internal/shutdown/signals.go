package shutdown

import (
	"fmt"
	"math/bits"
	"strings"
)

// Signals is a set of signals by number. The bits above 63 are not needed:
// real-time signals count as other.
type Signals uint64

// Special members of a set.
const (
	// unknownSignals: some element could not be known, so it may be any.
	unknownSignals Signals = 1 << 63
	// otherSignals: signals that no number is known of.
	otherSignals Signals = 1 << 62
	allSignals   Signals = 1<<62 - 1
)

const (
	SIGINT  = 2  // interrupt from a terminal
	SIGTERM = 15 // the polite request to end
)

func signalSet(number int64) Signals {
	if number < 1 || number > 61 {
		return otherSignals
	}
	return 1 << number
}

// MayHold reports whether the set holds the signal, or may.
func (s Signals) MayHold(number int64) bool { return s&(signalSet(number)|unknownSignals) != 0 }

var signalNames = map[int]string{
	1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 6: "SIGABRT", 10: "SIGUSR1", 12: "SIGUSR2",
	13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 17: "SIGCHLD", 18: "SIGCONT", 28: "SIGWINCH",
}

// String names the members: "SIGINT and SIGHUP".
func (s Signals) String() string {
	var names []string
	for set := s &^ (unknownSignals | otherSignals); set != 0; set &= set - 1 {
		number := bits.TrailingZeros64(uint64(set))
		name, ok := signalNames[number]
		if !ok {
			name = fmt.Sprintf("signal %d", number)
		}
		names = append(names, name)
	}
	switch n := len(names); n {
	case 0:
		return "another signal"
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
