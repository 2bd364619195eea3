package wrapper

import (
	"crypto/sha256"
	"fmt"
	"log"

	"go.uber.org/zap"
)

type logger struct{ z *zap.Logger }

func (l *logger) Infof(format string, args ...any) { l.z.Info(fmt.Sprintf(format, args...)) }

func (l *logger) event(msg string, kv ...any) { l.z.Sugar().Infow(msg, kv...) }

func debugf(format string, args ...any) { log.Printf(format, args...) }

func outer(format string, args ...any) { debugf("outer "+format, args...) }

func process(id string) { log.Print("processing " + id) }

func count(id string) { log.Print(len(id)) }

// Info is no logger in spite of its name.
func (s *store) Info(text string) { s.text = text }

type store struct{ text string }

type settings struct{ Password string }

func use(l *logger, s *store, password string, cfg settings) {
	l.Infof("login with %s", password)     // want `password is logged`
	l.Infof("settings %+v", cfg)           // want `cfg.Password reaches Infof, which logs it as text`
	l.event("login", "password", password) // want `password is logged`
	debugf("%s", password)                 // want `password is logged`
	outer("%s", password)                  // want `password is logged`
	process(password)                      // want `password is logged`
	l.Infof("login with %d", len(password))
	l.Infof("login %T", cfg)
	count(password)
	s.Info(password)
}

func redact(s string) string { return s }

func mask(s string) string {
	if s == "" {
		return s
	}
	return "***"
}

func short(s string) string {
	if len(s) < 8 {
		return "***"
	}
	return s[:2] + "***"
}

func fingerprint(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

func stars(string) string { return "***" }

func password() string { return "fixed" }

func token() (string, error) { return fetch() }

func fetch() (string, error) { return "", nil }

func results(secret string) {
	log.Print(redact(secret)) // want `secret is logged`
	log.Print(mask(secret))   // want `secret is logged`
	log.Print(short(secret))
	log.Print(fingerprint(secret))
	log.Print(stars(secret))
	log.Print(password())
}

type hook struct{ ShowPasswords, Verbose bool }

func (h *hook) fields(password string) []any {
	list := []any{"user", "joe"}
	if h.ShowPasswords {
		list = append(list, password)
		log.Print(password)
	}
	if h.Verbose {
		log.Print(password) // want `password is logged`
	}
	return list
}

func even(n int, secret string) string {
	if n == 0 {
		return "done"
	}
	return odd(n-1, secret)
}

func odd(n int, secret string) string {
	if n == 1 {
		return secret
	}
	return even(n-1, secret)
}

func mutual(secret string) {
	log.Print(odd(3, secret)) // want `secret is logged`
}

type options struct{ Host, Password string }

// start knows the type of what it logs: it is told once, here.
func start(s options) { log.Printf("starting with %+v", s) } // want `s.Password reaches log.Printf as text`

func startAll(s options) {
	start(s)
	start(options{Host: "a"})
}
