package main

import "bad/chain/jobs"

func main() { run() }

func run() { jobs.Start() }
