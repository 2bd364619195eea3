package analyzers

import (
	"fmt"
	"strconv"
	"strings"
)

// setParameters hands a rule's parameters to its analyzer as flags. What is
// not given gets its default, so that one run leaves nothing behind for the next.
func setParameters(analyzers []Analyzer, parameters func(id string) map[string]any) error {
	for _, a := range analyzers {
		var values map[string]any
		if parameters != nil {
			values = parameters(a.Rule.ID)
		}
		for _, p := range a.Rule.Parameters {
			value, given := values[p.Name]
			if !given {
				value = p.Default
			}
			if err := a.Flags.Set(p.Name, flagText(value)); err != nil {
				return fmt.Errorf("set parameter %s of %s: %w", p.Name, a.Rule.ID, err)
			}
		}
	}
	return nil
}

// flagText writes a parameter as a flag's value: a list with commas, a duration
// as a number of seconds.
func flagText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = fmt.Sprint(item)
		}
		return strings.Join(items, ",")
	case []string:
		return strings.Join(v, ",")
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}
