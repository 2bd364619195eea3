// Package config reads what differs between environments.
package config

import (
	"errors"
	"log/slog"
	"os"
)

// A Secret is a value that no log may show.
type Secret string

// LogValue implements slog.LogValuer.
func (Secret) LogValue() slog.Value { return slog.StringValue("•••") }

// Settings are read once, at the start.
type Settings struct {
	Address          string
	DatabaseHost     string
	DatabasePassword Secret
}

// LogValue shows what helps to find a mistake, and nothing that opens a door.
func (s Settings) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("address", s.Address),
		slog.String("database_host", s.DatabaseHost),
	)
}

// FromEnvironment reads the settings and says what is missing.
func FromEnvironment() (Settings, error) {
	s := Settings{
		Address:          ":8080",
		DatabaseHost:     os.Getenv("DATABASE_HOST"),
		DatabasePassword: Secret(os.Getenv("DATABASE_PASSWORD")),
	}
	if s.DatabaseHost == "" || s.DatabasePassword == "" {
		return s, errors.New("DATABASE_HOST and DATABASE_PASSWORD must be set")
	}
	return s, nil
}
