package settings_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/settings"
)

func TestSettings(t *testing.T) {
	for _, test := range []struct {
		program string
		want    []string
	}{
		{"shop", []string{
			"variable API_TOKEN required main.go:27",
			"variable DB_PASSWORD required main.go:42",
			"variable LOG_LEVEL = info main.go:14",
			"variable METRICS_PORT = 9090 main.go:36",
			"variable QUEUE required main.go:31",
			"variable REGION = eu-west-1 main.go:23",
			"variable SENTRY_DSN main.go:44",
			"variable SHOP_TENANT = none main.go:43",
			"variable TIMEOUT = 5s main.go:41",
			"variable WORKERS = 4 main.go:40",
			"variable ZONE = a main.go:39",
			"flag address = :8080 main.go:17",
			"flag grace = 30s main.go:18",
			"flag verbose = false main.go:20",
			"some variable main.go:46",
		}},
		{"filled", []string{
			"variable DB_HOST required main.go:33",
			"variable DB_NAME main.go:33",
			"variable MAIL_AUTH_USER main.go:37",
			"variable MAIL_FROM = shop@example.org main.go:37",
			"variable MAIL_HOST required main.go:37",
			"variable MAIL_PORT = 25 main.go:37",
			"variable PORT = 8080 main.go:33",
			"variable TOKEN required main.go:33",
		}},
		{"viperish", []string{
			"variable API_TOKEN main.go:11",
			"variable TOKEN main.go:11",
			"some variable main.go:12",
		}},
		{"commands", []string{
			"variable CONFIG = config.yaml main.go:30",
			"variable JOBS = 2 main.go:22",
			"variable TOOL_JOBS = 2 main.go:22",
			"flag config = config.yaml main.go:30",
			"flag jobs = 2 main.go:22",
			"flag listen = :8080 main.go:16",
			"command check main.go:29",
			"command migrate main.go:24",
			"command serve main.go:15",
		}},
	} {
		results := analysistest.Run(t, analysistest.TestData(), settings.Analyzer, test.program)
		p := results[0].Result.(*settings.Program)
		var got []string
		for _, list := range [][]settings.Setting{p.Variables, p.Flags, p.Commands, p.Dynamic} {
			lines := make([]string, len(list))
			for i, s := range list {
				lines[i] = describe(s)
			}
			slices.Sort(lines)
			got = append(got, lines...)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.program, diff)
		}
	}
}

func describe(s settings.Setting) string {
	text := map[settings.Kind]string{settings.Variable: "variable ", settings.Flag: "flag ", settings.Command: "command ", settings.Dynamic: "some variable"}[s.Kind] + s.Name
	if s.HasDefault {
		text += " = " + s.Default
	}
	if s.Required {
		text += " required"
	}
	return fmt.Sprintf("%s %s:%d", text, s.Site.File, s.Site.Line)
}
