// Package config reads the environment.
package config

import (
	"os"
	"strconv"
	"time"
)

// Get returns a variable or what stands in for it.
func Get(name, fallback string) string {
	if v, ok := os.LookupEnv(name); ok {
		return v
	}
	return fallback
}

func Int(name string, fallback int) int {
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		return fallback
	}
	return n
}

func Duration(name string, fallback time.Duration) time.Duration {
	d, err := time.ParseDuration(Get(name, ""))
	if err != nil {
		return fallback
	}
	return d
}

func Must(name string) string {
	v := os.Getenv(name)
	if v == "" {
		panic(name + " is not set")
	}
	return v
}

// Prefixed reads a variable of the shop.
func Prefixed(name string) string { return Get("SHOP_"+name, "none") }
