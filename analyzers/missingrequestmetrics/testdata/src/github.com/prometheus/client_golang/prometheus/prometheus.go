// Package prometheus is cut down to a histogram.
package prometheus

// HistogramOpts says what a histogram is called.
type HistogramOpts struct{ Name, Help string }

// A HistogramVec is a set of histograms.
type HistogramVec struct{}

// An ObserverVec is a set of observers.
type ObserverVec interface{ Reset() }

// NewHistogramVec makes a set of histograms.
func NewHistogramVec(opts HistogramOpts, labels []string) *HistogramVec { return &HistogramVec{} }

// Reset forgets what was observed.
func (v *HistogramVec) Reset() {}
