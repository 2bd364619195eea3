package secretinlog

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer,
		"standard", "structured", "whole", "cleared", "wrapper", "service", "command", "klogs", "discard", "lexer", "settings", "shop/app")
}
