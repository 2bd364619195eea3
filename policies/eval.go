package policies

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// Options says what an [Evaluator] judges by. The zero value means the embedded
// rules that are not opt-in, with their defaults.
type Options struct {
	// Dirs are directories of the user's own policies.
	Dirs []string
	// Enabled picks the rules; nil for all that are not opt-in.
	Enabled func(*rule.Rule) bool
	// Parameters returns all parameters of a rule in their Go form; nil for
	// the defaults.
	Parameters func(*rule.Rule) map[string]any
	// Timeout is for one document; 0 for 5 seconds. Half of it goes to asking
	// all policies together, half to each alone if that did not end.
	Timeout time.Duration
}

const defaultTimeout = 5 * time.Second

// A Result is what the policies conclude about a group, in the order of its
// documents.
type Result struct {
	Findings []finding.Finding
	Verdicts []finding.Verdict
	Notices  []finding.Notice
}

// An Evaluator judges documents. It is safe for concurrent use.
type Evaluator struct {
	timeout   time.Duration
	memory    uint64         // how far the heap may grow while a group is judged
	data      map[string]any // what every group sees
	families  map[string]*family
	converter *converter

	mu      sync.Mutex
	stopped map[*policy]bool // those that judge nothing further
}

// A family is the enabled policies for the documents of one family, compiled
// when the first of them turns up.
type family struct {
	policies  []*policy
	libraries map[string]*module

	once    sync.Once
	program *program
	err     error
}

// New returns an Evaluator. It reports what is wrong with the user's policies;
// the embedded ones are compiled when they are needed.
func New(o Options) (*Evaluator, error) {
	all, err := collect(o.Dirs)
	if err != nil {
		return nil, err
	}
	if err := all.checkCustom(); err != nil {
		return nil, err
	}
	return newEvaluator(all, o), nil
}

func newEvaluator(all *collection, o Options) *Evaluator {
	e := &Evaluator{
		timeout:   o.Timeout,
		memory:    memoryLimit,
		families:  map[string]*family{},
		converter: &converter{young: map[any]conversion{}},
		stopped:   map[*policy]bool{},
	}
	if e.timeout <= 0 {
		e.timeout = defaultTimeout
	}
	config := map[string]any{}
	for _, p := range all.policies {
		configure(config, p.rule, o.Parameters)
		if o.Enabled == nil && p.rule.OptIn || o.Enabled != nil && !o.Enabled(p.rule) {
			continue
		}
		f := e.families[p.family]
		if f == nil {
			f = &family{libraries: all.libraries}
			e.families[p.family] = f
		}
		f.policies = append(f.policies, p)
	}
	numbers := map[string]any{}
	for name, n := range standard {
		numbers[name] = n.value
	}
	e.data = map[string]any{"config": config, "standard": numbers}
	return e
}

// configure enters the parameters of a rule under config.<family>.<stem>.
func configure(config map[string]any, r *rule.Rule, parameters func(*rule.Rule) map[string]any) {
	values := map[string]any{}
	if parameters != nil {
		values = parameters(r)
	} else {
		for _, p := range r.Parameters {
			values[p.Name] = p.Default
		}
	}
	space := packageName(r.Family())
	if config[space] == nil {
		config[space] = map[string]any{}
	}
	config[space].(map[string]any)[r.Stem()] = values
}

// compiled returns the program for a family of documents, nil if no policy is
// for it.
func (e *Evaluator) compiled(name string) (*program, error) {
	f := e.families[name]
	if f == nil {
		return nil, nil
	}
	f.once.Do(func() { f.program, f.err = compile(f.policies, f.libraries) })
	return f.program, f.err
}

// Prepare starts to compile the policies for a family in the background, to be
// done when [Evaluator.Eval] needs them. A run calls it as soon as it knows of
// a file of the family.
func (e *Evaluator) Prepare(family string) { go e.compiled(family) }

// Eval judges the documents of a group, several at a time: jobs, or 0 for one a
// processor. When ctx ends, what is left is not judged and a notice says so.
func (e *Evaluator) Eval(ctx context.Context, g *document.Group, jobs int) Result {
	s, trouble := e.session(ctx, g)
	defer s.close()
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	jobs = min(jobs, len(s.tasks))
	var next atomic.Int64
	var workers sync.WaitGroup
	guard := newGuard(ctx, jobs, e.timeout/2, e.memory)
	for i := range jobs {
		workers.Go(func() {
			w := worker{session: s, slot: guard.slot(i)}
			for index := int(next.Add(1)) - 1; index < len(s.tasks) && ctx.Err() == nil; index = int(next.Add(1)) - 1 {
				w.judge(index)
			}
		})
	}
	workers.Wait()
	guard.stop()
	result := s.gather()
	result.Notices = append(trouble, result.Notices...)
	if err := ctx.Err(); err != nil {
		result.Notices = append(result.Notices, finding.Notice{Message: "policies were interrupted: " + err.Error(), Incomplete: true})
	}
	return result
}

// A session is one evaluation of a group.
type session struct {
	evaluator *Evaluator
	group     *document.Group
	store     storage.Store
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
	policies []*policy
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
	var notices []finding.Notice
	failed := map[string]bool{}
	reads := map[string]bool{}
	everything := false
	for _, d := range g.Documents {
		p, err := e.compiled(d.Family)
		if err != nil && !failed[d.Family] {
			failed[d.Family] = true
			notices = append(notices, headNotice(d, "compile policies of family "+d.Family+": "+err.Error()))
		}
		if p == nil {
			continue
		}
		policies := e.running(p.dispatch(d.Kind))
		if len(policies) == 0 {
			continue
		}
		everything = everything || p.reads == nil
		for key := range p.reads {
			reads[key] = true
		}
		s.tasks = append(s.tasks, task{document: d, program: p, policies: policies})
	}
	data := ast.NewObject()
	for _, values := range []map[string]any{e.data, g.Data} {
		for key, value := range values {
			if !everything && !reads[key] {
				continue
			}
			term, err := e.converter.shared(value)
			if err != nil {
				notices = append(notices, finding.Notice{Message: err.Error(), Incomplete: true})
				continue
			}
			data.Insert(ast.StringTerm(key), term)
		}
	}
	s.store = inmem.NewFromASTObject(data)
	s.txn = storage.NewTransactionOrDie(ctx, s.store) // reading a store in memory cannot fail
	return s, notices
}

func (s *session) close() {
	s.store.Abort(context.Background(), s.txn)
	s.evaluator.converter.rotate()
}

// running leaves out the policies that were stopped earlier.
func (e *Evaluator) running(policies []*policy) []*policy {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.stopped) == 0 {
		return policies
	}
	return slices.DeleteFunc(slices.Clone(policies), func(p *policy) bool { return e.stopped[p] })
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

// asked returns the policies to ask about a task.
func (s *session) asked(index int) []*policy {
	s.mu.Lock()
	defer s.mu.Unlock()
	policies := s.tasks[index].policies
	if len(s.cut) == 0 {
		return policies
	}
	return slices.DeleteFunc(slices.Clone(policies), func(p *policy) bool {
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
	policies := w.asked(index)
	if len(policies) == 0 {
		return
	}
	input := w.evaluator.converter.node(t.document.Root)
	w.exclusive.RLock()
	answers, err := w.ask(t, policies, input)
	w.exclusive.RUnlock()
	if err == nil {
		for _, p := range policies {
			t.outcomes = append(t.outcomes, outcome{p, w.read(t.document, p, answers)})
		}
		return
	}
	w.exclusive.Lock()
	defer w.exclusive.Unlock()
	for _, p := range w.asked(index) {
		answers, err := w.ask(t, []*policy{p}, input)
		if w.slot.ctx.Err() != nil {
			return
		}
		o := outcome{policy: p}
		var stopped *stoppedError
		switch {
		case errors.As(err, &stopped):
			w.stop(p, index)
			o.Notices = append(o.Notices, headNotice(t.document, fmt.Sprintf("rule %s was stopped: %v; it judges nothing from here on", p.rule.ID, stopped)))
		case err != nil:
			o.Notices = append(o.Notices, headNotice(t.document, fmt.Sprintf("rule %s cannot judge %s: %s", p.rule.ID, t.document.Name, evalMessage(err))))
		default:
			o.Result = w.read(t.document, p, answers)
		}
		t.outcomes = append(t.outcomes, o)
	}
}

// ask runs the query of some policies on one document.
func (w *worker) ask(t *task, policies []*policy, input *ast.Term) (ast.Object, error) {
	q := t.program.query(policies)
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
		return fmt.Sprintf("%s:%d: %s", e.Location.File, e.Location.Row, oneLine(e.Message))
	}
	return oneLine(err.Error())
}

// headNotice is a notice about a whole document.
func headNotice(d *document.Document, message string) finding.Notice {
	return finding.Notice{Location: d.At(nil), Message: message, Incomplete: true}
}
