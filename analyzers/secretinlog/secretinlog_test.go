package secretinlog

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer,
		"standard", "structured", "whole", "cleared", "wrapper", "service", "command", "klogs", "discard", "lexer", "settings", "shop/app")
}

func TestLogFunctionsOfTheUser(t *testing.T) {
	if err := Analyzer.Flags.Set("log_functions", "custom/audit.Record: M,K/V, custom/audit.(*Trail).Printf: F,V"); err != nil {
		t.Fatal(err)
	}
	defer Analyzer.Flags.Set("log_functions", "")
	analysistest.Run(t, analysistest.TestData(), Analyzer, "custom/app")
}

// A finding tells the way of the value, from where it comes in.
func TestWay(t *testing.T) {
	var way []string
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "shop/way") {
		for _, d := range result.Diagnostics {
			for _, place := range d.Related {
				way = append(way, place.Message)
			}
		}
	}
	want := []string{"the secret comes from here", "passes redact.Encode", "becomes part of a text"}
	if !slices.Equal(way, want) {
		t.Errorf("the way is %q, want %q", way, want)
	}
}
