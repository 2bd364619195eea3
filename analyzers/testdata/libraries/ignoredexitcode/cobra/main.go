// Package main is a tool whose commands lie in a package of their own.
package main

import "example.org/libraries/ignoredexitcode/cobra/cmd"

func main() { cmd.Execute() }
