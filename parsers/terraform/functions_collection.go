package terraform

import (
	"errors"
	"fmt"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// quantified folds a list of booleans: the first element that equals decisive
// decides, an unknown one leaves the result open.
func quantified(decisive bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool), AllowUnknown: true}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsKnown() {
				return cty.UnknownVal(cty.Bool), nil
			}
			result := cty.BoolVal(!decisive)
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				switch {
				case !v.IsKnown():
					result = cty.UnknownVal(cty.Bool)
				case v.IsNull() && !decisive, !v.IsNull() && v.True() == decisive:
					return cty.BoolVal(decisive), nil
				}
			}
			return result, nil
		},
	})
}

var (
	allTrueFunc = quantified(false)
	anyTrueFunc = quantified(true)
)

// coalesceFunc returns the first argument that is neither null nor "".
var coalesceFunc = function.New(&function.Spec{
	VarParam: &function.Parameter{Name: "values", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true},
	Type: func(args []cty.Value) (cty.Type, error) {
		types := make([]cty.Type, len(args))
		for i, v := range args {
			types[i] = v.Type()
		}
		result, _ := convert.UnifyUnsafe(types)
		if result == cty.NilType {
			return cty.NilType, errors.New("all arguments must have the same type")
		}
		return result, nil
	},
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		for _, v := range args {
			v, err := convert.Convert(v, result)
			switch {
			case err != nil:
				return cty.NilVal, err
			case !v.IsKnown():
				return cty.UnknownVal(result), nil
			case v.IsNull() || v.Type() == cty.String && v.AsString() == "":
				continue
			}
			return v, nil
		}
		return cty.NilVal, errors.New("no argument is other than null or empty")
	},
})

// elementFunc wraps around at both ends.
var elementFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "index", Type: cty.Number}},
	Type: func(args []cty.Value) (cty.Type, error) {
		list, index := args[0], args[1]
		switch {
		case list.Type().IsListType():
			return list.Type().ElementType(), nil
		case !list.Type().IsTupleType():
			return cty.DynamicPseudoType, fmt.Errorf("cannot read elements from %s", list.Type().FriendlyName())
		case !index.IsKnown() || len(list.Type().TupleElementTypes()) == 0:
			return cty.DynamicPseudoType, nil
		}
		i, err := wrapped(index, len(list.Type().TupleElementTypes()))
		if err != nil {
			return cty.DynamicPseudoType, err
		}
		return list.Type().TupleElementTypes()[i], nil
	},
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		list := args[0]
		if !list.IsKnown() || !args[1].IsKnown() {
			return cty.UnknownVal(result), nil
		}
		i, err := wrapped(args[1], list.LengthInt())
		if err != nil {
			return cty.NilVal, err
		}
		return list.Index(cty.NumberIntVal(int64(i))), nil
	},
})

// wrapped returns an index modulo the length.
func wrapped(index cty.Value, length int) (int, error) {
	if length == 0 {
		return 0, errors.New("cannot use element function with an empty list")
	}
	i, exact := index.AsBigFloat().Int64()
	if exact != 0 {
		return 0, errors.New("the index is not a whole number")
	}
	return int((i%int64(length) + int64(length)) % int64(length)), nil
}

// indexFunc returns where a value stands in a list.
var indexFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "value", Type: cty.DynamicPseudoType}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].CanIterateElements() {
			return cty.NilVal, errors.New("the first argument must be a list")
		}
		for it := args[0].ElementIterator(); it.Next(); {
			i, v := it.Element()
			equal, err := stdlib.Equal(v, args[1])
			switch {
			case err != nil:
				return cty.NilVal, err
			case !equal.IsKnown():
				return cty.UnknownVal(cty.Number), nil
			case equal.True():
				return i, nil
			}
		}
		return cty.NilVal, errors.New("the list does not hold the value")
	},
})

// lengthFunc also counts the characters of strings and the attributes of objects.
var lengthFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowDynamicType: true}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v := args[0]
		switch t := v.Type(); {
		case t == cty.DynamicPseudoType:
			return cty.UnknownVal(cty.Number), nil
		case t == cty.String:
			return stdlib.Strlen(v)
		case t.IsTupleType():
			return cty.NumberIntVal(int64(len(t.TupleElementTypes()))), nil
		case t.IsObjectType():
			return cty.NumberIntVal(int64(len(t.AttributeTypes()))), nil
		case t.IsCollectionType():
			return v.Length(), nil
		}
		return cty.NilVal, errors.New("the argument must be a string, a collection, or a structural type")
	},
})

// lookupFunc reads a map with a default of any type.
var lookupFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "map", Type: cty.DynamicPseudoType, AllowMarked: true}, {Name: "key", Type: cty.String, AllowMarked: true},
	},
	VarParam: &function.Parameter{Name: "default", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true},
	Type: func(args []cty.Value) (cty.Type, error) {
		v, err := lookup(args)
		if err != nil {
			return cty.DynamicPseudoType, err
		}
		return v.Type(), nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return lookup(args) },
})

func lookup(args []cty.Value) (cty.Value, error) {
	collection, marks := args[0].Unmark()
	key, keyMarks := args[1].Unmark()
	t := collection.Type()
	if !t.IsObjectType() && !t.IsMapType() {
		return cty.DynamicVal, errors.New("lookup requires a map as the first argument")
	}
	if len(args) > 3 {
		return cty.DynamicVal, errors.New("lookup takes two or three arguments")
	}
	if !collection.IsKnown() || !key.IsKnown() {
		return cty.DynamicVal.WithMarks(marks, keyMarks), nil
	}
	name := key.AsString()
	switch {
	case t.IsObjectType() && t.HasAttribute(name):
		return collection.GetAttr(name).WithMarks(marks, keyMarks), nil
	case t.IsMapType() && bare(collection.HasIndex(key)).True():
		return collection.Index(key).WithMarks(marks, keyMarks), nil
	case len(args) == 3:
		return args[2].WithMarks(marks, keyMarks), nil
	}
	return cty.DynamicVal, errors.New("the map has no such key and there is no default")
}

// matchKeysFunc keeps the values whose key is wanted.
var matchKeysFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "values", Type: cty.List(cty.DynamicPseudoType)}, {Name: "keys", Type: cty.List(cty.DynamicPseudoType)},
		{Name: "wanted", Type: cty.List(cty.DynamicPseudoType)},
	},
	Type: func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		values, keys, wanted := args[0].AsValueSlice(), args[1].AsValueSlice(), args[2].AsValueSlice()
		if !args[0].IsWhollyKnown() || !args[1].IsWhollyKnown() || !args[2].IsWhollyKnown() {
			return cty.UnknownVal(result), nil
		}
		if len(values) != len(keys) {
			return cty.NilVal, errors.New("values and keys must be of the same length")
		}
		var kept []cty.Value
		for i, key := range keys {
			if slices.ContainsFunc(wanted, key.RawEquals) {
				kept = append(kept, values[i])
			}
		}
		if len(kept) == 0 {
			return cty.ListValEmpty(result.ElementType()), nil
		}
		return cty.ListVal(kept), nil
	},
})

// oneFunc turns a collection of at most one element into that element or null.
var oneFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		switch t := args[0].Type(); {
		case t.IsListType() || t.IsSetType():
			return t.ElementType(), nil
		case t.IsTupleType() && len(t.TupleElementTypes()) == 1:
			return t.TupleElementTypes()[0], nil
		case t.IsTupleType() && len(t.TupleElementTypes()) == 0:
			return cty.DynamicPseudoType, nil
		}
		return cty.NilType, errors.New("must be a list, set, or tuple value with either zero or one elements")
	},
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		if !args[0].IsKnown() {
			return cty.UnknownVal(result), nil
		}
		switch args[0].LengthInt() {
		case 0:
			return cty.NullVal(result), nil
		case 1:
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				return v, nil
			}
		}
		return cty.NilVal, errors.New("must be a list, set, or tuple value with either zero or one elements")
	},
})

var sumFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].CanIterateElements() || args[0].LengthInt() == 0 {
			return cty.NilVal, errors.New("cannot sum an empty list")
		}
		sum := cty.Zero
		for it := args[0].ElementIterator(); it.Next(); {
			_, v := it.Element()
			v, err := convert.Convert(v, cty.Number)
			if err != nil || v.IsNull() {
				return cty.NilVal, errors.New("the list holds something that is no number")
			}
			if sum, err = stdlib.Add(sum, v); err != nil {
				return cty.NilVal, err
			}
		}
		return sum, nil
	},
})

// transposeFunc turns a map of lists of strings around.
var transposeFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "values", Type: cty.Map(cty.List(cty.String))}},
	Type:   function.StaticReturnType(cty.Map(cty.List(cty.String))),
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(result), nil
		}
		turned := map[string][]cty.Value{}
		for it := args[0].ElementIterator(); it.Next(); {
			key, list := it.Element()
			for inner := list.ElementIterator(); inner.Next(); {
				_, v := inner.Element()
				if v.IsNull() {
					return cty.NilVal, errors.New("a list holds null")
				}
				turned[v.AsString()] = append(turned[v.AsString()], key)
			}
		}
		if len(turned) == 0 {
			return cty.MapValEmpty(cty.List(cty.String)), nil
		}
		out := map[string]cty.Value{}
		for key, list := range turned {
			out[key] = cty.ListVal(list)
		}
		return cty.MapVal(out), nil
	},
})
