package analyzers

import (
	"go/ast"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/settings"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/analyzers/internal/web"
	"github.com/opslint/opslint/internal/program"
	"github.com/opslint/opslint/internal/source"
)

// describing are the analyzers that a description of programs is made of.
var describing = []*analysis.Analyzer{shutdown.Analyzer, web.Analyzer, settings.Analyzer, loggers.Analyzer}

// defBuckets are those of DefBuckets in Prometheus's client library.
var defBuckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// protocols are the names of what servers speak.
var protocols = map[web.Protocol]string{web.HTTP: "http", web.FastHTTP: "http", web.GRPC: "grpc"}

// A describer turns what analyzers know of one program into its description.
type describer struct {
	*converter
	// dirs are the directories of the packages of the run, as the go command
	// spells them.
	dirs map[string]string
}

// program describes a package main; nil for any other package.
func (d *describer) program(run *unitRun) *program.Program {
	main := d.mainFunction()
	stops, _ := run.results[shutdown.Analyzer].(*shutdown.Program)
	shown, _ := run.results[web.Analyzer].(*web.Program)
	told, _ := run.results[settings.Analyzer].(*settings.Program)
	if main == nil || stops == nil || shown == nil || told == nil {
		return nil
	}
	location, ok := d.location(main.Pos(), main.End())
	if !ok {
		return nil
	}
	p := &program.Program{
		Path: d.pkg.Path(), Module: d.module.Path, Name: binaryName(d.pkg.Path()),
		Location: location, Serves: stops.Serves(),
		Variables: d.settings(told.Variables), Flags: d.settings(told.Flags), Commands: d.settings(told.Commands),
	}
	for _, s := range told.Dynamic {
		p.MoreVariables = append(p.MoreVariables, program.Unknown{Location: d.at(s.Site)})
	}
	if logs, ok := run.results[loggers.Analyzer].(*loggers.Program); ok && logs != nil {
		p.LogAttributes = logs.Keys
	}
	d.network(p, shown)
	d.shutdowns(p, stops)
	return p
}

func (d *describer) network(p *program.Program, shown *web.Program) {
	for _, s := range shown.Servers {
		p.Servers = append(p.Servers, program.Server{
			Protocol: protocols[s.Protocol], Library: s.Library, Text: s.Text, Addresses: s.Addresses, Side: s.Side, Location: d.at(s.Site),
		})
	}
	for _, r := range shown.Routes {
		p.Routes = append(p.Routes, program.Route{
			Methods: r.Methods, Path: r.Path, Tree: r.Tree, Library: r.Library, Handler: r.Handler, Location: d.at(r.Site),
		})
	}
	for _, s := range shown.Services {
		p.Services = append(p.Services, program.Service{Name: s.Name, Health: s.Health, Location: d.at(s.Site)})
	}
	for _, r := range shown.Unseen {
		p.MoreRoutes = append(p.MoreRoutes, program.Unknown{Reason: r.Text, Location: d.at(r.Site)})
	}
	for _, m := range shown.Metrics {
		if m.Preset == "DefBuckets" {
			m.Buckets = defBuckets
		}
		p.Metrics = append(p.Metrics, program.Metric{
			Name: m.Name, Kind: m.Kind, Library: m.Library, Help: m.Help, Labels: m.Labels, Buckets: m.Buckets, Location: d.at(m.Site),
		})
	}
}

// shutdowns says of each call that stops a server how long it may take at most.
func (d *describer) shutdowns(p *program.Program, stops *shutdown.Program) {
	for _, drain := range stops.Drains() {
		s := program.Shutdown{Text: drain.Text, Bounded: true, Location: d.at(drain.Site)}
		for _, b := range drain.Bounds {
			s.Unknown = s.Unknown || b.Open
			s.Bounded = s.Bounded && (b.Limit != shutdown.Unlimited || b.Open)
			if b.Limit != shutdown.Unlimited {
				s.Seconds = max(s.Seconds, b.Limit.Seconds())
			}
		}
		if len(drain.Bounds) == 0 {
			s.Bounded = drain.Raced
			s.Unknown = drain.Raced
		}
		p.Shutdowns = append(p.Shutdowns, s)
	}
}

func (d *describer) settings(list []settings.Setting) []program.Setting {
	var all []program.Setting
	for _, s := range list {
		all = append(all, program.Setting{Name: s.Name, Default: s.Default, HasDefault: s.HasDefault, Required: s.Required, Location: d.at(s.Site)})
	}
	return all
}

// mainFunction returns the name of function main, nil if there is none.
func (d *describer) mainFunction() *ast.Ident {
	for _, file := range d.unit.files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "main" && file.Name.Name == "main" {
				return fn.Name
			}
		}
	}
	return nil
}

// at finds a site in the workspace; the location is empty if it lies outside.
func (d *describer) at(s shutdown.Site) source.Location {
	dir, known := d.dirs[s.Package]
	if !known {
		return source.Location{}
	}
	file := d.files.get(filepath.Join(dir, s.File))
	if file == nil || s.EndLine > file.Lines() {
		return source.Location{}
	}
	start, end := offsetOf(file, s.Line, s.Column), offsetOf(file, s.EndLine, s.EndCol)
	return source.Location{File: file, Range: source.Range{Start: start, End: max(start, end)}}
}

// offsetOf turns a line and a column in bytes, both from 1, into an offset.
func offsetOf(file *source.File, line, column int) int {
	r := file.LineRange(line)
	start := r.Start
	if line == 1 {
		start = 0
	}
	return min(start+max(column-1, 0), r.End)
}

// binaryName is what go build calls the program: the last element of its path
// that is no major version.
func binaryName(pkgPath string) string {
	dir, name := path.Split(pkgPath)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" && dir != "" {
		return path.Base(dir)
	}
	return name
}
