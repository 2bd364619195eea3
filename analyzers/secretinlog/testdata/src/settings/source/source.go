// Package source makes configurations for others.
package source

import "os"

type Mail struct {
	Host string
	Pass string `env:"SMTP_PASSWORD"`
}

type Config struct {
	Address string
	Mail    Mail
}

func Load() Config {
	var c Config
	c.Mail.Pass = os.Getenv("SMTP_PASSWORD")
	return c
}

func New() *Config { return &Config{} }
