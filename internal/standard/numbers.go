package standard

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/opslint/opslint/internal/rule"
)

// A Number is one of the standard's numbers. Rules name it where they take a
// default from it (METADATA: "standard: ready") and policies see it, counted in
// its unit, as data.standard.ready.
type Number struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"` // counted in Unit
	Unit    Unit    `json:"unit"`
	Meaning string  `json:"meaning"`
}

// Unit is what a number counts.
type Unit string

// The units. A ratio is a part of one: 0.05 is 5 %.
const (
	Ratio  Unit = "ratio"
	Second Unit = "s"
	Minute Unit = "min"
	Hour   Unit = "h"
	Day    Unit = "d"
)

var seconds = map[Unit]float64{Second: 1, Minute: 60, Hour: 60 * 60, Day: 24 * 60 * 60}

// Seconds returns a duration in seconds; a ratio stays as it is.
func (n Number) Seconds() float64 {
	if n.Unit == Ratio {
		return n.Value
	}
	return n.Value * seconds[n.Unit]
}

// String writes the number for people: "30 s", "99.9 %".
func (n Number) String() string {
	if n.Unit == Ratio {
		return strconv.FormatFloat(n.Value*100, 'g', 6, 64) + " %"
	}
	return strconv.FormatFloat(n.Value, 'g', -1, 64) + " " + string(n.Unit)
}

// Numbers are all numbers of a standard.
type Numbers []Number

// Lookup returns the number with a name.
func (n Numbers) Lookup(name string) (Number, bool) {
	i := slices.IndexFunc(n, func(each Number) bool { return each.Name == name })
	if i < 0 {
		return Number{}, false
	}
	return n[i], true
}

// Names returns the names of all numbers, in order.
func (n Numbers) Names() []string {
	names := make([]string, len(n))
	for i, each := range n {
		names[i] = each.Name
	}
	return names
}

// DefaultNumbers returns the numbers of the standard that opslint comes with.
func DefaultNumbers() Numbers { return slices.Clone(defaultNumbers) }

var defaultNumbers = Numbers{
	{"shutdown", 30, Second, "a process has to shut down after SIGTERM"},
	{"start", 10, Second, "an application has to start"},
	{"ready", 30, Second, "an application has until its health checks pass"},
	{"error_ratio", 0.05, Ratio, "of requests failing makes an alert fire, at most"},
	{"error_window", 5, Minute, "the error alert looks back"},
	{"latency", 1, Second, "of latency makes an alert fire, at most"},
	{"latency_window", 5, Minute, "the latency alert looks back"},
	{"availability", 0.99, Ratio, "of availability is where an alert fires, at least"},
	{"availability_window", 15, Minute, "the availability alert looks back"},
	{"escalation_first", 15, Minute, "unresolved until the on-call engineer is called"},
	{"escalation_second", 30, Minute, "unresolved until the team lead is called"},
	{"escalation_third", 60, Minute, "unresolved until the manager is called"},
	{"watch", 30, Minute, "a service is watched after recovery"},
	{"p95_endpoint", 0.5, Second, "95th percentile of API endpoints, at most"},
	{"p95_page", 2, Second, "95th percentile of web pages, at most"},
	{"p95_query", 0.1, Second, "95th percentile of database queries, at most"},
	{"p95_external", 1, Second, "95th percentile of external API calls, at most"},
	{"uptime_production", 0.999, Ratio, "uptime of production, at least"},
	{"uptime_staging", 0.99, Ratio, "uptime of staging, at least"},
	{"uptime_development", 0.95, Ratio, "uptime of development, at least"},
	{"backup_interval", 24, Hour, "between full backups of a database, at most"},
	{"recovery_point", 1, Hour, "between incremental backups of a database, at most"},
	{"retention", 30, Day, "backups are kept, at least"},
	{"archive", 365, Day, "archives are kept, at least"},
	{"session", 30, Day, "sessions are kept, at most"},
	{"logs", 90, Day, "logs are kept, at most"},
}

// replace puts an organisation's values, by name, in the place of ours: a
// duration as "45s" or "30d", a ratio as a part of one.
func (n Numbers) replace(values map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(n, func(each Number) bool { return each.Name == name })
		if i < 0 {
			return fmt.Errorf("number %q is unknown%s: want one of the standard's", name, rule.Suggest(name, n.Names()))
		}
		value, err := n[i].read(values[name])
		if err != nil {
			return fmt.Errorf("number %s: %w", name, err)
		}
		n[i].Value = value
	}
	return nil
}

func (n Number) read(value any) (float64, error) {
	if n.Unit != Ratio {
		duration, err := (&rule.Parameter{Type: rule.TypeDuration}).Convert(value)
		if err != nil {
			return 0, err
		}
		if duration == 0.0 {
			return 0, fmt.Errorf("want a duration above 0")
		}
		return duration.(float64) / seconds[n.Unit], nil
	}
	if ratio, ok := value.(float64); ok && 0 < ratio && ratio < 1 {
		return ratio, nil
	}
	return 0, fmt.Errorf("want a number between 0 and 1, such as 0.05 for 5 %%")
}
