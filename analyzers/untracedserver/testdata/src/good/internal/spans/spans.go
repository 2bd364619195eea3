// Package spans sends spans to the collector.
package spans

// A Provider makes tracers whose spans go to an endpoint.
type Provider struct{ Endpoint string }

// Name names the provider.
func (p Provider) Name() string { return p.Endpoint }
