package policies

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

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
	memory    uint64         // how far the heap may grow during one query
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
		f := e.families[p.rule.Documents]
		if f == nil {
			f = &family{libraries: all.libraries}
			e.families[p.rule.Documents] = f
		}
		f.policies = append(f.policies, p)
	}
	e.data = map[string]any{"config": config, "standard": standardData()}
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
	result.Notices = slices.Concat(trouble, s.store.trouble(), result.Notices)
	if err := ctx.Err(); err != nil {
		result.Notices = append(result.Notices, finding.Notice{Message: "policies were interrupted: " + err.Error(), Incomplete: true})
	}
	return result
}
