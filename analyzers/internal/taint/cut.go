package taint

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// picked reports whether a loop over a map looks at the keys: which items it
// takes is not known.
func picked(next *ssa.Next) bool {
	for _, user := range *next.Referrers() {
		key, ok := user.(*ssa.Extract)
		if !ok || key.Index != 1 {
			continue
		}
		for _, user := range *key.Referrers() {
			switch user := user.(type) {
			case *ssa.BinOp, *ssa.Lookup:
				return true
			case *ssa.Call:
				if basic, ok := user.Type().Underlying().(*types.Basic); ok {
					return basic.Info()&(types.IsBoolean|types.IsString) != 0
				}
			}
		}
	}
	return false
}

// shortCut reports whether a slice shows at most a few characters: s[:4],
// s[len(s)-4:].
func (p *Package) shortCut(v *ssa.Slice) bool {
	visible := int64(Visible)
	if v.High != nil {
		high, ok := integer(v.High)
		low := int64(0)
		if v.Low != nil {
			low, _ = integer(v.Low)
		}
		return ok && high-low <= visible
	}
	minus, ok := v.Low.(*ssa.BinOp)
	if !ok || minus.Op != token.SUB {
		return false
	}
	n, ok := integer(minus.Y)
	call, isCall := minus.X.(*ssa.Call)
	if !ok || n > visible || !isCall || len(call.Call.Args) != 1 {
		return false
	}
	builtin, ok := call.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == "len" && p.same(call.Call.Args[0], v.X)
}

// same reports whether two values are read from one place.
func (p *Package) same(a, b ssa.Value) bool {
	rootA, toA := p.resolve(a)
	rootB, toB := p.resolve(b)
	return rootA == rootB && toA == toB
}

// partOfCut reports whether an item is the harmless part of a text that is split:
// see [cutAt].
func (p *Package) partOfCut(v *ssa.IndexAddr) bool {
	i, ok := integer(v.Index)
	call, isCall := v.X.(*ssa.Call)
	return ok && isCall && cutAt(call, int(i))
}

// cutAt reports whether a call splits a text at a separator in front of which, or
// behind which, stands something harmless: NAME=secret, "Bearer secret",
// somebody@example.org.
func cutAt(call *ssa.Call, part int) bool {
	fn := object(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || len(call.Call.Args) < 1 {
		return false
	}
	switch fn.Name() {
	case "Cut", "SplitN", "Split":
		switch sep, _ := text(call.Call.Args[1]); sep {
		case "=", " ":
			return part == 0
		case "@":
			return part == 1
		}
		return false
	}
	return fn.Name() == "Fields" && part == 0
}

// behindAt reports whether a slice is what stands behind the @ of an address.
func behindAt(v *ssa.Slice) bool {
	if v.High != nil {
		return false
	}
	sum, ok := v.Low.(*ssa.BinOp)
	if !ok || sum.Op != token.ADD {
		return false
	}
	index, ok := sum.X.(*ssa.Call)
	if !ok || len(index.Call.Args) < 2 {
		return false
	}
	fn := object(index)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || !strings.Contains(fn.Name(), "Index") {
		return false
	}
	if sep, ok := text(index.Call.Args[1]); ok {
		return sep == "@"
	}
	sep, ok := integer(index.Call.Args[1])
	return ok && sep == '@'
}
