package terraform

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// fileFunctions read files of the workspace. Terraform runs in the root
// module's directory, so that is what paths start from. What lies outside the
// workspace is not opened.
func (e *evaluator) fileFunctions() map[string]function.Function {
	text := func(name string, encode func(string) string) function.Function {
		return function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}},
			Type:   function.StaticReturnType(cty.String),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				content, err := e.read(args[0].AsString())
				switch {
				case err != nil: // often built by a step that comes before
					return cty.UnknownVal(cty.String), nil
				case name == "file" && !utf8.ValidString(content):
					return cty.NilVal, errors.New("the file is not valid UTF-8")
				}
				return cty.StringVal(encode(content)), nil
			},
		})
	}
	all := map[string]function.Function{
		"file":             text("file", func(s string) string { return s }),
		"filebase64":       text("filebase64", base64Encode),
		"filebase64sha256": text("filebase64sha256", sha256Base64),
		"filebase64sha512": text("filebase64sha512", sha512Base64),
		"filemd5":          text("filemd5", md5Hex),
		"filesha1":         text("filesha1", sha1Hex),
		"filesha256":       text("filesha256", sha256Hex),
		"filesha512":       text("filesha512", sha512Hex),
		"fileexists": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}},
			Type:   function.StaticReturnType(cty.Bool),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				_, err := e.read(args[0].AsString())
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					return cty.UnknownVal(cty.Bool), nil
				}
				return cty.BoolVal(err == nil), nil
			},
		}),
	}
	all["templatefile"] = e.templateFileFunc(maps.Clone(all))
	return all
}

// read returns a file's content.
func (e *evaluator) read(name string) (string, error) {
	if e.loader.tree == nil {
		return "", errors.New("there is no workspace")
	}
	if path.IsAbs(name) {
		return "", fmt.Errorf("%s lies outside the workspace", name)
	}
	f, err := e.loader.tree.Read(path.Join(e.dir, name), maxBytes)
	if err != nil {
		return "", err
	}
	return string(f.Content), nil
}

// templateFileFunc renders a template of the workspace. A template cannot
// render another one.
func (e *evaluator) templateFileFunc(files map[string]function.Function) function.Function {
	render := func(args []cty.Value) (cty.Value, error) {
		content, err := e.read(args[0].AsString())
		if err != nil {
			return cty.UnknownVal(cty.String), nil
		}
		start := hcl.InitialPos
		tokens, _ := hclsyntax.LexTemplate([]byte(content), args[0].AsString(), start) // the parser reports what it finds
		if trouble := checkNesting(tokens); trouble != nil {
			return cty.DynamicVal, errors.New(trouble.message)
		}
		expr, diagnostics := hclsyntax.ParseTemplate([]byte(content), args[0].AsString(), start)
		if diagnostics.HasErrors() {
			return cty.DynamicVal, errors.New(firstError(diagnostics).message)
		}
		countSteps(expr)
		functions := map[string]function.Function{}
		for name, f := range pureFunctions {
			functions[name] = e.limited(name, f)
		}
		for name, f := range files {
			functions[name] = e.limited(name, f)
		}
		vars := bare(args[1])
		if !vars.IsKnown() || vars.IsNull() || !vars.CanIterateElements() {
			return cty.UnknownVal(cty.String), nil
		}
		ctx := &hcl.EvalContext{Functions: functions, Variables: map[string]cty.Value{budgetName: e.base.Variables[budgetName]}}
		ctx = ctx.NewChild()
		ctx.Variables = map[string]cty.Value{}
		for it := vars.ElementIterator(); it.Next(); {
			key, v := it.Element()
			ctx.Variables[bare(key).AsString()] = v
		}
		v, diagnostics := expr.Value(ctx)
		if diagnostics.HasErrors() {
			return cty.DynamicVal, errors.New(firstError(diagnostics).message)
		}
		return v, nil
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{
			{Name: "path", Type: cty.String},
			{Name: "vars", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true},
		},
		Type: func(args []cty.Value) (cty.Type, error) {
			if !args[0].IsKnown() {
				return cty.DynamicPseudoType, nil
			}
			v, err := render(args)
			return v.Type(), err
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return render(args) },
	})
}
