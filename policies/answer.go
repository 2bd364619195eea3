package policies

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// A reader turns the sets that one policy yielded for one document into
// findings and verdicts.
type reader struct {
	document *document.Document
	group    *document.Group
	policy   *policy
	subjects []*subject
	Result
}

// read takes the answer of one policy out of the answers of a query.
func (s *session) read(d *document.Document, p *policy, answers ast.Object) Result {
	r := reader{document: d, group: s.group, policy: p}
	term := answers.Get(ast.StringTerm(p.rule.ID))
	if term == nil {
		return r.Result
	}
	answer, ok := term.Value.(ast.Object)
	if !ok {
		return r.Result
	}
	r.examine(answer)
	for _, item := range r.set(answer, "deny") {
		if err := r.deny(item); err != nil {
			r.malformed("deny", err)
		}
	}
	for _, item := range r.set(answer, "undetermined") {
		if err := r.undetermined(item); err != nil {
			r.malformed("undetermined", err)
		}
	}
	r.judge()
	slices.SortFunc(r.Findings, func(a, b finding.Finding) int { return a.Compare(&b) })
	slices.SortFunc(r.Verdicts, func(a, b finding.Verdict) int { return a.Compare(&b) })
	return r.Result
}

// A subject is a part of the document that the policy examined.
type subject struct {
	path    document.Path
	outcome finding.Outcome
	reason  string
}

// set returns the members of an entry point's set in order.
func (r *reader) set(answer ast.Object, name string) []*ast.Term {
	term := answer.Get(ast.StringTerm(name))
	if term == nil {
		return nil
	}
	set, ok := term.Value.(ast.Set)
	if !ok {
		r.malformed(name, errors.New("it is no set (write: "+name+" contains … if …)"))
		return nil
	}
	return set.Slice()
}

func (r *reader) malformed(entryPoint string, err error) {
	r.Notices = append(r.Notices, headNotice(r.document, fmt.Sprintf("rule %s: malformed %s: %v", r.policy.rule.ID, entryPoint, err)))
}

// examine lists the subjects. Each passes until something is said against it.
func (r *reader) examine(answer ast.Object) {
	for _, item := range r.set(answer, "subject") {
		path, err := pathOf(item)
		if err != nil {
			r.malformed("subject", err)
			continue
		}
		r.subjects = append(r.subjects, &subject{path: path, outcome: finding.Pass})
	}
}

// A denial is the decoded form of a member of deny or undetermined.
type denial struct {
	message  string
	path     document.Path
	severity rule.Severity // Off if it is not given
	offset   *source.Range
	key      string
	subject  document.Path // nil if it is not given
	related  []related
}

type related struct {
	ref     string
	path    document.Path
	message string
}

func (r *reader) deny(item *ast.Term) error {
	d, err := denialOf(item)
	if err != nil {
		return err
	}
	f := finding.Finding{
		Rule:     r.policy.rule.ID,
		Severity: r.policy.rule.Severity,
		Message:  d.message,
		Location: r.document.At(d.path),
		Subject:  r.document.Name,
		Key:      cmp.Or(d.key, d.path.String()),
	}
	if d.severity != rule.Off {
		f.Severity = min(f.Severity, d.severity)
	}
	if d.offset != nil {
		f.Location = r.within(d.path, *d.offset, f.Location)
	}
	for _, other := range d.related {
		target := r.group.Refs[other.ref]
		if target == nil {
			r.malformed("deny", fmt.Errorf("related ref %q names no document", other.ref))
			continue
		}
		f.Related = append(f.Related, finding.Related{Location: target.At(other.path), Message: other.message})
	}
	r.Findings = append(r.Findings, f)
	r.mark(d, finding.Fail)
	return nil
}

func (r *reader) undetermined(item *ast.Term) error {
	d, err := denialOf(item)
	if err != nil {
		return err
	}
	r.mark(d, finding.Undetermined)
	return nil
}

// mark records an outcome for the subject that a denial belongs to: the one it
// names, else the innermost that its path lies in, else the document. The worst
// that is said of a subject counts.
func (r *reader) mark(d denial, outcome finding.Outcome) {
	path := d.path
	if d.subject != nil {
		path = d.subject
	}
	var owner *subject
	for _, s := range r.subjects {
		if hasPrefix(path, s.path) && (owner == nil || len(s.path) > len(owner.path)) {
			owner = s
		}
	}
	if owner == nil {
		owner = &subject{path: d.subject, outcome: finding.Pass}
		r.subjects = append(r.subjects, owner)
	}
	switch {
	case outcome == finding.Fail:
		owner.outcome, owner.reason = outcome, ""
	case owner.outcome == finding.Pass:
		owner.outcome, owner.reason = outcome, d.message
	}
}

// judge turns the subjects into verdicts.
func (r *reader) judge() {
	for _, s := range r.subjects {
		r.Verdicts = append(r.Verdicts, finding.Verdict{
			Rule:     r.policy.rule.ID,
			Subject:  r.document.Name,
			Location: r.document.At(s.path),
			Outcome:  s.outcome,
			Reason:   s.reason,
		})
	}
}

func hasPrefix(path, prefix document.Path) bool {
	return len(path) >= len(prefix) && slices.Equal(path[:len(prefix)], prefix)
}

func pathOf(term *ast.Term) (document.Path, error) {
	array, ok := term.Value.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("path is no array: %v", term)
	}
	path := make(document.Path, 0, array.Len())
	for i := range array.Len() {
		switch step := array.Elem(i).Value.(type) {
		case ast.String:
			path = append(path, string(step))
		case ast.Number:
			index, ok := step.Int()
			if !ok || index < 0 {
				return nil, fmt.Errorf("path holds %v, which is no index", step)
			}
			path = append(path, strconv.Itoa(index))
		default:
			return nil, fmt.Errorf("path holds %v, which is neither key nor index", step)
		}
	}
	return path, nil
}

// denialOf decodes a member of deny or undetermined.
func denialOf(item *ast.Term) (denial, error) {
	var d denial
	object, ok := item.Value.(ast.Object)
	if !ok {
		return d, fmt.Errorf("%v is no object", item)
	}
	hasPath := false
	err := object.Iter(func(key, value *ast.Term) error {
		name, _ := key.Value.(ast.String)
		hasPath = hasPath || name == "path"
		if err := d.set(string(name), value); err != nil {
			return fmt.Errorf("%s: %w", string(name), err)
		}
		return nil
	})
	switch {
	case err != nil:
		return d, err
	case strings.TrimSpace(d.message) == "":
		return d, fmt.Errorf("it has no msg: %v", item)
	case !hasPath:
		return d, fmt.Errorf("it has no path: %v", item)
	}
	return d, nil
}

func (d *denial) set(name string, value *ast.Term) (err error) {
	switch name {
	case "msg":
		d.message, err = stringOf(value)
		d.message = oneLine(d.message)
	case "path":
		d.path, err = pathOf(value)
	case "subject":
		d.subject, err = pathOf(value)
	case "key":
		d.key, err = stringOf(value)
	case "severity":
		var text string
		if text, err = stringOf(value); err == nil {
			d.severity, err = rule.ParseSeverity(text)
		}
	case "offset":
		d.offset, err = offsetOf(value)
	case "related":
		d.related, err = relatedOf(value)
	default:
		err = fmt.Errorf("unknown key%s", rule.Suggest(name, []string{"msg", "path", "subject", "key", "severity", "offset", "related"}))
	}
	return err
}

func stringOf(term *ast.Term) (string, error) {
	text, ok := term.Value.(ast.String)
	if !ok {
		return "", fmt.Errorf("%v is no string", term)
	}
	return string(text), nil
}

func offsetOf(term *ast.Term) (*source.Range, error) {
	if array, ok := term.Value.(*ast.Array); ok && array.Len() == 2 {
		from, ok1 := array.Elem(0).Value.(ast.Number)
		to, ok2 := array.Elem(1).Value.(ast.Number)
		if ok1 && ok2 {
			start, ok1 := from.Int()
			end, ok2 := to.Int()
			if ok1 && ok2 && 0 <= start && start <= end {
				return &source.Range{Start: start, End: end}, nil
			}
		}
	}
	return nil, fmt.Errorf("%v is no pair of bytes", term)
}

func relatedOf(term *ast.Term) ([]related, error) {
	array, ok := term.Value.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("%v is no array", term)
	}
	list := make([]related, 0, array.Len())
	for i := range array.Len() {
		object, ok := array.Elem(i).Value.(ast.Object)
		if !ok {
			return nil, fmt.Errorf("%v is no object", array.Elem(i))
		}
		var item related
		err := object.Iter(func(key, value *ast.Term) (err error) {
			switch name, _ := key.Value.(ast.String); name {
			case "ref":
				item.ref, err = stringOf(value)
			case "path":
				item.path, err = pathOf(value)
			case "msg":
				item.message, err = stringOf(value)
			default:
				err = fmt.Errorf("unknown key %v", key)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}
