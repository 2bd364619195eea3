package secretinlog

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// reaching returns the writes to a place that may still hold at use. Entry is
// true if the value that the variable had on entry of its function (or nobody
// knows which) may hold as well. Writes to other fields are left out.
func (x *index) reaching(p place, use ast.Node) (defs []definition, entry bool) {
	writes := x.writes[p.root]
	at := use.Pos()
	behind := len(writes)
	for i, d := range writes {
		if d.node.Pos() >= at {
			behind = i
			break
		}
	}
	var killer *definition
	for i := behind - 1; i >= 0 && killer == nil; i-- {
		d := &writes[i]
		if !concerns(d, p) || covers(d.node, use) && !binds(d, use) || x.excluded(d.node, use) {
			continue
		}
		defs = append(defs, *d)
		if d.kind == assigned || d.kind == zero || d.kind == ranged {
			if x.dominates(d.node, use) {
				killer = d
			}
		}
	}
	for i := behind; i < len(writes); i++ {
		if d := &writes[i]; concerns(d, p) && x.again(d.node, use, killer) {
			defs = append(defs, *d)
		}
	}
	if killer != nil && len(p.fields) > 0 && len(killer.fields) == len(p.fields) {
		// A field that was set on purpose is not filled again by a function
		// that is only given the whole.
		defs = slices.DeleteFunc(defs, func(d definition) bool { return d.kind == escaped })
	}
	return defs, killer == nil
}

// concerns reports whether a write changes the place: it writes the place
// itself or something that holds it.
func concerns(d *definition, p place) bool {
	return len(d.fields) <= len(p.fields) && slices.Equal(d.fields, p.fields[:len(d.fields)])
}

// writtenBelow reports whether a part of the place is written somewhere, so that
// what is written to the place as a whole is not all that it holds.
func (x *index) writtenBelow(p place) bool {
	return slices.ContainsFunc(x.writes[p.root], func(d definition) bool {
		return len(d.fields) > len(p.fields) && slices.Equal(d.fields[:len(p.fields)], p.fields)
	})
}

func covers(outer, inner ast.Node) bool {
	return outer.Pos() <= inner.Pos() && inner.End() <= outer.End()
}

// binds reports whether a use inside the writing statement sees the written
// value: it lies in the body of a range loop or of a type switch's clause.
func binds(d *definition, use ast.Node) bool {
	switch n := d.node.(type) {
	case *ast.RangeStmt:
		return covers(n.Body, use)
	case *ast.CaseClause:
		return true
	}
	return false
}

// dominates reports whether a write is always done before use, as far as the
// nesting of blocks tells.
func (x *index) dominates(write, use ast.Node) bool {
	if covers(write, use) {
		return true
	}
	parent := x.parents[write]
	if decl, ok := parent.(*ast.GenDecl); ok {
		parent = x.parents[x.parents[decl]] // GenDecl, DeclStmt, block
	}
	return parent != nil && covers(parent, use)
}

// excluded reports whether control never comes from write to use: they lie in
// different branches, or the branch of the write leaves the function.
func (x *index) excluded(write, use ast.Node) bool {
	for child, n := write, x.parents[write]; n != nil; child, n = n, x.parents[n] {
		if covers(n, use) {
			branch, ok := n.(*ast.IfStmt)
			return ok && branch.Body == child && branch.Else != nil && covers(branch.Else, use) || separate(n, child, use)
		}
		if leaves(n) {
			return true
		}
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
	}
	return false
}

// separate reports whether n is the body of a switch, with child and use in
// different clauses.
func separate(n, child, use ast.Node) bool {
	switch child.(type) {
	case *ast.CaseClause, *ast.CommClause:
		_, ok := n.(*ast.BlockStmt)
		return ok && !covers(child, use)
	}
	return false
}

// leaves reports whether a list of statements ends by leaving the function.
func leaves(n ast.Node) bool {
	var list []ast.Stmt
	switch n := n.(type) {
	case *ast.BlockStmt:
		list = n.List
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	}
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}

// again reports whether a write behind use may come before it: in a loop around
// both, or in a function literal that runs at another time.
func (x *index) again(write, use ast.Node, killer *definition) bool {
	if x.function(write) != x.function(use) {
		return true
	}
	for n := x.parents[use]; n != nil; n = x.parents[n] {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if covers(n, write) && (killer == nil || !covers(n, killer.node) || killer.node == n) {
				return true
			}
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return false
}

// usedAfter lists the uses of a variable that may see what a node did to it.
func (x *index) usedAfter(v *types.Var, n ast.Node) []*ast.Ident {
	var uses []*ast.Ident
	for _, id := range x.uses[v] {
		if !covers(n, id) && (id.Pos() >= n.End() || x.again(n, id, nil)) && !x.assignee(id) {
			uses = append(uses, id)
		}
	}
	return uses
}

// assignee reports whether an identifier is only assigned to.
func (x *index) assignee(id *ast.Ident) bool {
	assign, ok := x.parents[id].(*ast.AssignStmt)
	return ok && assign.Tok == token.ASSIGN && slices.Contains(assign.Lhs, ast.Expr(id))
}
