package terraform

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/document"
)

// The profiles of a resource: how much the standard asks of it. What nobody
// classifies is production, whose numbers are the standard's.
const (
	production  = "production"
	staging     = "staging"
	development = "development"
)

var profileTokens = map[string]string{
	"prod": production, "production": production, "prd": production, "live": production,
	"staging": staging, "stage": staging, "stg": staging, "preprod": staging, "preproduction": staging, "uat": staging, "qa": staging, "integration": staging,
	"nonprod": staging, "nonproduction": staging,
	"dev": development, "develop": development, "development": development, "test": development, "testing": development, "sandbox": development,
	"local": development, "preview": development, "ephemeral": development, "demo": development, "lab": development, "ci": development,
}

// profileVariables are the variables of a root that say what it is.
var profileVariables = []string{"environment", "env", "env_name", "environment_name", "deployment_environment", "stage"}

// classify returns the profile that a text names, or "".
func classify(text string) string {
	return firstProfile(text, func(string) bool { return true })
}

// firstProfile is what the first word says that is one of those meant and says
// anything.
func firstProfile(text string, meant func(word string) bool) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	for i, word := range words {
		p, ok := profileTokens[word]
		switch {
		case !ok || !meant(word):
		case p == production && i > 0 && (words[i-1] == "pre" || words[i-1] == "non"):
			return staging
		default:
			return p
		}
	}
	return ""
}

// nameTokens are those of the above that say in the name of a resource or
// module call what it is for; the others have other meanings there.
var nameTokens = []string{
	"dev", "development", "test", "testing", "sandbox", "staging", "preprod", "preproduction", "nonprod", "nonproduction", "uat", "prod",
	"production", "prd",
}

// classifyName returns the profile that the name of a resource or call tells, or "".
func classifyName(name string) string {
	return firstProfile(name, func(word string) bool { return slices.Contains(nameTokens, word) })
}

// profile says what a resource is for: by its own tags, else those of its
// provider, its name, what the calls that lead to it say, the root's variables,
// the file of values, the root's path.
func (t *target) profile(i *instance, name string, config *document.Node, p provider) string {
	for _, name := range []string{"tags", "labels", "user_labels"} {
		if found := taggedProfile(config.Get(name)); found != "" {
			return found
		}
	}
	if found := valueProfile(p.tags); found != "" {
		return found
	}
	if found := classifyName(name); found != "" {
		return found
	}
	if found := calledProfile(i); found != "" {
		return found
	}
	if t.variableProfile != "" {
		return t.variableProfile
	}
	if found := classify(t.name); found != "" {
		return found
	}
	segments := strings.Split(below(t.root.base, t.root.dir), "/")
	for _, segment := range slices.Backward(segments) {
		if found := classify(segment); found != "" {
			return found
		}
	}
	return production
}

// calledProfile is what the innermost call says that says anything: by what it
// passes for the environment, or by its name.
func calledProfile(i *instance) string {
	for ; i.parent != nil; i = i.parent {
		for _, name := range profileVariables {
			if i.call.argument(name) == nil {
				continue
			}
			if found := variableProfile(i, name); found != "" {
				return found
			}
		}
		if found := classifyName(i.call.label(0)); found != "" {
			return found
		}
	}
	return ""
}

// variableProfile is what one variable of a module instance says.
func variableProfile(i *instance, name string) string {
	b := i.module.variables[name]
	if b == nil {
		return ""
	}
	if v := i.named("var", name, b.file, b.header); isString(v) {
		return classify(bare(v).AsString())
	}
	return ""
}

// isProfileTag reports whether a tag says what a resource is for.
func isProfileTag(key string) bool {
	switch strings.ToLower(key) {
	case "environment", "env", "stage":
		return true
	}
	return false
}

func taggedProfile(tags *document.Node) string {
	if tags == nil {
		return ""
	}
	for _, m := range tags.Members {
		if isProfileTag(m.Key) && m.Value.Kind == document.String {
			if found := classify(m.Value.Text); found != "" {
				return found
			}
		}
	}
	return ""
}

func valueProfile(tags cty.Value) string {
	if tags == cty.NilVal {
		return ""
	}
	tags, _ = tags.UnmarkDeep()
	if !tags.IsKnown() || tags.IsNull() || !(tags.Type().IsObjectType() || tags.Type().IsMapType()) {
		return ""
	}
	for it := tags.ElementIterator(); it.Next(); {
		key, v := it.Element()
		if isProfileTag(key.AsString()) && isString(v) {
			if found := classify(v.AsString()); found != "" {
				return found
			}
		}
	}
	return ""
}

// rootProfile is what the root's variables say. If a default says that nothing
// of the root is for production, whoever applies it with another value should
// know that.
func (a *assembly) rootProfile(root *instance) string {
	for _, name := range profileVariables {
		found := variableProfile(root, name)
		if found == "" {
			continue
		}
		if v, o := root.given(name); found == development && (o == nil || bare(v).IsNull()) {
			b := root.module.variables[name]
			a.loader.notices.remark(b.file, b.argument("default").extent, fmt.Sprintf(
				"judge root: var.%s says development unless it is given, so rules about production are not asked here", name))
		}
		return found
	}
	return ""
}

// stem is a file's name without its extensions.
func stem(name string) string {
	base, _, _ := strings.Cut(path.Base(name), ".")
	return base
}
