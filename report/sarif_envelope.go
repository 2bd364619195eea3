package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	sarif210 "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

const (
	homepage     = "https://github.com/opslint/opslint"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	taxonomyName = "operations-standard"
)

// envelope returns everything of the log up to the results: the objects of
// go-sarif, pruned, indented and with the results left open.
func (s *sarif) envelope() ([]byte, error) {
	run := sarif210.NewRun().WithColumnKind("utf16CodeUnits").
		WithTool(sarif210.NewTool().WithDriver(s.driver())).
		WithInvocations([]*sarif210.Invocation{s.invocation()})
	if taxonomy := s.taxonomy(); taxonomy != nil {
		run.AddTaxonomie(taxonomy)
	}
	if s.o.Category != "" { // what stands behind the last slash would name the single run
		run.WithAutomationDetails(sarif210.NewRunAutomationDetails().WithID(strings.TrimSuffix(s.o.Category, "/") + "/"))
	}
	parts, err := pruned(run)
	if err != nil {
		return nil, fmt.Errorf("encode envelope: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"$schema\": %q,\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n", sarifSchema)
	for _, key := range []string{"tool", "automationDetails", "taxonomies", "invocations", "columnKind"} {
		part, ok := parts[key]
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "      %q: ", key)
		e := newEncoder(&b)
		e.SetIndent("      ", "  ")
		if err := e.Encode(part); err != nil {
			return nil, fmt.Errorf("encode envelope: %w", err)
		}
		b.Truncate(b.Len() - 1) // the line feed
		b.WriteString(",\n")
	}
	b.WriteString(`      "results": [`)
	return b.Bytes(), nil
}

// pruned returns a run as plain JSON values without what go-sarif writes but the
// format does not need: empty arrays and objects, nulls, and the -1 that stands
// for a number nobody set.
func pruned(run *sarif210.Run) (map[string]any, error) {
	encoded, err := json.Marshal(run)
	if err != nil {
		return nil, err
	}
	var value map[string]any
	if err := json.Unmarshal(encoded, &value); err != nil {
		return nil, err
	}
	prune(value)
	return value, nil
}

// prune empties v of empty things, inside first, and reports whether v itself
// is one.
func prune(v any) (empty bool) {
	switch v := v.(type) {
	case nil:
		return true
	case float64:
		return v == -1
	case []any:
		for _, item := range v {
			prune(item)
		}
		return len(v) == 0
	case map[string]any:
		for key, value := range v {
			if prune(value) || isDefault(key, value) {
				delete(v, key)
			}
		}
		return len(v) == 0
	}
	return false
}

// isDefault reports whether go-sarif wrote a default of the format.
func isDefault(key string, value any) bool {
	switch key {
	case "language":
		return value == "en-US"
	case "isComprehensive":
		return value == false
	case "contents": // nothing that we write sets it
		return true
	}
	return false
}

func (s *sarif) driver() *sarif210.ToolComponent {
	d := sarif210.NewToolComponent().WithName("opslint").WithInformationURI(homepage)
	version := strings.TrimPrefix(s.run.Version, "v")
	if version != "" {
		d.WithVersion(version)
	}
	if semantic.MatchString(version) {
		d.WithSemanticVersion(version)
	}
	taxa := s.taxa()
	for i, r := range s.run.Rules {
		s.index[r.ID] = i
		d.AddRule(s.descriptor(r, taxa))
	}
	if slices.ContainsFunc(s.run.Notices, func(n finding.Notice) bool { return mirrored(&n) }) {
		s.index[notAnalysed] = len(d.Rules)
		d.AddRule(noticeRule(incompleteNotice))
	}
	descriptors := notificationDescriptors()
	if s.leftOut != nil {
		s.index[leftOut] = len(d.Rules)
		d.AddRule(noticeRule(leftOutNotice))
		d.WithNotifications(descriptors)
	} else if len(s.run.Notices) > 0 {
		d.WithNotifications(descriptors[:leftOutNotice])
	}
	if len(taxa) > 0 {
		d.AddSupportedTaxonomie(taxonomyReference())
	}
	return d
}

var semantic = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// descriptor describes a rule. GitHub demands both descriptions and the help.
func (s *sarif) descriptor(r *rule.Rule, taxa []string) *sarif210.ReportingDescriptor {
	text, markdown := s.help(r)
	d := sarif210.NewRule(r.ID).WithName(pascal(r.ID)).
		WithDescription(sentence(r.Title)).
		WithFullDescription(sarif210.NewMultiformatMessageString().WithText(firstParagraph(r))).
		WithHelp(sarif210.NewMultiformatMessageString().WithText(text).WithMarkdown(markdown)).
		WithHelpURI(s.helpURI(r)).
		WithDefaultConfiguration(sarif210.NewReportingConfiguration().WithLevel(r.Severity.String())).
		WithDeprecatedIds(r.Aliases).
		WithProperties(properties(r))
	for _, clause := range r.Clauses {
		if i, ok := slices.BinarySearchFunc(taxa, clause, compareClauses); ok {
			d.AddRelationship(sarif210.NewReportingDescriptorRelationship().WithKinds([]string{"relevant"}).
				WithTarget(sarif210.NewReportingDescriptorReference().WithID(clause).WithIndex(i).WithToolComponent(taxonomyReference())))
		}
	}
	return d
}

func (s *sarif) helpURI(r *rule.Rule) string {
	if u := s.o.ruleURL(r.ID); u != "" {
		return u
	}
	return homepage
}

// properties returns what code hosts sort and filter by. Only what is about
// secrets has a security severity: with it the rule becomes a security rule.
func properties(r *rule.Rule) *sarif210.PropertyBag {
	const mostTags = 20 // GitHub rejects a rule with more
	severity := r.Severity.String()
	if r.Severity <= rule.Note {
		severity = "recommendation"
	}
	bag := sarif210.NewPropertyBag().Add("precision", "high").Add("problem.severity", severity)
	tags := append(slices.Clone(r.Clauses), r.Family(), "operations")
	if r.Secret {
		bag.Add("security-severity", "7.5")
		tags = append([]string{"security", "external/cwe/cwe-798"}, tags...)
	}
	return bag.WithTags(tags[:min(len(tags), mostTags)])
}

// taxa returns all clauses that the rules name, in the standard's order.
func (s *sarif) taxa() []string {
	var all []string
	for _, r := range s.run.Rules {
		all = append(all, r.Clauses...)
	}
	slices.SortFunc(all, compareClauses)
	return slices.Compact(all)
}

// taxonomy describes the clauses of the standard; nil if no rule names one.
func (s *sarif) taxonomy() *sarif210.ToolComponent {
	taxa := s.taxa()
	if len(taxa) == 0 {
		return nil
	}
	t := sarif210.NewToolComponent().WithName(taxonomyName).WithFullName("Operations Standards").
		WithInformationURI(homepage).
		WithShortDescription(sarif210.NewMultiformatMessageString().
			WithText("The clauses of the operations standard that the rules of this run check."))
	for _, id := range taxa {
		taxon := sarif210.NewReportingDescriptor().WithID(id)
		if s.o.Clause != nil {
			if text := s.o.Clause(id); text != "" {
				taxon.WithDescription(sentence(text))
			}
		}
		t.AddTaxa(taxon)
	}
	return t
}

func taxonomyReference() *sarif210.ToolComponentReference {
	return sarif210.NewToolComponentReference().WithName(taxonomyName).WithIndex(0)
}

// envelopeLocation is location in the types of go-sarif.
func (s *sarif) envelopeLocation(l source.Location) *sarif210.Location {
	r := s.region(l, false)
	return sarif210.NewLocationWithPhysicalLocation(sarif210.NewPhysicalLocation().
		WithArtifactLocation(sarif210.NewSimpleArtifactLocation(s.artifact(l.File).URI)).
		WithRegion(sarif210.NewRegion().WithStartLine(r.StartLine).WithStartColumn(r.StartColumn).
			WithEndLine(r.EndLine).WithEndColumn(r.EndColumn)))
}

// pascal respells the ID as SARIF's readers like names: MissingReadinessProbe.
func pascal(id string) string {
	_, name, _ := strings.Cut(id, "/")
	var b strings.Builder
	for word := range strings.SplitSeq(name, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
