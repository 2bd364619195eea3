package policies

import "time"

// A number is one of the standard's numbers.
type number struct {
	value float64
	// unit is what a duration is counted in, 0 for a number that is none.
	unit time.Duration
}

// seconds returns a duration in seconds; any other number stays as it is.
func (n number) seconds() float64 {
	if n.unit == 0 {
		return n.value
	}
	return n.value * n.unit.Seconds()
}

// standard holds the operations standard's numbers, each once. Rules name them
// in METADATA (standard: ready) and see them as data.standard, in the unit
// given here.
var standard = map[string]number{
	"shutdown":            {30, time.Second},
	"start":               {10, time.Second},
	"ready":               {30, time.Second},
	"error_ratio":         {0.05, 0},
	"error_window":        {5, time.Minute},
	"latency":             {1, time.Second},
	"latency_window":      {5, time.Minute},
	"availability":        {0.99, 0},
	"availability_window": {15, time.Minute},
	"escalation_first":    {15, time.Minute},
	"escalation_second":   {30, time.Minute},
	"escalation_third":    {60, time.Minute},
	"watch":               {30, time.Minute},
	"p95_endpoint":        {0.5, time.Second},
	"p95_page":            {2, time.Second},
	"p95_query":           {0.1, time.Second},
	"p95_external":        {1, time.Second},
	"uptime_production":   {0.999, 0},
	"uptime_staging":      {0.99, 0},
	"uptime_development":  {0.95, 0},
	"backup_interval":     {24, time.Hour},
	"recovery_point":      {1, time.Hour},
	"retention":           {30, day},
	"archive":             {365, day},
	"session":             {30, day},
	"logs":                {90, day},
}

const day = 24 * time.Hour
