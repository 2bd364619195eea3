package taint

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// kingpinFlag returns the name of the flag or argument of kingpin that a call at
// the end of a chain reads: Flag("password", "…").Envar("PASSWORD").String().
func kingpinFlag(call *ssa.Call, obj *types.Func) (string, bool) {
	for range maxHops {
		if obj == nil || obj.Pkg() == nil || obj.Pkg().Name() != "kingpin" {
			return "", false
		}
		args := arguments(call)
		if obj.Name() == "Flag" || obj.Name() == "Arg" {
			if obj.Signature().Recv() != nil {
				args = args[1:]
			}
			if len(args) == 0 {
				return "", false
			}
			return text(args[0])
		}
		if obj.Signature().Recv() == nil || len(args) == 0 {
			return "", false
		}
		on := args[0]
		for {
			if addr, ok := on.(*ssa.FieldAddr); ok {
				on = addr.X
				continue
			}
			break
		}
		next, ok := on.(*ssa.Call)
		if !ok {
			return "", false
		}
		call, obj = next, object(next)
	}
	return "", false
}

// flagNamed is what a flag of that name is given.
func (p *Package) flagNamed(name string, e *ast.CallExpr) value {
	var result value
	for t := range topics {
		if p.vocabulary[t].Name(name) == sensitive.Secret {
			result.sources[t] = &Source{Kind: sensitive.Read, Text: fmt.Sprintf("flag %q", name)}
			if e != nil {
				result.sources[t].span, result.sources[t].node = at(e).span, e
			}
		}
	}
	return result
}

// read judges a function that reads named values.
func (p *Package) read(from sensitive.Place, call *ssa.Call, e *ast.CallExpr, n int) value {
	if n != from.Result {
		return harmless
	}
	title := from.Title
	result := unknown
	if from.Arg < 0 {
		result.sources[Secrets] = &Source{Kind: sensitive.Read, Text: title, node: e}
	} else {
		args := call.Call.Args
		if obj := object(call); !call.Call.IsInvoke() && obj != nil && obj.Signature().Recv() != nil {
			args = args[1:]
		}
		if from.Arg >= len(args) {
			return unknown
		}
		name, ok := text(args[from.Arg])
		if !ok {
			return unknown
		}
		if title != "" {
			title = fmt.Sprintf("%s %s", title, name)
		}
		for t := range topics {
			verdict := p.vocabulary[t].Name(name)
			if from.Header {
				verdict = p.vocabulary[t].Header(name)
			}
			if verdict == sensitive.Secret {
				result.sources[t] = &Source{Kind: sensitive.Read, Text: title, node: e}
			}
		}
	}
	for _, s := range result.sources {
		if s == nil {
			continue
		}
		if e != nil {
			s.span = at(e).span
		}
		if s.Text == "" && e != nil {
			s.Text = spell(e)
		}
	}
	return result
}
