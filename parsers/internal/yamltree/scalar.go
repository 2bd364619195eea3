package yamltree

import (
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/document"
)

// scalar types a scalar, without its range.
func (b *builder) scalar(n *yaml.Node) *document.Node {
	node := &document.Node{Kind: document.String, Text: n.Value}
	switch n.Tag {
	case "!!str", "!!merge", "!!timestamp", "!!binary":
		plain := n.Style == 0
		if plain && b.options.Legacy {
			if truth, ok := legacyBool(n.Value); ok {
				return &document.Node{Kind: document.Bool, Text: truth}
			}
		}
		if b.options.Placeholders && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && Placeholder(n.Value) {
			node.Kind = document.Unknown
		}
	case "!!null":
		return &document.Node{Kind: document.Null}
	case "!!bool":
		node.Kind, node.Text = document.Bool, strings.ToLower(n.Value)
		if node.Text != "true" && node.Text != "false" { // !!bool yes
			node.Text, _ = legacyBool(n.Value)
		}
		if node.Text == "" {
			node.Kind, node.Text = document.String, n.Value
		}
	case "!!int", "!!float":
		if text, ok := number(n.Value); ok {
			node.Kind, node.Text = document.Number, text
		}
	default: // a tag of some tool: !Ref, !vault
		node.Kind = document.Unknown
	}
	return node
}

func legacyBool(text string) (string, bool) {
	switch text {
	case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON":
		return "true", true
	case "n", "N", "no", "No", "NO", "off", "Off", "OFF":
		return "false", true
	}
	return "", false
}

// number spells a YAML or JSON number as a JSON literal that nobody has trouble
// to compute with. Infinity, NaN and what a float cannot hold have none.
func number(text string) (string, bool) {
	const digits = 40 // a quantity of anything is shorter
	if len(text) <= digits && jsonNumber(text) == len(text) && !strings.ContainsAny(text, "eE") && text != "" {
		return text, true
	}
	plain := strings.ReplaceAll(text, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return strconv.FormatInt(i, 10), true
	}
	if u, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return strconv.FormatUint(u, 10), true
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return "", false
	}
	return strconv.FormatFloat(f, 'g', -1, 64), true
}

// jsonNumber returns the length of the JSON number that text begins with, 0 if
// it begins with none.
func jsonNumber[T string | []byte](text T) int {
	digits := func(i int) int {
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			i++
		}
		return i
	}
	i := 0
	if i < len(text) && text[i] == '-' {
		i++
	}
	whole := digits(i)
	if whole == i || text[i] == '0' && whole > i+1 {
		return 0
	}
	i = whole
	if i+1 < len(text) && text[i] == '.' {
		if end := digits(i + 1); end > i+1 {
			i = end
		}
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		j := i + 1
		if j < len(text) && (text[j] == '+' || text[j] == '-') {
			j++
		}
		if end := digits(j); end > j {
			i = end
		}
	}
	return i
}
