// Package logging wraps the logger of the shop.
package logging

import (
	"fmt"
	"log"
	"log/slog"
)

func Printf(format string, args ...any) { log.Printf(format, args...) }

func Event(name string, kv ...any) { slog.Info(name, kv...) }

func Fields(fields map[string]any) { slog.Info("fields", "all", fields) }

func Count(s string) { log.Print(len(s)) }

func Async(s string) {
	go func() { log.Print("async ", s) }()
}

func Deferred(s string) {
	defer log.Print(s)
}

func Log[T any](v T) { log.Print(v) }

// A Logger is what the shop logs through.
type Logger interface {
	Infof(format string, args ...any)
	Remember(s string)
}

type Std struct{ prefix string }

func (s *Std) Infof(format string, args ...any) { log.Print(s.prefix + fmt.Sprintf(format, args...)) }
func (s *Std) Remember(string)                  {}

type Nop struct{}

func (Nop) Infof(string, ...any) {}
func (Nop) Remember(string)      {}

// A Sink may keep what it gets, or log it.
type Sink interface{ Put(s string) }

type Kept struct{ all []string }

func (k *Kept) Put(s string) { k.all = append(k.all, s) }

type Told struct{}

func (Told) Put(s string) { log.Print(s) }
