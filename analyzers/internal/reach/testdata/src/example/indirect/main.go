package main

import "example/indirect/server"

type runner interface{ Run() error }

func main() { run(&server.Server{}) }

func run(r runner) { r.Run() }
