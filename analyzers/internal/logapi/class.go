package logapi

// Class is the set of ways in which a call may turn a value into text. A call
// whose handler is not known has several; only what leaks in all of them leaks
// for sure.
type Class uint16

// The ways to print a value.
const (
	Plain    Class = 1 << iota // fmt's %v and %s
	Plus                       // fmt's %+v
	GoSyntax                   // fmt's %#v
	Raw                        // fmt's other verbs and the builtin print: no String method is asked
	JSON                       // encoding/json
	SlogText                   // slog's text handler
	SlogJSON                   // slog's JSON handler
	ZapAny                     // zap.Any and the sugared w methods: Stringer, then JSON
	Zerolog                    // zerolog's Interface: its own marshaler, then JSON
	Logr                       // logr.Marshaler and LogValuer, String, then %+v
	Logfmt                     // strings and Stringers; a struct does not print
	Object                     // only what the value's own marshaler writes
	Hidden                     // %T and %p: nothing of the value
)

// Either class of a handler that is not known.
const (
	Slog   = SlogText | SlogJSON
	Either = Plain | JSON
)

// String names what a reader sees: "JSON", "text", or "" if it may be both.
func (c Class) String() string {
	const structured = JSON | SlogJSON | ZapAny | Zerolog
	switch {
	case c&^structured == 0:
		return "JSON"
	case c&structured == 0:
		return "text"
	default:
		return ""
	}
}

// Each yields the single ways in c.
func (c Class) Each(yield func(Class) bool) {
	for one := Plain; one <= Hidden; one <<= 1 {
		if c&one != 0 && !yield(one) {
			return
		}
	}
}
