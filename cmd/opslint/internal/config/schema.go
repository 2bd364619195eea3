package config

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/opslint/opslint/internal/rule"
)

type object = map[string]any

// Schema returns the JSON Schema (draft 2020-12) of a configuration file for
// the rules that exist. It accepts what [Read] and [Config.Bind] accept.
func Schema(rules []*rule.Rule) (string, error) {
	globs := object{"oneOf": []any{
		object{"type": "string"},
		object{"type": "array", "items": object{"type": "string"}},
	}}
	severities := object{"enum": []any{"error", "warning", "note", "off", false}}
	settings := object{}
	families := map[string]bool{}
	for _, r := range rules {
		families[r.Family()] = true
		settings[r.ID] = ruleSchema(r, severities, globs)
	}
	for family := range families {
		settings[family+"/*"] = object{"$ref": "#/$defs/setting", "description": "all rules of the family " + family}
	}
	schema := object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"$id":                  "https://raw.githubusercontent.com/opslint/opslint/main/docs/opslint.schema.json",
		"title":                "opslint configuration (" + Name + ")",
		"type":                 []any{"object", "null"},
		"additionalProperties": false,
		"properties": object{
			"fail-on":  object{"enum": []any{"error", "warning", "note", "never"}, "default": "error", "description": "lowest severity that makes the exit code 1"},
			"include":  described(globs, "check only files that match"),
			"exclude":  described(globs, "leave out files that match; a name without a slash matches at any depth"),
			"policies": described(globs, "directories of your own policies, relative to this file"),
			"baseline": object{"type": "string", "description": "file of accepted findings, relative to this file"},
			"ignore": object{
				"description": "findings that do not count, by what they are about",
				"type":        "array",
				"items": object{
					"type":                 "object",
					"additionalProperties": false,
					"required":             []any{"rule", "reason"},
					"properties": object{
						"rule":    object{"type": "string", "description": "rule, family/* or clause"},
						"path":    object{"type": "string", "description": "glob over files"},
						"subject": object{"type": "string", "description": "glob over subjects such as Deployment/shop/orders"},
						"reason":  object{"type": "string", "minLength": 1},
					},
				},
			},
			"go": object{
				"type":                 "object",
				"additionalProperties": false,
				"properties": object{
					"platforms": described(object{"oneOf": []any{
						object{"type": "string", "pattern": platform.String()},
						object{"type": "array", "items": object{"type": "string", "pattern": platform.String()}},
					}}, "check Go packages as they are built for these platforms, such as linux/amd64; default: the machine's own"),
				},
			},
			"rules": object{
				"description":          "severity and parameters by rule, family/* or clause; later entries win",
				"type":                 "object",
				"properties":           settings,
				"patternProperties":    object{"^OPS-": object{"$ref": "#/$defs/setting"}},
				"additionalProperties": false,
			},
		},
		"$defs": object{
			"severity": severities,
			"setting": object{"oneOf": []any{
				object{"$ref": "#/$defs/severity"},
				object{"type": "object", "properties": object{"severity": object{"$ref": "#/$defs/severity"}, "exclude": globs}},
			}},
		},
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(schema); err != nil {
		return "", fmt.Errorf("write schema: %w", err)
	}
	return b.String(), nil
}

func described(schema object, text string) object {
	return object{"oneOf": schema["oneOf"], "description": text}
}

func ruleSchema(r *rule.Rule, severities, globs object) object {
	properties := object{"severity": severities, "exclude": globs}
	for _, p := range r.Parameters {
		properties[p.Name] = parameterSchema(p)
	}
	return object{
		"description": r.Title,
		"oneOf": []any{
			object{"$ref": "#/$defs/severity"},
			object{"type": "object", "additionalProperties": false, "properties": properties},
		},
	}
}

func parameterSchema(p rule.Parameter) object {
	schema := object{"description": p.Description}
	switch p.Type {
	case rule.TypeNumber:
		schema["type"] = "number"
	case rule.TypeBool:
		schema["type"] = "boolean"
	case rule.TypeStrings:
		schema["type"], schema["items"] = "array", object{"type": "string"}
	case rule.TypeDuration:
		schema["type"], schema["pattern"] = "string", `^[0-9.]+d?([0-9.]+(ns|us|µs|ms|s|m|h))*$|^([0-9.]+(ns|us|µs|ms|s|m|h))+$`
	default:
		schema["type"] = "string"
	}
	schema["default"] = p.Default
	if p.Type == rule.TypeDuration {
		schema["default"] = p.Format(p.Default)
	}
	return schema
}
