package taint

import (
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// implementations lists the methods that a call of a method of one of the user's
// interfaces may reach: those of types of this package and of exported types of
// the user's packages that it imports. What the package of the interface has
// itself is told by its fact.
func (p *Package) implementations(method *types.Func) []*types.Func {
	if method.Pkg() == nil || !p.own(method.Pkg()) {
		return nil
	}
	if list, known := p.targets[method]; known {
		return list
	}
	p.targets[method] = nil
	iface, ok := receiverType(method).Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return nil
	}
	list := methods(p.pass.Pkg, iface, method.Name(), false)
	for _, pkg := range p.pass.Pkg.Imports() {
		if pkg != method.Pkg() && p.own(pkg) {
			list = append(list, methods(pkg, iface, method.Name(), true)...)
		}
	}
	p.targets[method] = list
	return list
}

// methods lists the methods of that name of the types of a package that implement
// an interface.
func methods(pkg *types.Package, iface *types.Interface, name string, exported bool) []*types.Func {
	var list []*types.Func
	for _, id := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(id).(*types.TypeName)
		if !ok || obj.IsAlias() || exported && !obj.Exported() || types.IsInterface(obj.Type()) {
			continue
		}
		pointer := types.NewPointer(obj.Type())
		if !types.Implements(pointer, iface) {
			continue
		}
		found, _, _ := types.LookupFieldOrMethod(pointer, false, pkg, name)
		if fn, ok := found.(*types.Func); ok && !types.IsInterface(receiverType(fn)) {
			list = append(list, fn.Origin())
		}
	}
	return list
}

// interfaceFlow returns what the types in the package of an interface make of one
// of its methods, nil if it is this package or has no such types.
func (p *Package) interfaceFlow(method *types.Func) *Flow {
	if method.Pkg() == p.pass.Pkg {
		return nil
	}
	if flow, known := p.flows[method]; known {
		return flow
	}
	flow := new(Flow)
	if !p.pass.ImportObjectFact(method, flow) {
		flow = nil
	}
	p.flows[method] = flow
	return flow
}

// exportInterfaces leaves facts of the methods of the package's interfaces that
// its types implement.
func (p *Package) exportInterfaces() {
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() || !obj.Exported() {
			continue
		}
		iface, ok := obj.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for method := range iface.ExplicitMethods() {
			if flow := p.flowOfInterface(method); flow != nil {
				p.pass.ExportObjectFact(method, flow)
			}
		}
	}
}

func (p *Package) flowOfInterface(method *types.Func) *Flow {
	var sinks []*logapi.Func
	flow := new(Flow)
	implemented := false
	for _, obj := range p.implementations(method) {
		if obj.Pkg() != p.pass.Pkg {
			continue
		}
		implemented = true
		for n := range obj.Signature().Results().Len() {
			p.addOrigins(flow, n, p.madeBy(obj, n))
		}
		if f := p.implementing(obj); f != nil || !p.ignores(obj) {
			sinks = append(sinks, f)
		}
	}
	if !implemented {
		return nil
	}
	if f := meetAll(sinks); f != nil {
		flow.Sink = sinkFact(f)
	} else if len(sinks) > 0 {
		flow.Differs = true
	}
	return flow
}

// addOrigins joins sources to those of a result.
func (p *Package) addOrigins(flow *Flow, n int, sources [topics]*Source) {
	for len(flow.Results) <= n {
		flow.Results = append(flow.Results, Result{})
	}
	for t, s := range sources {
		if s == nil {
			continue
		}
		r := &flow.Results[n]
		known := false
		for _, o := range r.Sources {
			known = known || o.Topic == Topic(t)
		}
		if !known {
			r.Sources = append(r.Sources, Origin{Topic: Topic(t), Kind: s.Kind, Text: s.Text, Param: -1})
		}
	}
}

// madeBy returns what a method is a source of by itself. What it makes of its
// parameters is left out.
func (p *Package) madeBy(obj *types.Func, n int) (sources [topics]*Source) {
	fn := p.funcs[obj]
	if fn == nil {
		return sources
	}
	inside := p.returned(fn, n, "")
	for t, s := range inside.sources {
		if s != nil && s.param == nil && inside.params == 0 {
			sources[t] = s
		}
	}
	return sources
}
