package loggers

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// record notes what the functions of a file do to loggers.
func (g *gatherer) record(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			g.recordCall(n)
		case *ast.CompositeLit:
			g.recordLiteral(n)
		case *ast.AssignStmt:
			g.recordAssignment(n)
		}
		return true
	})
}

// recorded reports whether a call is one of a [Make] or [Bind].
func (g *gatherer) recorded(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	r, ok := rowOf(fn.Origin())
	return ok && (r.kind == Make || r.kind == Bind)
}

func (g *gatherer) recordCall(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	fn = fn.Origin()
	g.recordKeys(call)
	if r, ok := rowOf(fn); ok {
		g.recordRow(call, fn, r)
		return
	}
	g.special(call, fn)
	g.recordUse(call)
}

func (g *gatherer) recordRow(call *ast.CallExpr, fn *types.Func, r row) {
	e := Event{Kind: r.kind, Library: r.library, Text: fn.Pkg().Name() + "." + fn.Name()}
	e.Base = g.base(call, r)
	switch {
	case r.writer == standard:
		e.Writer = Value{{Origin: Stream}}
	case r.writer >= 0 && r.library == "grpclog":
		for _, arg := range call.Args[:min(3, len(call.Args))] {
			e.Writer = append(e.Writer, g.trace(arg, wantWriter)...)
		}
	case r.writer >= 0 && r.writer < len(call.Args):
		e.Writer = g.trace(call.Args[r.writer], wantWriter)
	}
	switch {
	case r.level >= 0 && r.level < len(call.Args):
		e.Levels = g.trace(call.Args[r.level], wantLevel)
	case r.usual != "":
		e.Levels, e.Default = fixed(r.usual), true
	}
	if r.keys >= 0 {
		e.Keys = g.keysOf(call, r.keys)
	}
	if r.hooked {
		e.Keys = append(e.Keys, g.hooked(call)...)
	}
	if r.options != none {
		g.configured(call, r, &e)
	}
	g.add(call, e)
}

// hooked lists the keys that a hook adds, if it is the user's own.
func (g *gatherer) hooked(call *ast.CallExpr) Value {
	if len(call.Args) != 1 {
		return unknown()
	}
	if g.trace(call.Args[0], wantWriter).Has(Syslog) {
		return nil
	}
	if d := g.handles(g.pass.TypesInfo.TypeOf(call.Args[0])); d != nil {
		return g.addedKeys(d)
	}
	return unknown()
}

func (g *gatherer) base(call *ast.CallExpr, r row) Value {
	switch {
	case r.base == standard:
		return Value{{Origin: Standard, Text: r.library}}
	case r.base == none:
		return nil
	}
	return g.passed(call, r.base, wantLogger, 0)
}

// configured reads the struct of options of a call.
func (g *gatherer) configured(call *ast.CallExpr, r row, e *Event) {
	var options ast.Expr
	switch sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); {
	case r.options == receiver && ok:
		options = sel.X
		e.Levels, e.Default = g.presetLevel(sel.X), true
		e.Writer = Value{{Origin: Stream}}
	case r.options >= 0 && r.options < len(call.Args):
		options = call.Args[r.options]
	case r.options == len(call.Args): // variadic and left out
		return
	default:
		return
	}
	if level, set := g.option(options, r.optLevel, wantLevel); set {
		e.Levels, e.Default = level, false
	}
	if r.optWriter == "OutputPaths" {
		if paths := g.outputPaths(options); paths != nil {
			e.Writer = paths
		}
	} else if r.optWriter != "" {
		e.Writer = Value{{Origin: Stream}}
		if writer, set := g.option(options, r.optWriter, wantWriter); set {
			e.Writer = writer
		}
	}
	if r.optKeys != "" {
		if keys, set := g.option(options, r.optKeys, wantKeys); set {
			e.Keys = append(e.Keys, keys...)
		}
	}
}

// presetLevel returns the level of a configuration of zap before anything is
// set in it.
func (g *gatherer) presetLevel(e ast.Expr) Value {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if level := preset(g.pass.TypesInfo, e); level != "" {
			return fixed(level)
		}
	case *ast.Ident:
		v := g.index.variable(e)
		if v == nil || v.IsField() || g.open[v] {
			break
		}
		g.open[v] = true
		defer delete(g.open, v)
		var all Value
		for _, a := range g.index.vars[v] {
			if a.value != nil && !a.open {
				all = append(all, under(g.presetLevel(a.value), g.guards.Of(a.at))...)
			}
		}
		if all != nil {
			return all
		}
	}
	return unknown()
}

// outputPaths lists the outputs of a configuration of zap, nil if it does not
// say.
func (g *gatherer) outputPaths(options ast.Expr) Value {
	paths := g.optionExprs(options, "OutputPaths")
	var value Value
	for _, p := range paths {
		lit, ok := ast.Unparen(p.value).(*ast.CompositeLit)
		if !ok {
			value = append(value, unknown()...)
			continue
		}
		for _, elt := range lit.Elts {
			value = append(value, under(g.path(elt, elt), g.guards.Of(p.at))...)
		}
	}
	return value
}

// optionExprs lists the expressions that a field of options is set to.
func (g *gatherer) optionExprs(options ast.Expr, name string) []assignment {
	switch e := ast.Unparen(options).(type) {
	case *ast.UnaryExpr:
		return g.optionExprs(e.X, name)
	case *ast.CompositeLit:
		if value := field(e, name); value != nil {
			return []assignment{{value: value, at: value}}
		}
	case *ast.Ident:
		v := g.index.variable(e)
		if v == nil || v.IsField() {
			return nil
		}
		var list []assignment
		for _, a := range g.index.vars[v] {
			if lit, ok := a.value.(*ast.CompositeLit); ok {
				list = append(list, g.optionExprs(lit, name)...)
			}
		}
		return append(list, g.fieldsOf(v, name)...)
	}
	return nil
}

// recordLiteral notes loggers that are made by a literal and handlers of the
// user's own.
func (g *gatherer) recordLiteral(lit *ast.CompositeLit) {
	t := types.Unalias(g.pass.TypesInfo.TypeOf(lit))
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return
	}
	title := pathOf(named.Obj().Pkg()) + "." + named.Obj().Name()
	if library := madeByLiteral[title]; library != "" {
		g.literalLogger(lit, library, named.Obj().Pkg().Name()+"."+named.Obj().Name())
		return
	}
	if name, ok := accessWriters[title]; ok {
		if w := field(lit, name); w != nil {
			g.add(lit, Event{Kind: Write, Library: "access", Text: named.Obj().Pkg().Name() + "." + named.Obj().Name(), Writer: g.trace(w, wantWriter)})
		}
		return
	}
	if d := g.handles(named); d != nil && g.own(named.Obj().Pkg()) {
		e := Event{Kind: Bind, Text: named.Obj().Name(), Base: g.wrapped(lit), Keys: g.addedKeys(d)}
		if e.Base == nil {
			e.Base = unknown() // it writes by itself
		}
		g.add(lit, e)
	}
}

// accessWriters are the fields of the configurations of access logs that say
// where they write.
var accessWriters = map[string]string{
	"github.com/gin-gonic/gin.LoggerConfig":                "Output",
	"github.com/labstack/echo/middleware.LoggerConfig":     "Output",
	"github.com/gofiber/fiber/middleware/logger.Config":    "Output",
	"github.com/gofiber/fiber/v3/middleware/logger.Config": "Stream",
}

// wrapped follows what a handler of the user's own writes through.
func (g *gatherer) wrapped(lit *ast.CompositeLit) Value {
	var all Value
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			elt = pair.Value
		}
		if isLogger(g.pass.TypesInfo.TypeOf(elt)) {
			all = append(all, g.trace(elt, wantLogger)...)
		}
	}
	return all
}

func (g *gatherer) literalLogger(lit *ast.CompositeLit, library, text string) {
	e := Event{Kind: Make, Library: library, Text: text, Levels: fixed("info"), Default: true}
	if library == "phuslu" {
		e.Levels = fixed("trace")
	}
	for _, name := range []string{"Out", "Writer"} {
		if w := field(lit, name); w != nil {
			e.Writer = g.trace(w, wantWriter)
		}
	}
	if h := field(lit, "Handler"); h != nil {
		e.Base = g.trace(h, wantLogger)
	}
	if level := field(lit, "Level"); level != nil {
		e.Levels, e.Default = g.trace(level, wantLevel), false
	}
	if hooks := field(lit, "Hooks"); hooks != nil {
		if call, ok := hooks.(*ast.CallExpr); !ok || CalledName(call) != "make" {
			e.Keys = unknown()
		}
	}
	g.add(lit, e)
}

// recordAssignment notes what is set without a call: the default logger of
// zerolog, the fields of a logger of logrus, gin's writer.
func (g *gatherer) recordAssignment(assign *ast.AssignStmt) {
	if len(assign.Lhs) != len(assign.Rhs) {
		return
	}
	for i, left := range assign.Lhs {
		v := g.index.variable(left)
		if v == nil || v.Pkg() == nil {
			continue
		}
		value := assign.Rhs[i]
		path := pathOf(v.Pkg())
		switch {
		case standardLogger(v) != "":
			g.add(assign, Event{Kind: Install, Library: standardLogger(v), Text: v.Pkg().Name() + "." + v.Name(), Base: g.trace(value, wantLogger)})
		case path == "github.com/gin-gonic/gin" && v.Name() == "DefaultWriter":
			g.add(assign, Event{Kind: Write, Library: "access", Text: "gin.DefaultWriter", Writer: g.trace(value, wantWriter)})
		case path == "github.com/sirupsen/logrus" && v.IsField() && v.Name() == "Out":
			g.add(assign, Event{Kind: Write, Library: "logrus", Text: "logrus.Logger", Writer: g.trace(value, wantWriter)})
		case path == "github.com/sirupsen/logrus" && v.IsField() && v.Name() == "Level":
			g.add(assign, Event{Kind: Level, Library: "logrus", Text: "logrus.Logger", Levels: g.trace(value, wantLevel)})
		}
	}
}

// special notes calls of which the table cannot tell what they do.
func (g *gatherer) special(call *ast.CallExpr, fn *types.Func) {
	text := fn.Pkg().Name() + "." + fn.Name()
	switch pathOf(fn.Pkg()) + "." + qualified(fn) {
	case "log/syslog.NewLogger":
		g.add(call, Event{Kind: Write, Library: "log", Text: text, Writer: Value{{Origin: Syslog, Site: g.site(call)}}})
	case "flag.Set", "flag.FlagSet.Set":
		g.recordFlag(call, text)
	case "k8s.io/klog.InitFlags":
		g.add(call, Event{Kind: Level, Library: "klog", Text: text, Levels: Value{{Origin: Outside}}})
	case "github.com/beego/beego/core/logs.SetLogger", "github.com/astaxie/beego/logs.SetLogger", "github.com/beego/beego/logs.SetLogger":
		if kind, ok := logapi.Constant(g.pass.TypesInfo, call.Args[0]); ok && (kind == "file" || kind == "multifile") {
			g.add(call, Event{Kind: Write, Library: "beego", Text: text, Writer: Value{{Origin: Rotation, Site: g.site(call)}}})
		}
	}
}

// recordFlag notes a flag of klog or glog that is set in the program.
func (g *gatherer) recordFlag(call *ast.CallExpr, text string) {
	if len(call.Args) != 2 {
		return
	}
	name, _ := logapi.Constant(g.pass.TypesInfo, call.Args[0])
	value, known := logapi.Constant(g.pass.TypesInfo, call.Args[1])
	switch name {
	case "logtostderr":
		e := Event{Kind: Write, Library: "glog", Text: text, Writer: unknown()}
		if known && value == "true" {
			e.Writer = Value{{Origin: Stream, Site: g.site(call)}}
		}
		g.add(call, e)
	case "log_dir", "log_file":
		e := Event{Kind: Write, Library: "glog", Text: text, Writer: g.path(call.Args[1], call)}
		g.add(call, e)
	}
}

// recordKeys notes the keys of what is logged.
func (g *gatherer) recordKeys(call *ast.CallExpr) {
	logged, ok := logapi.Of(g.pass.TypesInfo, call)
	if !ok {
		return
	}
	for i, role := range logged.Func.Roles {
		if role == logapi.Key && i < len(call.Args) {
			if key, ok := logapi.Constant(g.pass.TypesInfo, call.Args[i]); ok {
				g.logged[key] = true
			}
		}
	}
	for _, arg := range logged.Arguments(g.pass.TypesInfo) {
		if arg.Key != "" && !arg.Labelled {
			g.logged[arg.Key] = true
		}
	}
}

// recordUse notes the first calls of default loggers that write although nobody
// has made them.
func (g *gatherer) recordUse(call *ast.CallExpr) {
	logged, ok := logapi.Of(g.pass.TypesInfo, call)
	if !ok {
		return
	}
	if logged.Func.Kind == logapi.Sink && (logged.Func.Library == "glog" || logged.Func.Library == "zerolog") {
		node := g.graph.NodeOf(call)
		for _, e := range g.events[node] {
			if e.Kind == Use && e.Library == logged.Func.Library {
				return
			}
		}
		g.add(call, Event{Kind: Use, Library: logged.Func.Library, Text: logged.Func.Library})
	}
}

// results asks for the loggers, writers and levels that the package hands to
// others: they cannot ask for themselves.
func (g *gatherer) results() {
	for fn := range g.index.decls {
		results := fn.Signature().Results()
		for i := range results.Len() {
			g.offer(results.At(i).Type(), reach.ID(fn)+"()"+strconv.Itoa(i))
		}
	}
	scope := g.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Var:
			g.offer(obj.Type(), g.pass.Pkg.Path()+"."+name)
		case *types.TypeName:
			s, ok := obj.Type().Underlying().(*types.Struct)
			for i := 0; ok && i < s.NumFields(); i++ {
				g.offer(s.Field(i).Type(), g.pass.Pkg.Path()+"."+name+"."+s.Field(i).Name())
			}
		}
	}
}

// offer asks for what a slot of a type holds.
func (g *gatherer) offer(t types.Type, name string) {
	switch {
	case isLogger(t) || g.wraps(t):
		g.foreign[string(wantLogger)+"|"+name] = true
	case isLevel(t):
		g.foreign[string(wantLevel)+"|"+name] = true
	case isWriter(t):
		g.foreign[string(wantWriter)+"|"+name] = true
	}
}

// wraps reports whether a type of the user's holds a logger.
func (g *gatherer) wraps(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !g.own(named.Obj().Pkg()) {
		return false
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if isLogger(f.Type()) {
			return true
		}
	}
	return false
}

func (g *gatherer) keys() []string { return slices.Sorted(maps.Keys(g.logged)) }

func (g *gatherer) demands() []string { return slices.Sorted(maps.Keys(g.asked)) }

func (g *gatherer) demand(slot string) { g.asked[slot] = true }

// settle says what the slots hold that this package or another one asks for, as
// far as this package has a say in it.
func (g *gatherer) settle() {
	done := make(map[string]bool)
	say := g.sayers()
	for {
		var todo []string
		for _, wanted := range []map[string]bool{g.asked, g.foreign} {
			for slot := range wanted {
				if !done[slot] {
					done[slot] = true
					todo = append(todo, slot)
				}
			}
		}
		if len(todo) == 0 {
			return
		}
		slices.Sort(todo)
		for _, slot := range todo {
			kind, name, _ := strings.Cut(slot, "|")
			if tell := say[name]; tell != nil {
				tell(slot, want(kind[0]))
			}
		}
	}
}
