package dockerfile

import (
	"strings"
	"testing"
	"time"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// TestHostileFilesAreBounded: files as large as the limit allows, made to be
// slow or deep, are read in bounded time or refused with a notice.
func TestHostileFilesAreBounded(t *testing.T) {
	full := func(head, body string) string {
		return head + strings.Repeat(body, (Limit-len(head))/len(body))
	}
	tree, err := source.OpenTree(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for name, content := range map[string]string{
		"variables":      full("FROM a\n", "ENV A=$A\n"),
		"names":          full("FROM a\nENV", " A=1"),
		"continuations":  full("FROM a\nRUN b", "\\\n c"),
		"stages":         full("", "FROM a AS b\n"),
		"chain":          full("", "FROM b AS b\n"),
		"onbuild":        full("FROM a\n", "ONBUILD "),
		"onbuild flags":  full("FROM a\nONBUILD", " --a ONBUILD"),
		"substitutions":  full("FROM a\nRUN << ", "${A:-"),
		"label nesting":  full("FROM a\nLABEL A=", "${A:-"),
		"json nesting":   full("FROM a\nCMD ", "["),
		"groups":         full("FROM a\nCMD ", "("),
		"conditions":     full("FROM a\nCMD ", "if "),
		"and":            full("FROM a\nCMD a", "&&a"),
		"pipes":          full("FROM a\nCMD a", "|a"),
		"command subst":  full("FROM a\nCMD a", "$("),
		"copies":         full("FROM a\n", "COPY . .\n") + "\nCMD [\"./run.sh\"]",
		"heredocs":       full("FROM a\nRUN", " <<A"),
		"quotes":         full("FROM a\nENV A='", "\""),
		"long subst":     full("FROM a\nRUN << ", "${A:-\\\n"),
		"long groups":    full("FROM a\nCMD ", "(\\\n"),
		"long pipes":     full("FROM a\nCMD a", "|a\\\n"),
		"long onbuild":   full("FROM a\n", "ONBUILD \\\n"),
		"long label":     full("FROM a\nLABEL ", "a=${b:-\\\n"),
		"blank comments": full("FROM a\nRUN a \\\n", "# opslint:\n"),
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			artifact, notices := Parse(source.NewFile("Dockerfile", []byte(content)))
			if artifact == nil && len(notices) == 0 {
				t.Error("refused without a notice")
			}
			if artifact != nil {
				Assemble(t.Context(), tree, ".", []*document.Artifact{artifact})
			}
			if spent := time.Since(begin); spent > 10*time.Second {
				t.Errorf("took %v", spent)
			}
		})
	}
}
