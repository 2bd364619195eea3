package analyzers_test

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/opslint/opslint/analyzers"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// librariesDir is a module of its own that imports the libraries whose idioms
// the rules know. The folders in it are named like the package of a rule; files
// below say with want comments what that rule reports in them.
const librariesDir = "testdata/libraries"

// The idioms of libraries are judged with the real libraries, in the versions
// that the module pins.
func TestLibraries(t *testing.T) {
	downloadLibraries(t)
	rules := make(map[string]string) // by folder
	for _, a := range analyzers.All {
		rules[a.Name] = a.Rule.ID
	}
	tree, err := source.OpenTree(librariesDir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	result, err := analyzers.Check(t.Context(), analyzers.Options{Tree: tree, Base: ".", Enabled: func(string) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	for _, notice := range result.Notices {
		t.Errorf("%s: %s", place(notice.Location), notice.Message)
	}
	folders, err := os.ReadDir(librariesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		t.Run(folder.Name(), func(t *testing.T) {
			rule, ok := rules[folder.Name()]
			if !ok {
				t.Fatalf("no rule has a package %s", folder.Name())
			}
			of := slices.DeleteFunc(slices.Clone(result.Findings), func(f finding.Finding) bool {
				return f.Rule != rule || !strings.HasPrefix(f.Location.File.Path, folder.Name()+"/")
			})
			compare(t, folder.Name(), of)
		})
	}
}

// downloadLibraries makes sure that the libraries are in the module cache:
// whoever checks a module fetches nothing.
func downloadLibraries(t *testing.T) {
	t.Helper()
	download := exec.CommandContext(t.Context(), "go", "mod", "download")
	download.Dir = librariesDir
	if out, err := download.CombinedOutput(); err != nil {
		t.Fatalf("download the libraries: %v\n%s", err, out)
	}
}

// compare holds the findings of one rule to the want comments of a folder.
func compare(t *testing.T, folder string, findings []finding.Finding) {
	wants := wantsBelow(t, folder)
	for i := range findings {
		f := &findings[i]
		at := fmt.Sprintf("%s:%d", f.Location.File.Path, f.Location.Start().Line)
		met := slices.IndexFunc(wants[at], func(re *regexp.Regexp) bool { return re.MatchString(f.Message) })
		if met < 0 {
			t.Errorf("%s: unexpected finding: %s", at, f.Message)
			continue
		}
		wants[at] = slices.Delete(wants[at], met, met+1)
	}
	for at, missed := range wants {
		for _, re := range missed {
			t.Errorf("%s: no finding matches %q", at, re)
		}
	}
}

var wantComment = regexp.MustCompile(`// want (.*)$`)

// wantsBelow reads the want comments of a folder, by file and line: quoted
// regular expressions as analysistest has them.
func wantsBelow(t *testing.T, folder string) map[string][]*regexp.Regexp {
	wants := make(map[string][]*regexp.Regexp)
	err := filepath.WalkDir(filepath.Join(librariesDir, folder), func(name string, entry os.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(librariesDir, name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(content), "\n") {
			found := wantComment.FindStringSubmatch(line)
			for rest := ""; found != nil && strings.TrimSpace(found[1]) != ""; found[1] = rest {
				quoted, err := strconv.QuotedPrefix(strings.TrimSpace(found[1]))
				if err != nil {
					return fmt.Errorf("%s:%d: %w", rel, i+1, err)
				}
				text, err := strconv.Unquote(quoted)
				if err != nil {
					return fmt.Errorf("%s:%d: %w", rel, i+1, err)
				}
				at := fmt.Sprintf("%s:%d", filepath.ToSlash(rel), i+1)
				wants[at] = append(wants[at], regexp.MustCompile(text))
				rest = strings.TrimSpace(found[1])[len(quoted):]
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wants
}
