package rule

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Convert turns a value as a YAML or JSON decoder yields it into the Go form of
// the parameter's type (see [Parameter.Default]). The error says what is wanted.
func (p *Parameter) Convert(value any) (any, error) {
	switch p.Type {
	case TypeNumber:
		if number, ok := toNumber(value); ok {
			return number, nil
		}
		return nil, fmt.Errorf("want a number, not %s", describe(value))
	case TypeDuration:
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf(`want a duration such as "30s" or "30d", not %s`, describe(value))
		}
		return parseSeconds(text)
	case TypeString:
		if text, ok := value.(string); ok {
			return text, nil
		}
		return nil, fmt.Errorf("want a string, not %s", describe(value))
	case TypeBool:
		if truth, ok := value.(bool); ok {
			return truth, nil
		}
		return nil, fmt.Errorf("want true or false, not %s", describe(value))
	case TypeStrings:
		return toStrings(value)
	}
	return nil, fmt.Errorf("unknown parameter type %q", p.Type)
}

// parseSeconds reads a duration as Go writes it, optionally led by whole or
// fractional days: "30s", "720h", "30d", "1d12h".
func parseSeconds(text string) (float64, error) {
	seconds, rest := 0.0, text
	if days, after, found := strings.Cut(text, "d"); found {
		number, err := strconv.ParseFloat(days, 64)
		if err != nil {
			return 0, badDuration(text)
		}
		seconds, rest = number*24*60*60, after
	}
	if rest != "" {
		duration, err := time.ParseDuration(rest)
		if err != nil {
			return 0, badDuration(text)
		}
		seconds += duration.Seconds()
	}
	if text == "" || seconds < 0 || math.IsInf(seconds, 0) || math.IsNaN(seconds) {
		return 0, badDuration(text)
	}
	return seconds, nil
}

func badDuration(text string) error {
	return fmt.Errorf(`want a duration such as "30s" or "30d", not %q`, text)
}

func toNumber(value any) (float64, bool) {
	var number float64
	switch v := value.(type) {
	case int:
		number = float64(v)
	case int64:
		number = float64(v)
	case uint64:
		number = float64(v)
	case float64:
		number = v
	case json.Number:
		parsed, err := v.Float64()
		if err != nil {
			return 0, false
		}
		number = parsed
	default:
		return 0, false
	}
	return number, !math.IsNaN(number) && !math.IsInf(number, 0)
}

func toStrings(value any) ([]any, error) {
	list := []any{}
	switch v := value.(type) {
	case []string:
		for _, text := range v {
			list = append(list, text)
		}
	case []any:
		for _, item := range v {
			text, ok := item.(string)
			if !ok {
				return nil, fmt.Errorf("want a list of strings, but it holds %s", describe(item))
			}
			list = append(list, text)
		}
	default:
		return nil, fmt.Errorf("want a list of strings, not %s", describe(value))
	}
	return list, nil
}

// describe names a value in an error message.
func describe(value any) string {
	switch v := value.(type) {
	case nil:
		return "nothing"
	case string:
		return strconv.Quote(v)
	case []any, []string:
		return "a list"
	case map[string]any, map[any]any:
		return "a mapping"
	}
	return fmt.Sprint(value)
}

// Format writes a value of the parameter as a configuration file spells it.
func (p *Parameter) Format(value any) string {
	switch v := value.(type) {
	case float64:
		if p.Type == TypeDuration {
			return formatSeconds(v)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = fmt.Sprint(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return fmt.Sprint(value)
}

const secondsPerDay = 24 * 60 * 60

// formatSeconds writes whole days as days, anything else as Go does.
func formatSeconds(seconds float64) string {
	if seconds >= secondsPerDay && math.Mod(seconds, secondsPerDay) == 0 {
		return strconv.FormatFloat(seconds/secondsPerDay, 'f', -1, 64) + "d"
	}
	text := time.Duration(seconds * float64(time.Second)).String()
	for _, zero := range []string{"m0s", "h0m"} { // "30m0s" is 30m
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}
