package main

import "module/internal/commands"

func main() { commands.Root().Execute() }
