package policies

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/topdown"
)

// A guard watches the workers of an evaluation from a goroutine of its own and
// cancels queries that take too long or too much memory. One for all is cheaper
// than a timer for each of many thousand queries.
type guard struct {
	slots  []slot
	memory uint64
	done   chan struct{}
	ended  sync.WaitGroup
}

const (
	watchInterval = 5 * time.Millisecond
	// memoryLimit is how far the heap may grow while a group is judged. Real
	// repositories with thousands of documents need a tenth of it.
	memoryLimit = 1 << 30
)

// A slot holds the query that a worker is at.
type slot struct {
	ctx   context.Context
	limit time.Duration

	mu       sync.Mutex
	running  topdown.Cancel // nil between queries
	deadline time.Time
	reason   *stoppedError
}

// A stoppedError says why a query was cancelled.
type stoppedError struct{ reason string }

func (e *stoppedError) Error() string { return e.reason }

func newGuard(ctx context.Context, workers int, limit time.Duration, memory uint64) *guard {
	g := &guard{slots: make([]slot, workers), memory: memory, done: make(chan struct{})}
	for i := range g.slots {
		g.slots[i].ctx, g.slots[i].limit = ctx, limit
	}
	if workers > 0 {
		g.ended.Go(func() { g.watch(ctx) })
	}
	return g
}

func (g *guard) slot(worker int) *slot { return &g.slots[worker] }

func (g *guard) stop() {
	close(g.done)
	g.ended.Wait()
}

func (g *guard) watch(ctx context.Context) {
	ticker := time.NewTicker(watchInterval)
	defer ticker.Stop()
	allowed := heapBytes() + g.memory
	for {
		select {
		case <-g.done:
			return
		case now := <-ticker.C:
			if err := ctx.Err(); err != nil {
				g.cancel(&stoppedError{err.Error()}, func(*slot) bool { return true })
				continue
			}
			g.cancel(nil, func(s *slot) bool { return now.After(s.deadline) })
			if heapBytes() < allowed {
				continue
			}
			// Much of it may be garbage that the collector has not yet seen.
			if runtime.GC(); heapBytes() >= allowed {
				g.cancel(&stoppedError{fmt.Sprintf("it took more than %d MiB of memory", g.memory>>20)}, func(*slot) bool { return true })
			}
		}
	}
}

// cancel stops the queries that match. Without a reason it is their time limit.
func (g *guard) cancel(reason *stoppedError, match func(*slot) bool) {
	for i := range g.slots {
		s := &g.slots[i]
		s.mu.Lock()
		if s.running != nil && match(s) {
			s.running.Cancel()
			if s.reason == nil {
				s.reason = reason
			}
			if s.reason == nil {
				s.reason = &stoppedError{fmt.Sprintf("it took longer than %v", s.limit)}
			}
		}
		s.mu.Unlock()
	}
}

// begin registers a query and returns what cancels it.
func (s *slot) begin() topdown.Cancel {
	cancel := topdown.NewCancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running, s.deadline, s.reason = cancel, time.Now().Add(s.limit), nil
	return cancel
}

func (s *slot) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = nil
}

// cause returns why the last query was cancelled.
func (s *slot) cause() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reason == nil {
		return &stoppedError{"it was cancelled"}
	}
	return s.reason
}

// heapBytes returns the size of the heap's objects, dead ones included that
// were not yet collected.
func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
