package events

import (
	"log"
	"log/slog"
	"net/http"
	"os"
)

func refused(r *http.Request, attrs []any) {
	slog.Warn("login failed", "user", 1)                                                                           // want "security event lacks type, severity, source and details"
	slog.Info("access denied", "type", "access", "severity", "high", "source", r.RemoteAddr, "details", "no role") // want "security event is logged at info"
	slog.Warn("request", "event", "login failed", "ip", r.RemoteAddr, "reason", "password")                        // want "security event lacks severity"
	log.Print("brute force attack")                                                                                // want "security event lacks type, severity, source and details"
	slog.Warn("access denied", "event", "access", "level", "high", "remote_addr", r.RemoteAddr, "reason", "no role")
	slog.Warn("token rejected", attrs...)
	slog.Info("login succeeded", "user", 1)
	slog.Info("page not found", "path", r.URL.Path)
	slog.Info("forbiddenness is no word of ours")
}

func derived(r *http.Request) {
	logger := slog.With("type", "login", "severity", "high", "source", r.RemoteAddr)
	logger.Warn("login failed", "details", "wrong password")
	logger.Warn("login failed") // want "security event lacks details"
}

func read() {
	if _, err := os.ReadFile("page.html"); os.IsPermission(err) {
		slog.Warn("permission denied", "error", err)
	}
}
