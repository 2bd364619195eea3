package sensitive

import (
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// fmtWays are the ways that go through package fmt.
const fmtWays = logapi.Plain | logapi.Plus | logapi.GoSyntax | logapi.Raw

// consulted lists by way which methods of a value decide how it prints, in the
// order in which they are asked.
var consulted = map[logapi.Class][]string{
	logapi.Plain:    {"Format", "Error", "String"},
	logapi.Plus:     {"Format", "Error", "String"},
	logapi.GoSyntax: {"Format", "GoString"},
	logapi.Raw:      {"Format"},
	logapi.JSON:     {"MarshalJSON", "MarshalText"},
	logapi.SlogText: {"LogValue", "MarshalText", "Format", "Error", "String"},
	logapi.SlogJSON: {"LogValue", "MarshalJSON", "Error", "MarshalText"},
	logapi.ZapAny:   {"MarshalLogObject", "MarshalLogArray", "Error", "String", "MarshalJSON", "MarshalText"},
	logapi.Zerolog:  {"MarshalZerologObject", "MarshalJSON", "MarshalText"},
	logapi.Logr:     {"MarshalLog", "LogValue", "Format", "Error", "String"},
	logapi.Logfmt:   {"MarshalText", "Error", "String"},
	logapi.Object:   {"MarshalLogObject", "MarshalLogArray", "MarshalZerologObject", "MarshalZerologArray", "MarshalObject"},
}

// method returns the method that decides how a value of type t prints, nil if
// its parts do.
func (v visit) method(t types.Type) *types.Func {
	if _, ok := t.Underlying().(*types.Interface); ok {
		return nil
	}
	if v.way&fmtWays != 0 && !v.visible {
		return nil
	}
	for _, name := range consulted[v.way] {
		if m := v.lookup(t, name); m != nil {
			return m
		}
	}
	return nil
}

func (v visit) lookup(t types.Type, name string) *types.Func {
	if v.addressable && v.way == logapi.JSON {
		if _, pointer := t.Underlying().(*types.Pointer); !pointer {
			t = types.NewPointer(t)
		}
	}
	sel := v.methods.MethodSet(t).Lookup(nil, name)
	if sel == nil {
		return nil
	}
	m, ok := sel.Obj().(*types.Func)
	if !ok || !fits(m) {
		return nil
	}
	return m
}

// fits reports whether a method has as many parameters and results as the
// interface it is looked up for.
func fits(m *types.Func) bool {
	params, results := m.Signature().Params().Len(), m.Signature().Results().Len()
	switch m.Name() {
	case "String", "Error", "GoString", "LogValue", "MarshalLog":
		return params == 0 && results == 1
	case "MarshalJSON", "MarshalText":
		return params == 0 && results == 2
	case "Format":
		return params == 2 && results == 0
	}
	return params == 1
}

// IsMessage reports whether a type is a protobuf message.
func (w *Walker) IsMessage(t types.Type) bool { return visit{Walker: w}.isProto(t) }

// isProto reports whether a type is a protobuf message, whose generated String
// method prints every field.
func (v visit) isProto(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	return v.methods.MethodSet(t).Lookup(nil, "ProtoMessage") != nil
}

// proto walks a protobuf message as text format prints it: all exported fields,
// messages behind pointers too.
func (v visit) proto(t types.Type) *Leak {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || len(v.fields) > maxFields || v.again(t, true) {
		return nil
	}
	for i := range s.NumFields() {
		field := s.Field(i)
		if !field.Exported() || v.Safe != nil && v.Safe(field) {
			continue
		}
		part := v
		part.fields = append(v.fields[:len(v.fields):len(v.fields)], field)
		if part.harmless() {
			continue
		}
		kind, ok := v.Vocabulary.Field(t, field, s.Tag(i))
		if ok && (Text(field.Type()) || Collection(field.Type())) {
			part.kind = kind
			return part.leak("")
		}
		if elem := messageOf(field.Type()); elem != nil && v.isProto(elem) {
			if leak := part.proto(elem); leak != nil {
				return leak
			}
		}
	}
	return nil
}

// messageOf returns the struct behind a pointer, slice or map of a field.
func messageOf(t types.Type) types.Type {
	for {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		case *types.Struct:
			return t
		default:
			return nil
		}
	}
}
