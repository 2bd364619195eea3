package terraform

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// pureFunctions need neither files nor the clock.
var pureFunctions = map[string]function.Function{
	// As the library has them.
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "chomp": stdlib.ChompFunc, "chunklist": stdlib.ChunklistFunc,
	"coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc,
	"csvdecode": stdlib.CSVDecodeFunc, "distinct": stdlib.DistinctFunc, "flatten": stdlib.FlattenFunc, "floor": stdlib.FloorFunc,
	"format": stdlib.FormatFunc, "formatdate": stdlib.FormatDateFunc, "formatlist": stdlib.FormatListFunc, "indent": stdlib.IndentFunc,
	"join": stdlib.JoinFunc, "jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc, "keys": stdlib.KeysFunc,
	"log": stdlib.LogFunc, "lower": stdlib.LowerFunc, "max": stdlib.MaxFunc, "merge": stdlib.MergeFunc, "min": stdlib.MinFunc,
	"parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "range": stdlib.RangeFunc, "regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc,
	"reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc, "setproduct": stdlib.SetProductFunc,
	"setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc, "signum": stdlib.SignumFunc, "slice": stdlib.SliceFunc,
	"sort": stdlib.SortFunc, "split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "timeadd": stdlib.TimeAddFunc,
	"title": stdlib.TitleFunc, "trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimspace": stdlib.TrimSpaceFunc,
	"trimsuffix": stdlib.TrimSuffixFunc, "upper": stdlib.UpperFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
	"can": tryfunc.CanFunc, "try": tryfunc.TryFunc,
	"yamldecode": ctyyaml.YAMLDecodeFunc, "yamlencode": ctyyaml.YAMLEncodeFunc,
	"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)), "tonumber": stdlib.MakeToFunc(cty.Number),
	"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
	// Where Terraform differs from the library, or adds to it.
	"alltrue": allTrueFunc, "anytrue": anyTrueFunc, "coalesce": coalesceFunc, "element": elementFunc, "index": indexFunc, "length": lengthFunc,
	"lookup": lookupFunc, "matchkeys": matchKeysFunc, "one": oneFunc, "sum": sumFunc, "transpose": transposeFunc,
	"base64decode": base64DecodeFunc, "base64encode": textFunc(base64Encode), "endswith": textTestFunc(strings.HasSuffix),
	"replace": replaceFunc, "startswith": textTestFunc(strings.HasPrefix), "strcontains": textTestFunc(strings.Contains),
	"urlencode": textFunc(urlEncode), "urldecode": urlDecodeFunc,
	"md5": textFunc(md5Hex), "sha1": textFunc(sha1Hex), "sha256": textFunc(sha256Hex), "sha512": textFunc(sha512Hex),
	"base64sha256": textFunc(sha256Base64), "base64sha512": textFunc(sha512Base64),
	"cidrhost": cidrHostFunc, "cidrnetmask": cidrNetmaskFunc, "cidrsubnet": cidrSubnetFunc, "cidrsubnets": cidrSubnetsFunc,
	"cidrcontains": cidrContainsFunc, "timecmp": timeCompareFunc,
	"basename": textFunc(baseName), "dirname": textFunc(dirName),
	"issensitive": isSensitiveFunc, "nonsensitive": nonsensitiveFunc, "sensitive": sensitiveFunc, "ephemeralasnull": sameFunc,
	// What only exists at run time, or is not computed here.
	"bcrypt": unknownFunc(cty.String), "plantimestamp": unknownFunc(cty.String), "rsadecrypt": unknownFunc(cty.String),
	"timestamp": unknownFunc(cty.String), "uuid": unknownFunc(cty.String), "uuidv5": unknownFunc(cty.String),
	"base64gzip": unknownFunc(cty.String), "base64gunzip": unknownFunc(cty.String), "textdecodebase64": unknownFunc(cty.String),
	"textencodebase64": unknownFunc(cty.String), "templatestring": unknownFunc(cty.String), "abspath": unknownFunc(cty.String),
	"pathexpand": unknownFunc(cty.String), "fileset": unknownFunc(cty.Set(cty.String)),
}

// functions returns the functions of the language for one evaluator, each
// within its limits, also under the name core::….
func (e *evaluator) functions() map[string]function.Function {
	all := maps.Clone(pureFunctions)
	maps.Copy(all, e.fileFunctions())
	out := make(map[string]function.Function, 2*len(all))
	for name, f := range all {
		f = e.limited(name, f)
		out[name], out["core::"+name] = f, f
	}
	return out
}

// limited wraps a function so that neither what it is given nor what it returns
// is larger than a value may be, and the work counts.
func (e *evaluator) limited(name string, f function.Function) function.Function {
	if name == "try" || name == "can" { // they take expressions, not values
		return f
	}
	measureAll := func(args []cty.Value) error {
		total := 1
		for i, arg := range args {
			elements, ok := measure(arg)
			if !ok {
				return errTooLarge
			}
			if converted(f, i) {
				elements *= costConversion
			}
			total += elements
		}
		if !e.budget.spend(total) {
			return errTooLong
		}
		return explosive(name, args)
	}
	return function.New(&function.Spec{
		Description: f.Description(),
		Params:      f.Params(),
		VarParam:    f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) {
			if err := measureAll(args); err != nil {
				return cty.DynamicPseudoType, err
			}
			return f.ReturnTypeForValues(args)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, err := f.Call(args)
			if err != nil {
				return v, err
			}
			if _, ok := measure(v); !ok {
				return cty.DynamicVal, errTooLarge
			}
			return v, nil
		},
	})
}

// converted reports whether the i-th argument is turned into a list, set or map
// before the function sees it.
func converted(f function.Function, i int) bool {
	switch params := f.Params(); {
	case i < len(params):
		return params[i].Type.IsCollectionType()
	case f.VarParam() != nil:
		return f.VarParam().Type.IsCollectionType()
	}
	return false
}

// explosive refuses calls whose result is out of proportion to what they are
// given: products, widths, repetitions.
func explosive(name string, args []cty.Value) error {
	switch name {
	case "setproduct":
		product := 1
		for _, arg := range args {
			if arg = bare(arg); arg.IsKnown() && !arg.IsNull() && arg.CanIterateElements() {
				if product *= arg.LengthInt() + 1; product > maxElements {
					return errTooLarge
				}
			}
		}
	case "format", "formatlist":
		if len(args) > 0 && isString(args[0]) && longNumber(bare(args[0]).AsString(), 5) {
			return errTooLarge
		}
	case "join", "replace": // the longest text may come out once per element or byte of the others
		repeats, longest := 1, 1
		for _, arg := range args {
			steps, _ := measure(arg)
			repeats += steps
			if isString(arg) {
				longest = max(longest, len(bare(arg).AsString()))
			}
		}
		if repeats*longest > 64*maxBytes {
			return errTooLarge
		}
	}
	return nil
}

// longNumber reports whether a text contains a run of more than n digits.
func longNumber(text string, n int) bool {
	run := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			run = 0
			continue
		}
		if run++; run > n {
			return true
		}
	}
	return false
}

// unknownFunc is a function whose result is of a known type and nothing else.
func unknownFunc(result cty.Type) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "arguments", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true},
		Type:     function.StaticReturnType(result),
		Impl:     func([]cty.Value, cty.Type) (cty.Value, error) { return cty.UnknownVal(result), nil },
	})
}
