package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/cmd/opslint/internal/engine"
	"github.com/opslint/opslint/internal/finding"
)

// sessionFlags are the flags of every command that runs rules or looks at the
// configuration.
type sessionFlags struct {
	configFile string
	noConfig   bool
	policies   []string
	only, skip []string
	jobs       int
}

func (f *sessionFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.configFile, "config", "", "configuration `file` (default: the nearest "+config.Name+" upwards)")
	flags.BoolVar(&f.noConfig, "no-config", false, "use no configuration file")
	flags.StringArrayVar(&f.policies, "policy", nil, "`directory` of your own policies (repeatable)")
	flags.StringSliceVar(&f.only, "only", nil, "run only these rules, families or clauses (`SELECTOR`, repeatable)")
	flags.StringSliceVar(&f.skip, "skip", nil, "leave these rules, families or clauses out (`SELECTOR`, repeatable)")
	flags.IntVarP(&f.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "how much to do at once")
	cmd.MarkFlagsMutuallyExclusive("config", "no-config")
}

// A session is a workspace with its configuration and rules.
type session struct {
	workspace *engine.Workspace
	config    *config.Config
	options   engine.Options
}

// open prepares a session for the paths that the user named.
func (f *sessionFlags) open(paths []string) (*session, error) {
	w, err := engine.Resolve(paths)
	if err != nil {
		return nil, err
	}
	c, mistakes := f.readConfig(w)
	if c == nil {
		return nil, mistakes
	}
	dirs := f.policies
	for _, dir := range c.Policies {
		dirs = append(dirs, filepath.Join(c.Dir(), dir))
	}
	registry, err := engine.NewRegistry(dirs...)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(mistakes, c.Bind(registry.Rules)); err != nil {
		return nil, shorten(err)
	}
	for _, selector := range append(f.only, f.skip...) {
		if _, err := registry.Select(selector); err != nil {
			return nil, err
		}
	}
	return &session{w, c, engine.Options{
		Config:   c,
		Registry: registry,
		Only:     f.only,
		Skip:     f.skip,
		Jobs:     max(f.jobs, 1),
		Version:  version(),
		Today:    time.Now(),
	}}, nil
}

// readConfig returns the configuration that applies. Beside an error it may
// return what could be read, so that all mistakes are told at once.
func (f *sessionFlags) readConfig(w *engine.Workspace) (*config.Config, error) {
	file := f.configFile
	switch {
	case f.noConfig:
		return &config.Config{}, nil
	case file == "":
		top := w.Root
		if !w.Repository {
			top = "" // nothing says where the project begins
		}
		found, err := config.Find(filepath.Join(w.Root, filepath.FromSlash(w.Base)), top)
		if err != nil {
			return nil, err
		}
		if found == "" {
			return &config.Config{}, nil
		}
		file = found
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", file, err)
	}
	return config.Read(abs)
}

// shorten names the files of configuration errors as seen from the working
// directory.
func shorten(err error) error {
	if e, ok := err.(*config.Error); ok {
		e.File = display(e.File)
		return e
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	lines := make([]string, 0, len(joined.Unwrap()))
	for _, each := range joined.Unwrap() {
		lines = append(lines, shorten(each).Error())
	}
	return errors.New(strings.Join(lines, "\nopslint: "))
}

// display turns an absolute path into one that people can click on: relative
// if it lies below the working directory.
func display(file string) string {
	dir, err := os.Getwd()
	if err != nil {
		return file
	}
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return file
	}
	return rel
}

// useBaseline accepts the findings of the baseline that the flag or the
// configuration names.
func (s *session) useBaseline(flag string) error {
	file := s.baselineFile(flag)
	if file == "" {
		return nil
	}
	b, err := engine.ReadBaseline(file)
	if err != nil {
		return err
	}
	s.options.Accepted, s.options.AcceptedBy = b, "in "+filepath.Base(file)
	return nil
}

func (s *session) baselineFile(flag string) string {
	if flag == "" && s.config.Baseline != "" {
		return filepath.Join(s.config.Dir(), s.config.Baseline)
	}
	return flag
}

// overlayStdin puts what stands on standard input in the place of a file, which
// need not exist.
func overlayStdin(name string, stdin io.Reader, f *sessionFlags) (*session, error) {
	content, err := io.ReadAll(stdin)
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	s, err := f.open([]string{filepath.Dir(name)})
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", name, err)
	}
	s.workspace.Only(filepath.Base(abs))
	s.options.Overlay = map[string][]byte{s.workspace.Files[0]: content}
	return s, nil
}

// exitCode turns a run into the code of the process.
func exitCode(run *finding.Run, failOn failLevel, allowIncomplete bool) error {
	if run.Count(failOn.severity) > 0 && !failOn.never {
		return exitFindings
	}
	if run.Incomplete() && !allowIncomplete {
		return exitIncomplete
	}
	return nil
}
