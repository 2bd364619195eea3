// Package redact has helpers that are judged by what they do.
package redact

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
)

func Mask(s string) string { return "***" }

func Short(s string) string {
	if len(s) < 8 {
		return "***"
	}
	return s[:2] + "***" + s[len(s)-2:]
}

func Redact(s string) string {
	if s == "" {
		return s
	}
	return s
}

func Encode(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func Digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func First[T any](list ...T) T { return list[0] }

type Hidden struct{ Password string }

func (Hidden) String() string       { return "hidden" }
func (Hidden) LogValue() slog.Value { return slog.StringValue("hidden") }

type Shown struct{ Password string }

func (s Shown) String() string { return fmt.Sprintf("shown %s", s.Password) }

type Logged struct{ Password string }

func (l Logged) LogValue() slog.Value { return slog.GroupValue(slog.String("pw", l.Password)) }
