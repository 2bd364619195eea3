package report

import (
	"github.com/opslint/opslint/internal/program"
)

// jsonProgram is a Go program as package program describes it.
type jsonProgram struct {
	Path          string         `json:"path"`
	Module        string         `json:"module"`
	Name          string         `json:"name"`
	Serves        bool           `json:"serves"`
	Location      *jsonLocation  `json:"location"`
	Servers       []jsonServer   `json:"servers"`
	Routes        []jsonRoute    `json:"routes"`
	MoreRoutes    []jsonUnknown  `json:"more_routes"`
	Services      []jsonService  `json:"services"`
	Shutdowns     []jsonShutdown `json:"shutdowns"`
	Variables     []jsonSetting  `json:"variables"`
	MoreVariables []jsonUnknown  `json:"more_variables"`
	Flags         []jsonSetting  `json:"flags"`
	Commands      []jsonSetting  `json:"commands"`
	Metrics       []jsonMetric   `json:"metrics"`
	LogAttributes []string       `json:"log_attributes"`
}

type jsonServer struct {
	Protocol  string        `json:"protocol"`
	Library   string        `json:"library"`
	Text      string        `json:"text"`
	Addresses []string      `json:"addresses"`
	Side      bool          `json:"side"`
	Location  *jsonLocation `json:"location,omitempty"`
}

type jsonRoute struct {
	Methods  []string      `json:"methods"`
	Path     string        `json:"path"`
	Tree     bool          `json:"tree"`
	Library  string        `json:"library"`
	Handler  string        `json:"handler,omitempty"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonUnknown struct {
	Reason   string        `json:"reason,omitempty"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonService struct {
	Name     string        `json:"name"`
	Health   bool          `json:"health"`
	Location *jsonLocation `json:"location,omitempty"`
}

// jsonShutdown has no seconds if nothing bounds it, or nothing constant.
type jsonShutdown struct {
	Text     string        `json:"text"`
	Bounded  bool          `json:"bounded"`
	Seconds  *float64      `json:"seconds,omitempty"`
	Location *jsonLocation `json:"location,omitempty"`
}

// jsonSetting has no default if none is known.
type jsonSetting struct {
	Name     string        `json:"name"`
	Default  *string       `json:"default,omitempty"`
	Required bool          `json:"required"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonMetric struct {
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Library  string        `json:"library"`
	Help     string        `json:"help,omitempty"`
	Labels   []string      `json:"labels"`
	Buckets  []float64     `json:"buckets"`
	Location *jsonLocation `json:"location,omitempty"`
}

func (j *jsonWriter) program(p *program.Program) jsonProgram {
	return jsonProgram{
		Path: p.Path, Module: p.Module, Name: p.Name, Serves: p.Serves, Location: j.location(p.Location),
		Servers: each(p.Servers, func(s program.Server) jsonServer {
			return jsonServer{s.Protocol, s.Library, s.Text, list(s.Addresses), s.Side, j.location(s.Location)}
		}),
		Routes: each(p.Routes, func(r program.Route) jsonRoute {
			return jsonRoute{list(r.Methods), r.Path, r.Tree, r.Library, r.Handler, j.location(r.Location)}
		}),
		MoreRoutes: each(p.MoreRoutes, j.unknown),
		Services: each(p.Services, func(s program.Service) jsonService {
			return jsonService{s.Name, s.Health, j.location(s.Location)}
		}),
		Shutdowns:     each(p.Shutdowns, j.shutdown),
		Variables:     each(p.Variables, j.setting),
		MoreVariables: each(p.MoreVariables, j.unknown),
		Flags:         each(p.Flags, j.setting),
		Commands:      each(p.Commands, j.setting),
		Metrics: each(p.Metrics, func(m program.Metric) jsonMetric {
			return jsonMetric{m.Name, m.Kind, m.Library, m.Help, list(m.Labels), list(m.Buckets), j.location(m.Location)}
		}),
		LogAttributes: list(p.LogAttributes),
	}
}

func (j *jsonWriter) unknown(u program.Unknown) jsonUnknown {
	return jsonUnknown{u.Reason, j.location(u.Location)}
}

func (j *jsonWriter) shutdown(s program.Shutdown) jsonShutdown {
	out := jsonShutdown{Text: s.Text, Bounded: s.Bounded, Location: j.location(s.Location)}
	if s.Bounded && !s.Unknown {
		out.Seconds = &s.Seconds
	}
	return out
}

func (j *jsonWriter) setting(s program.Setting) jsonSetting {
	out := jsonSetting{Name: s.Name, Required: s.Required, Location: j.location(s.Location)}
	if s.HasDefault {
		out.Default = &s.Default
	}
	return out
}

// each converts the elements of a list; the result is never nil.
func each[A, B any](items []A, convert func(A) B) []B {
	out := make([]B, 0, len(items))
	for _, item := range items {
		out = append(out, convert(item))
	}
	return out
}

// list is a list that is never nil.
func list[A any](items []A) []A {
	if items == nil {
		return []A{}
	}
	return items
}
