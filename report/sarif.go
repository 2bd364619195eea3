package report

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// The types below are the results of a SARIF report. They are our own because
// there may be very many: the types of go-sarif hold every default of the format
// and must be pruned, which is fine for the envelope (sarif_envelope.go) but
// costs seconds for results.

type sarifResult struct {
	RuleID           string             `json:"ruleId"`
	RuleIndex        *int               `json:"ruleIndex,omitempty"`
	Kind             string             `json:"kind,omitempty"`
	Level            string             `json:"level"`
	Message          sarifMessage       `json:"message"`
	Locations        []sarifLocation    `json:"locations"`
	Fingerprints     *sarifFingerprints `json:"partialFingerprints,omitempty"`
	RelatedLocations []sarifLocation    `json:"relatedLocations,omitempty"`
	CodeFlows        []sarifCodeFlow    `json:"codeFlows,omitempty"`
	Fixes            []sarifFix         `json:"fixes,omitempty"`
	Suppressions     []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifFingerprints struct {
	LineHash string `json:"primaryLocationLineHash,omitempty"`
	Own      string `json:"opslint/v1"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn"`
	EndLine     int           `json:"endLine"`
	EndColumn   int           `json:"endColumn"`
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifStep `json:"locations"`
}

type sarifStep struct {
	Location sarifLocation `json:"location"`
}

type sarifFix struct {
	Description sarifMessage  `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion   `json:"deletedRegion"`
	Inserted *sarifMessage `json:"insertedContent,omitempty"`
}

type sarifSuppression struct {
	Kind          string         `json:"kind"`
	Status        string         `json:"status"`
	Justification string         `json:"justification,omitempty"`
	Location      *sarifLocation `json:"location,omitempty"`
}

// snippetLimit is the size in bytes above which a region carries no snippet.
const snippetLimit = 400

// SARIF writes the run as a SARIF 2.1.0 log, made for code hosts first: every
// result has a place, columns count UTF-16 code units, and what does not count
// is left out unless asked for, because they would open an alert for it.
func SARIF(w io.Writer, run *finding.Run, o Options) error {
	return writeSARIF(w, run, &o, codeHost)
}

func writeSARIF(w io.Writer, run *finding.Run, o *Options, most sarifLimits) error {
	s := &sarif{o: o, run: run, rules: byID(run.Rules), index: map[string]int{}}
	s.secrets = secretsOf(run, s.rules)
	entries := s.entries()
	if !o.NoLimits {
		var err error
		if entries, err = s.limit(entries, most); err != nil {
			return err
		}
	}
	head, err := s.envelope()
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	if err := s.results(w, entries); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n    }\n  ]\n}\n")
	return err
}

type sarif struct {
	o       *Options
	run     *finding.Run
	rules   map[string]*rule.Rule
	index   map[string]int // of the rules in the driver
	secrets secrets
	hashes  lineHashes
	leftOut *finding.Notice // that results are left out, nil if none is
}

// results streams the results, one a line.
func (s *sarif) results(w io.Writer, entries []sarifEntry) error {
	out := newArray(w, "        ", "")
	if s.leftOut != nil {
		if err := out.add(s.noticeResult(leftOut, s.leftOut, s.leftOut.Message, "")); err != nil {
			return err
		}
	}
	for i := range entries {
		if err := out.add(s.entryResult(&entries[i])); err != nil {
			return err
		}
	}
	return out.end("      ")
}

func (s *sarif) entryResult(e *sarifEntry) *sarifResult {
	switch {
	case e.finding != nil:
		return s.result(e.finding)
	case e.notice != nil:
		return s.noticeResult(notAnalysed, e.notice, "not analysed: "+e.notice.Message, e.notice.Message)
	}
	return s.openResult(e.verdict)
}

func (s *sarif) result(f *finding.Finding) *sarifResult {
	place := s.location(f.Location)
	if f.Subject != "" {
		place.Logical = []sarifLogical{{f.Subject}}
	}
	r := &sarifResult{
		RuleID:    f.Rule,
		RuleIndex: s.ruleIndex(f.Rule),
		Level:     f.Severity.String(),
		Locations: []sarifLocation{place},
		Fingerprints: &sarifFingerprints{
			LineHash: s.hashes.at(f.Location.File, place.Physical.Region.StartLine),
			Own:      fingerprint(f),
		},
		Fixes: s.fixes(f.Fix),
	}
	text := sentence(f.Message)
	for _, related := range f.Related {
		if related.Location.File == nil {
			text += " " + sentence(related.Message)
			continue
		}
		l := s.location(related.Location)
		l.ID = len(r.RelatedLocations) + 1
		l.Message = &sarifMessage{related.Message}
		r.RelatedLocations = append(r.RelatedLocations, l)
		text += fmt.Sprintf(" See [%s](%d).", escapeLink(related.Message), l.ID)
	}
	r.Message.Text = text
	r.CodeFlows = s.codeFlows(f)
	if f.Suppressed != nil {
		r.Suppressions = []sarifSuppression{s.suppression(f.Suppressed)}
	}
	return r
}

// sentence makes a message one sentence of a text. A bracket that would look
// like a link is escaped.
func sentence(message string) string {
	if strings.Contains(message, "](") {
		message = escapeLink(message)
	}
	if strings.HasSuffix(message, ".") {
		return message
	}
	return message + "."
}

// escapeLink escapes a text that stands in the brackets of a link.
func escapeLink(text string) string { return linkText.Replace(text) }

var linkText = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)

func (s *sarif) ruleIndex(id string) *int {
	if i, ok := s.index[id]; ok {
		return &i
	}
	return nil
}

func (s *sarif) location(l source.Location) sarifLocation {
	return sarifLocation{Physical: sarifPhysical{Artifact: s.artifact(l.File), Region: s.region(l, true)}}
}

// artifact returns the address of a file: relative to the root of the
// repository and percent-encoded.
func (s *sarif) artifact(f *source.File) sarifArtifact {
	return sarifArtifact{escapePath(s.o.repositoryPath(f))}
}

// escapePath returns a slash-separated path as a relative URL.
func escapePath(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	// A colon in the first segment would make it a scheme.
	segments[0] = strings.ReplaceAll(segments[0], ":", "%3A")
	return strings.Join(segments, "/")
}

func (s *sarif) region(l source.Location, snippet bool) sarifRegion {
	l.Range.End = max(l.Range.Start, l.Range.End)
	start, end := l.Start(), l.End()
	r := sarifRegion{StartLine: start.Line, StartColumn: start.Column, EndLine: end.Line, EndColumn: end.Column}
	if size := l.Range.End - l.Range.Start; !snippet || size == 0 || size > snippetLimit || s.secrets.touch(l) {
		return r
	}
	if text := l.File.Text(l.Range); text != "" && utf8.ValidString(text) {
		r.Snippet = &sarifMessage{text}
	}
	return r
}

// codeFlows returns the way of a value, ending at the finding's place.
func (s *sarif) codeFlows(f *finding.Finding) []sarifCodeFlow {
	var steps []sarifStep
	add := func(l source.Location, message string) {
		if l.File == nil {
			return
		}
		step := sarifStep{s.location(l)}
		step.Location.Message = &sarifMessage{message}
		steps = append(steps, step)
	}
	for _, t := range f.Trace {
		add(t.Location, t.Message)
	}
	if len(steps) == 0 {
		return nil
	}
	if f.Trace[len(f.Trace)-1].Location != f.Location {
		add(f.Location, f.Message)
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
}

// fixes returns a fix with its edits gathered by file, in their order.
func (s *sarif) fixes(fix *finding.Fix) []sarifFix {
	if fix == nil {
		return nil
	}
	out := sarifFix{Description: sarifMessage{sentence(fix.Description)}}
	byFile := map[*source.File]int{}
	for _, e := range fix.Edits {
		at, ok := byFile[e.Location.File]
		if !ok {
			at = len(out.Changes)
			byFile[e.Location.File] = at
			out.Changes = append(out.Changes, sarifChange{Artifact: s.artifact(e.Location.File)})
		}
		replacement := sarifReplacement{Deleted: s.region(e.Location, false)}
		if e.NewText != "" {
			replacement.Inserted = &sarifMessage{e.NewText}
		}
		out.Changes[at].Replacements = append(out.Changes[at].Replacements, replacement)
	}
	if len(out.Changes) == 0 {
		return nil
	}
	return []sarifFix{out}
}

func (s *sarif) suppression(by *finding.Suppression) sarifSuppression {
	out := sarifSuppression{Kind: "external", Status: "accepted", Justification: by.Reason}
	if by.Kind == finding.ByDirective {
		out.Kind = "inSource"
	}
	if by.Location.File != nil {
		l := s.location(by.Location)
		out.Location = &l
	}
	return out
}
