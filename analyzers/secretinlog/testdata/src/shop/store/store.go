// Package store keeps orders.
package store

import (
	"errors"
	"fmt"
	"os"
)

type Config struct {
	Address  string
	Password string
}

func Default() *Config { return &Config{Address: ":5432"} }

func Load() *Config { return &Config{Address: ":5432", Password: os.Getenv("STORE_PASSWORD")} }

func (c *Config) Clear() { c.Password = "" }

func (c *Config) Fill(password string) { c.Password = password }

func (c Config) Safe() Config {
	c.Password = "***"
	return c
}

// Relay returns what nobody would take for a secret by its name.
func Relay() string { return os.Getenv("RELAY_TOKEN") }

func Port() string { return os.Getenv("PORT") }

func Dial(target string) error {
	if target == "" {
		return errors.New("no target")
	}
	return fmt.Errorf("dial %s: refused", target)
}

func Check(target string) error {
	if target == "" {
		return errors.New("no target")
	}
	return nil
}

type Connection struct {
	Target string
	Name   string
}

func Connect(name string) *Connection {
	return &Connection{Target: "postgres://store:" + os.Getenv("STORE_PASSWORD") + "@db", Name: name}
}

type Builder struct{ parts []string }

func (b *Builder) Add(s string)   { b.parts = append(b.parts, s) }
func (b *Builder) First() string  { return b.parts[0] }
func Into(dst *string, s string)  { *dst = s }
func Empty(dst *string, s string) { *dst = "" }

// Even and Odd call each other; what comes out is always the same parameter.
func Even(n int, a, b string) string {
	if n == 0 {
		return a
	}
	return Odd(n-1, b, a)
}

func Odd(n int, a, b string) string { return Even(n-1, b, a) }

// Swap returns one or the other.
func Swap(n int, a, b string) string {
	if n == 0 {
		return a
	}
	return Swap(n-1, b, a)
}
