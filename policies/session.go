package policies

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
)

// A session is one evaluation of a group.
type session struct {
	evaluator *Evaluator
	group     *document.Group
	store     *store
	txn       storage.Transaction
	tasks     []task

	// exclusive is held for writing while policies are asked one by one to
	// find out which of them is in trouble.
	exclusive sync.RWMutex

	mu  sync.Mutex
	cut map[*policy]int // index of the first task at which a policy was stopped
}

// A task is one document and what became of it.
type task struct {
	document *document.Document
	program  *program
	query    *query // for what there is to ask
	outcomes []outcome
}

// An outcome is what one policy said about one document.
type outcome struct {
	policy *policy
	Result
}

// session prepares the data and the list of documents that some policy is for.
func (e *Evaluator) session(ctx context.Context, g *document.Group) (*session, []finding.Notice) {
	s := &session{evaluator: e, group: g, cut: map[*policy]int{}}
	notices := s.plan()
	s.store = newStore(e.converter, e.data, g.Data)
	s.txn = storage.NewTransactionOrDie(ctx, s.store) // reading a store in memory cannot fail
	return s, notices
}

// plan makes the list of tasks.
func (s *session) plan() (notices []finding.Notice) {
	failed := map[string]bool{}
	for _, d := range s.group.Documents {
		p, err := s.evaluator.compiled(d.Family)
		if err != nil && !failed[d.Family] {
			failed[d.Family] = true
			notices = append(notices, headNotice(d, "compile policies of family "+d.Family+": "+err.Error()))
		}
		if p == nil {
			continue
		}
		if q := s.evaluator.running(p, p.dispatch(d.Kind)); len(q.policies) > 0 {
			s.tasks = append(s.tasks, task{document: d, program: p, query: q})
		}
	}
	return notices
}

func (s *session) close() {
	s.store.Abort(context.Background(), s.txn)
	s.evaluator.converter.rotate()
}

// running leaves out the policies that were stopped earlier.
func (e *Evaluator) running(p *program, q *query) *query {
	e.mu.Lock()
	defer e.mu.Unlock()
	return p.without(q, func(asked *policy) bool { return e.stopped[asked] })
}

// gather joins the outcomes in the order of the documents. Of a policy that was
// stopped, nothing behind that document counts, whatever the workers had
// finished by then: the result does not depend on their number.
func (s *session) gather() Result {
	var all Result
	for index := range s.tasks {
		for _, o := range s.tasks[index].outcomes {
			if cut, stopped := s.cut[o.policy]; stopped && index > cut {
				continue
			}
			all.Findings = append(all.Findings, o.Findings...)
			all.Verdicts = append(all.Verdicts, o.Verdicts...)
			all.Notices = append(all.Notices, o.Notices...)
		}
	}
	s.evaluator.mu.Lock()
	defer s.evaluator.mu.Unlock()
	for p := range s.cut {
		s.evaluator.stopped[p] = true
	}
	return all
}

// stop takes a policy out of the evaluation behind a task.
func (s *session) stop(p *policy, index int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cut, stopped := s.cut[p]; !stopped || index < cut {
		s.cut[p] = index
	}
}

// query returns what to ask about a task.
func (s *session) query(index int) *query {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.tasks[index]
	return t.program.without(t.query, func(p *policy) bool {
		cut, stopped := s.cut[p]
		return stopped && index > cut
	})
}

// A worker judges one document after another.
type worker struct {
	*session
	slot *slot
}

// judge asks all policies about a document at once. If that fails, it asks them
// one by one, so that one policy's trouble does not hide what the others say.
func (w *worker) judge(index int) {
	t := &w.tasks[index]
	q := w.query(index)
	input := w.evaluator.converter.input(t.document.Root)
	w.exclusive.RLock()
	answers, err := w.ask(t, q, input)
	w.exclusive.RUnlock()
	if err == nil {
		for _, p := range q.policies {
			t.outcomes = append(t.outcomes, outcome{p, w.read(t.document, p, answers)})
		}
		return
	}
	w.exclusive.Lock()
	defer w.exclusive.Unlock()
	for _, p := range w.query(index).policies {
		if w.slot.ctx.Err() != nil {
			return
		}
		answers, err := w.ask(t, t.program.query(p), input)
		t.outcomes = append(t.outcomes, w.alone(index, p, answers, err))
	}
}

// alone is the outcome of a policy that was asked by itself.
func (w *worker) alone(index int, p *policy, answers ast.Object, err error) outcome {
	d := w.tasks[index].document
	var stopped *stoppedError
	switch {
	case w.slot.ctx.Err() != nil: // which Eval reports
		return outcome{policy: p}
	case errors.As(err, &stopped):
		w.stop(p, index)
		return outcome{p, Result{Notices: []finding.Notice{headNotice(d, fmt.Sprintf(
			"rule %s was stopped at %s: %v; it judges nothing from here on", p.rule.ID, d.Name, stopped))}}}
	case err != nil:
		return outcome{p, Result{Notices: []finding.Notice{headNotice(d, fmt.Sprintf(
			"rule %s cannot judge %s: %s", p.rule.ID, d.Name, evalMessage(err)))}}}
	}
	return outcome{p, w.read(d, p, answers)}
}

// ask runs a query on one document.
func (w *worker) ask(t *task, q *query, input *ast.Term) (ast.Object, error) {
	cancel := w.slot.begin()
	defer w.slot.end()
	var answers ast.Object
	err := topdown.NewQuery(q.body).
		WithCompiler(t.program.compiler).
		WithStore(w.store).
		WithTransaction(w.txn).
		WithCancel(cancel).
		WithInput(input).
		Iter(w.slot.ctx, func(r topdown.QueryResult) error {
			answers, _ = r[resultVar].Value.(ast.Object)
			return nil
		})
	switch {
	case topdown.IsCancel(err):
		return nil, w.slot.cause()
	case err != nil:
		return nil, err
	case answers == nil:
		return nil, errors.New("an entry point is undefined: subject, deny and undetermined must be sets")
	}
	return answers, nil
}

func evalMessage(err error) string {
	var e *topdown.Error
	if errors.As(err, &e) && e.Location != nil {
		return fmt.Sprintf("%s:%d: %s", e.Location.File, e.Location.Row, unflatten(oneLine(e.Message)))
	}
	return unflatten(oneLine(err.Error()))
}

// headNotice is a notice about a whole document.
func headNotice(d *document.Document, message string) finding.Notice {
	return finding.Notice{Location: d.At(nil), Message: message, Incomplete: true}
}
