// Package viper stands in for the real one.
package viper

func GetString(key string) string { return "" }
func GetInt(key string) int       { return 0 }
