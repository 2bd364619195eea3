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
	// memoryLimit is how far the heap may grow during one query. Usual ones need
	// some kilobytes; the rest is for what else the process does meanwhile.
	memoryLimit = 1 << 30
)

// A slot holds the query that a worker is at.
type slot struct {
	ctx   context.Context
	limit time.Duration

	mu       sync.Mutex
	running  topdown.Cancel // nil between queries
	deadline time.Time
	baseline uint64 // of the heap when the guard first saw the query, else 0
	reason   string // why the query was cancelled
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
	for {
		select {
		case <-g.done:
			return
		case now := <-ticker.C:
			if err := ctx.Err(); err != nil {
				g.cancel(func(*slot) string { return err.Error() })
				continue
			}
			g.cancel(func(s *slot) string {
				if now.After(s.deadline) {
					return fmt.Sprintf("it took longer than %v", s.limit)
				}
				return ""
			})
			g.watchMemory()
		}
	}
}

// watchMemory cancels queries during which the heap grew too far.
func (g *guard) watchMemory() {
	heap, suspect := heapBytes(), false
	grown := func(s *slot) string {
		if s.baseline == 0 {
			s.baseline = heap
		}
		if heap < s.baseline+g.memory {
			return ""
		}
		suspect = true
		return fmt.Sprintf("it took more than %d MiB of memory", g.memory>>20)
	}
	for i := range g.slots {
		s := &g.slots[i]
		s.mu.Lock()
		if s.running != nil {
			grown(s)
		}
		s.mu.Unlock()
	}
	if suspect {
		runtime.GC() // much of it may be garbage that was not yet seen
		heap = heapBytes()
		g.cancel(grown)
	}
}

// cancel stops the queries that there is a reason for.
func (g *guard) cancel(reason func(*slot) string) {
	for i := range g.slots {
		s := &g.slots[i]
		s.mu.Lock()
		if s.running != nil && s.reason == "" {
			if s.reason = reason(s); s.reason != "" {
				s.running.Cancel()
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
	s.running, s.deadline, s.baseline, s.reason = cancel, time.Now().Add(s.limit), 0, ""
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
	return &stoppedError{s.reason}
}

// heapBytes returns the size of the heap's objects, dead ones included that
// were not yet collected.
func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
