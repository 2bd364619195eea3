// Package prometheus is cut down to a counter.
package prometheus

// CounterOpts says what a counter is called.
type CounterOpts struct{ Namespace, Name, Help string }

// A CounterVec is a set of counters.
type CounterVec struct{}

// A Counter counts.
type Counter interface{ Inc() }

type counter struct{}

func (counter) Inc() {}

// NewCounterVec makes a set of counters.
func NewCounterVec(opts CounterOpts, labels []string) *CounterVec { return &CounterVec{} }

// NewCounter makes a counter.
func NewCounter(opts CounterOpts) Counter { return counter{} }

// WithLabelValues returns a counter of the set.
func (v *CounterVec) WithLabelValues(values ...string) Counter { return counter{} }

// MustRegister registers metrics.
func MustRegister(metrics ...any) {}
