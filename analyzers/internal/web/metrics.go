package web

import (
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const prometheus = "github.com/prometheus/client_golang/prometheus"

var (
	prometheusKind = regexp.MustCompile(`^New(Counter|Gauge|Histogram|Summary)(Vec|Func)?$`)
	otelKind       = regexp.MustCompile(`^(?:Int64|Float64)(Observable)?(Counter|UpDownCounter|Histogram|Gauge)$`)
)

// metric notes a metric that is made.
func (g *gatherer) metric(c *call, at ast.Node) {
	if strings.HasPrefix(c.path, prometheus) {
		if found := prometheusKind.FindStringSubmatch(c.name); found != nil && len(c.args) > 0 {
			m := &Metric{Library: "prometheus", Kind: strings.ToLower(found[1])}
			g.options(m, c.arg(0))
			if found[2] == "Vec" {
				m.Labels = g.constantsOf(c.arg(1))
			}
			g.add(at, Event{Kind: metric, Metric: m})
		}
		return
	}
	found := otelKind.FindStringSubmatch(c.name)
	if c.path != "go.opentelemetry.io/otel/metric" || found == nil || c.typ != "Meter" || len(c.args) == 0 {
		return
	}
	m := &Metric{Library: "otel", Kind: strings.ToLower(found[2]), Name: g.shown(c.arg(0))}
	for _, option := range c.rest(1) {
		if instr, ok := plain(option).(*ssa.Call); ok {
			switch o := g.callOf(instr); o.name {
			case "WithDescription":
				m.Help, _ = constantOf(o.arg(0))
			case "WithExplicitBucketBoundaries":
				m.Buckets = numbers(o.arg(0))
			}
		}
	}
	g.add(at, Event{Kind: metric, Metric: m})
}

// options reads the options of a metric: the fields of a literal.
func (g *gatherer) options(m *Metric, v ssa.Value) {
	load, ok := plain(v).(*ssa.UnOp)
	if !ok {
		m.Name = unknownText
		return
	}
	lit, ok := load.X.(*ssa.Alloc)
	if !ok {
		m.Name = unknownText
		return
	}
	parts := make(map[string]string)
	for _, user := range *lit.Referrers() {
		field, ok := user.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		values, _ := storedIn(field)
		for _, value := range values {
			switch name := fieldsOf(lit.Type()).Field(field.Field).Name(); name {
			case "Namespace", "Subsystem", "Name", "Help":
				parts[name] = g.shown(value)
			case "Buckets":
				m.Buckets, m.Preset = buckets(value)
			}
		}
	}
	m.Help = parts["Help"]
	var name []string
	for _, part := range []string{"Namespace", "Subsystem", "Name"} {
		if parts[part] != "" {
			name = append(name, parts[part])
		}
	}
	m.Name = strings.Join(name, "_")
}

// shown spells a text with a sign for what is not known of it.
func (g *gatherer) shown(v ssa.Value) string {
	texts := g.texts(v)
	if len(texts) != 1 {
		return unknownText
	}
	var b strings.Builder
	for _, part := range texts[0] {
		if text, ok := strings.CutPrefix(part, "="); ok {
			b.WriteString(text)
		} else {
			b.WriteString(unknownText)
		}
	}
	return b.String()
}

func (g *gatherer) constantsOf(v ssa.Value) []string {
	var all []string
	for _, element := range elements(v) {
		if text, ok := constantOf(element); ok {
			all = append(all, text)
		}
	}
	return all
}

// buckets returns the bounds of buckets, and the name of a variable that holds
// them.
func buckets(v ssa.Value) ([]float64, string) {
	if load, ok := v.(*ssa.UnOp); ok {
		if global, ok := load.X.(*ssa.Global); ok {
			return nil, global.Name()
		}
	}
	instr, ok := v.(*ssa.Call)
	if !ok || instr.Call.StaticCallee() == nil || len(instr.Call.Args) != 3 {
		return numbers(v), ""
	}
	start, ok1 := number(instr.Call.Args[0])
	step, ok2 := number(instr.Call.Args[1])
	count, ok3 := number(instr.Call.Args[2])
	if !ok1 || !ok2 || !ok3 || count < 1 || count > 1000 {
		return nil, ""
	}
	var all []float64
	for i := range int(count) {
		switch instr.Call.StaticCallee().Name() {
		case "LinearBuckets":
			all = append(all, start+step*float64(i))
		case "ExponentialBuckets":
			all = append(all, start*math.Pow(step, float64(i)))
		}
	}
	return all, ""
}

// numbers returns the constant elements of a literal, nil if one is not
// constant.
func numbers(v ssa.Value) []float64 {
	var all []float64
	for _, element := range elements(v) {
		n, ok := number(element)
		if !ok {
			return nil
		}
		all = append(all, n)
	}
	return all
}

func number(v ssa.Value) (float64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	if basic, ok := c.Type().Underlying().(*types.Basic); !ok || basic.Info()&types.IsNumeric == 0 {
		return 0, false
	}
	n, _ := constant.Float64Val(constant.ToFloat(c.Value))
	return n, true
}
