package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var consoleBlock = regexp.MustCompile("(?s)```console\n\\$ go run ./cmd/opslint ([^\n]*)\n(.*?)```")

// TestReadmeShowsRealOutput runs the commands whose output README.md shows.
func TestReadmeShowsRealOutput(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := 0
	real := consoleBlock.ReplaceAllStringFunc(string(readme), func(block string) string {
		blocks++
		command := consoleBlock.FindStringSubmatch(block)[1]
		var stdout, stderr bytes.Buffer
		run(t.Context(), append(strings.Fields(command), "--color", "never"), strings.NewReader(""), &stdout, &stderr)
		return "```console\n$ go run ./cmd/opslint " + command + "\n" + stdout.String() + stderr.String() + "```"
	})
	if blocks == 0 {
		t.Fatal("README.md shows no output")
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(real), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(real, string(readme)); diff != "" {
		t.Errorf("README.md is out of date; run go test ./cmd/opslint -run TestReadme -update\n%s", diff)
	}
}
