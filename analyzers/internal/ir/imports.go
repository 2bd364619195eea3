package ir

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// declareImports creates the packages that the package at hand imports or uses
// something of, each with no more than what is used. A package of a large
// library has thousands of functions; the SSA form of all of them would take
// more memory than that of the package itself.
func (p *Package) declareImports(prog *ssa.Program) {
	used := make(map[*types.Package]map[types.Object]bool)
	for _, imported := range p.pass.Pkg.Imports() {
		used[imported] = make(map[types.Object]bool)
	}
	for _, obj := range p.pass.TypesInfo.Uses {
		pkg := obj.Pkg()
		if pkg == nil || pkg == p.pass.Pkg || pkg == types.Unsafe {
			continue
		}
		switch o := obj.(type) {
		case *types.Func:
			obj = o.Origin()
		case *types.Var:
			if o.IsField() || o.Parent() != pkg.Scope() {
				continue
			}
		case *types.Const:
			if o.Parent() != pkg.Scope() {
				continue
			}
		default:
			continue
		}
		if used[pkg] == nil {
			used[pkg] = make(map[types.Object]bool)
		}
		used[pkg][obj] = true
	}
	for pkg, objects := range used {
		declare(prog, pkg, objects)
	}
}

// declare creates a package with some of its functions, methods, variables and
// constants. They are handed over as if a file declared them: as constants,
// because of those no syntax is asked for.
func declare(prog *ssa.Program, pkg *types.Package, objects map[types.Object]bool) {
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object, len(objects))}
	spec := &ast.ValueSpec{}
	for obj := range objects {
		if fn, ok := obj.(*types.Func); ok && types.IsInterface(receiver(fn)) {
			continue
		}
		id := ast.NewIdent(obj.Name())
		info.Defs[id] = obj
		spec.Names = append(spec.Names, id)
	}
	slices.SortFunc(spec.Names, func(a, b *ast.Ident) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(info.Defs[a].Pos(), info.Defs[b].Pos()))
	})
	file := &ast.File{Name: ast.NewIdent(pkg.Name()), Decls: []ast.Decl{&ast.GenDecl{Tok: token.CONST, Specs: []ast.Spec{spec}}}}
	prog.CreatePackage(pkg, []*ast.File{file}, info, true)
}

// receiver returns the type of a method's receiver, an invalid one for a function.
func receiver(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}
