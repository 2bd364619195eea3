package analyzers

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"strings"
)

// VetConfig reads the configuration that applies to a directory: which rules
// are switched on and their complete parameters.
type VetConfig func(dir string) (enabled func(id string) bool, parameters func(id string) map[string]any, err error)

// IsVet reports whether the arguments are those with which the go command calls
// a vet tool.
func IsVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return slices.Equal(args, []string{"-V=full"}) || slices.Equal(args, []string{"-flags"}) || strings.HasSuffix(last, ".cfg") && allFlags(args[:len(args)-1])
}

func allFlags(args []string) bool {
	return !slices.ContainsFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
}

// Vet answers the go command and ends the process. Version is opslint's.
func Vet(version string, config VetConfig) {
	v := &vet{version: version, config: config, args: os.Args[1:]}
	code, err := v.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "opslint:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// A vet is one call by the go command.
type vet struct {
	version string
	config  VetConfig
	args    []string

	json, fix, diff bool
	chosen          map[string]*triState // by analyzer
}

// run answers one call and returns the exit code.
func (v *vet) run() (int, error) {
	if slices.Equal(v.args, []string{"-V=full"}) {
		return 0, v.printVersion(os.Stdout)
	}
	flags := v.flags()
	if slices.Equal(v.args, []string{"-flags"}) {
		return 0, printFlags(os.Stdout, flags)
	}
	unit, err := readVetUnit(v.args[len(v.args)-1])
	if err != nil {
		return 1, err
	}
	if unit.foreign() {
		return 0, v.skip(unit)
	}
	selected, err := v.configure(flags, unit.Dir)
	if err != nil {
		return 1, err
	}
	return v.check(unit, selected)
}

// configure sets the parameters, first by configuration and then by flags, and
// returns the analyzers to run.
func (v *vet) configure(flags *flag.FlagSet, dir string) ([]Analyzer, error) {
	enabled, parameters, err := v.config(dir)
	if err != nil {
		return nil, err
	}
	if err := setParameters(All, parameters); err != nil {
		return nil, err
	}
	if err := flags.Parse(v.args[:len(v.args)-1]); err != nil {
		return nil, err
	}
	return v.choose(enabled), nil
}

// choose selects the analyzers: if some are switched on by flags only those,
// else those that are switched on by configuration and not off by flags.
func (v *vet) choose(enabled func(string) bool) []Analyzer {
	only := false
	for _, state := range v.chosen {
		only = only || *state == on
	}
	return selectAnalyzers(func(id string) bool {
		i := slices.IndexFunc(All, func(a Analyzer) bool { return a.Rule.ID == id })
		state := *v.chosen[All[i].Name]
		if only {
			return state == on
		}
		return state != off && enabled(id)
	})
}

// printVersion prints the line by which the go command tells whether what it
// has in its cache is still valid. So it depends on the binary and on the
// configuration, of which the go command knows nothing.
func (v *vet) printVersion(w io.Writer) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find executable: %w", err)
	}
	sum := sha256.New()
	if err := hashFile(sum, program); err != nil {
		return err
	}
	if err := v.hashConfig(sum); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s version devel opslint-%s buildID=%02x\n", program, strings.ReplaceAll(v.version, " ", "-"), sum.Sum(nil))
	return err
}

func hashFile(sum hash.Hash, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("read executable: %w", err)
	}
	defer file.Close()
	if _, err := io.Copy(sum, file); err != nil {
		return fmt.Errorf("read executable: %w", err)
	}
	return nil
}

// hashConfig adds what the configuration of the working directory comes to.
func (v *vet) hashConfig(sum hash.Hash) error {
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find working directory: %w", err)
	}
	enabled, parameters, err := v.config(dir)
	if err != nil {
		return err
	}
	for _, a := range All {
		values, err := json.Marshal(parameters(a.Rule.ID))
		if err != nil {
			return fmt.Errorf("encode parameters of %s: %w", a.Rule.ID, err)
		}
		fmt.Fprintf(sum, "\x00%s %t %s", a.Rule.ID, enabled(a.Rule.ID), values)
	}
	return nil
}

// flags declares the flags of the tool: one to switch each analyzer, one per
// parameter, and those of every vet tool.
func (v *vet) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("opslint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	v.chosen = make(map[string]*triState)
	for _, a := range All {
		v.chosen[a.Name] = new(triState)
		flags.Var(v.chosen[a.Name], a.Name, "check "+a.Rule.ID+" only, or with =false all but it")
		a.Flags.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, a.Name+"."+f.Name, f.Usage) })
	}
	flags.BoolVar(&v.json, "json", false, "emit JSON output")
	flags.BoolVar(&v.fix, "fix", false, "apply all fixes that are offered")
	flags.BoolVar(&v.diff, "diff", false, "with -fix, print a unified diff instead of changing files")
	flags.Int("c", -1, "no effect")
	return flags
}

// printFlags describes the flags in the go command's format.
func printFlags(w io.Writer, flags *flag.FlagSet) error {
	type description struct {
		Name  string
		Bool  bool
		Usage string
	}
	var all []description
	flags.VisitAll(func(f *flag.Flag) {
		if f.Name == "fix" {
			return // it has one of its own
		}
		boolean, ok := f.Value.(interface{ IsBoolFlag() bool })
		all = append(all, description{f.Name, ok && boolean.IsBoolFlag(), f.Usage})
	})
	data, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return fmt.Errorf("encode flags: %w", err)
	}
	_, err = w.Write(data)
	return err
}

// triState is a boolean flag that may be unset.
type triState uint8

const (
	unset triState = iota
	on
	off
)

// String returns "true", "false" or "unset".
func (t *triState) String() string { return [...]string{"unset", "true", "false"}[*t] }

// IsBoolFlag makes the flag's value optional.
func (t *triState) IsBoolFlag() bool { return true }

// Set implements flag.Value.
func (t *triState) Set(text string) error {
	switch text {
	case "true", "1":
		*t = on
	case "false", "0":
		*t = off
	default:
		return fmt.Errorf("want true or false, not %q", text)
	}
	return nil
}
