package sensitive

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// A Leak is a sensitive part of a value that is printed whole.
type Leak struct {
	Fields []*types.Var // the way to it, empty if the value itself is it
	Kind   Kind
	Type   string // of a Typed leak: "http.Header"
}

// Path joins the names of the fields: "Mail.Pass".
func (l *Leak) Path() string {
	names := make([]string, len(l.Fields))
	for i, field := range l.Fields {
		names[i] = field.Name()
	}
	return strings.Join(names, ".")
}

// A Walker decides what shows when a value is printed.
type Walker struct {
	Vocabulary *Vocabulary
	// Redacts reports whether a method that prints its receiver hides what is
	// sensitive in it. Nil trusts every such method.
	Redacts func(method *types.Func) bool
	// Safe reports whether a field or a type (its name) was declared harmless.
	Safe func(obj types.Object) bool
	// Harmless reports whether the part of the value at hand that the fields
	// lead to is known to hold nothing.
	Harmless func(fields []*types.Var) bool

	// Holds reports whether a field is known to hold something sensitive although
	// its name does not say so.
	Holds func(field *types.Var) (Kind, bool)

	methods typeutil.MethodSetCache
	// clean remembers what holds nothing whatever Harmless says.
	clean map[question]bool
}

// A question is whether a value of a type leaks in some ways.
type question struct {
	t    types.Type
	ways logapi.Class
}

// A state is what the walk of a type depends on besides the type.
type state struct {
	t                                           types.Type
	way                                         logapi.Class
	inside, visible, addressable, secret, proto bool
}

// maxFields bounds the way to a leak.
const maxFields = 5

// Leak returns what sensitive part of a value of type t shows in every one of
// the ways to print it, nil if none is sure to show.
func (w *Walker) Leak(t types.Type, class logapi.Class) *Leak {
	q := question{t, class}
	if w.clean[q] {
		return nil
	}
	var first *Leak
	for one := range class.Each {
		v := visit{Walker: w, way: one, visible: true, seen: make(map[state]bool), excused: new(bool)}
		leak := v.value(t)
		if leak == nil {
			if w.clean == nil {
				w.clean = make(map[question]bool)
			}
			w.clean[q] = !*v.excused
			return nil
		}
		if first == nil {
			first = leak
		}
	}
	return first
}

// Shows reports whether the text of a value of type t that is itself a secret
// shows in at least one of the ways to print it; a type that redacts itself in
// all of them hides it.
func (w *Walker) Shows(t types.Type, class logapi.Class) bool {
	for one := range class.Each {
		if one == logapi.Hidden {
			continue
		}
		v := visit{Walker: w, way: one, visible: true, secret: true, seen: make(map[state]bool), excused: new(bool)}
		if !v.structural(t) || v.value(t) != nil {
			return true
		}
	}
	return false
}

// A visit is one walk through a type in one way to print it.
type visit struct {
	*Walker
	way    logapi.Class
	fields []*types.Var
	depth  int // of values inside others
	// visible: no unexported field lies on the way, so that fmt may call methods.
	visible bool
	// addressable: encoding/json may call methods of the pointer.
	addressable bool
	// secret: the text of this value is a secret, and why.
	secret bool
	kind   Kind
	// seen are the states walked so far: each is walked once, or the walk of a
	// large graph of types would take for ever.
	seen    map[state]bool
	around  []types.Type // types that hold this one
	excused *bool        // Harmless was true somewhere
}

// again reports whether the type was walked in this state before.
func (v visit) again(t types.Type, proto bool) bool {
	s := state{
		t: t, way: v.way, inside: v.depth > 0, visible: v.visible, addressable: v.addressable,
		secret: v.secret, proto: proto,
	}
	if v.seen[s] || slices.ContainsFunc(v.around, func(u types.Type) bool { return types.Identical(t, u) }) {
		return true
	}
	v.seen[s] = true
	return false
}

func (v visit) holds(field *types.Var) (Kind, bool) {
	if v.Holds == nil || !Text(field.Type()) {
		return 0, false
	}
	return v.Holds(field)
}

func (v visit) harmless() bool {
	if v.Harmless == nil || len(v.fields) == 0 || !v.Harmless(v.fields) {
		return false
	}
	*v.excused = true
	return true
}

// structural reports whether the type itself says what shows; values of
// interface types and structs do by what they hold.
func (v visit) structural(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return false
	case *types.Slice:
		return v.structural(u.Elem())
	case *types.Array:
		return v.structural(u.Elem())
	case *types.Map:
		return v.structural(u.Elem())
	case *types.Pointer:
		t = u.Elem()
	}
	_, plain := t.Underlying().(*types.Struct)
	return !plain || v.method(t) != nil || v.method(types.NewPointer(t)) != nil
}

func (v visit) leak(typed string) *Leak {
	kind := v.kind
	if typed != "" {
		kind = Typed
	}
	return &Leak{Fields: append([]*types.Var(nil), v.fields...), Kind: kind, Type: typed}
}

// value walks a value as the printer meets it: methods first.
func (v visit) value(t types.Type) *Leak {
	if v.way == logapi.Hidden || len(v.fields) > maxFields || v.declaredSafe(t) || v.harmless() {
		return nil
	}
	if row, ok := typedLeaks[typeName(t)]; ok && !v.Vocabulary.Personal {
		return v.typed(t, row)
	}
	if !v.secret && v.Vocabulary.Type(t) {
		v.secret, v.kind = true, Named
	}
	if m := v.method(t); m != nil {
		return v.printed(t, m)
	}
	if v.way == logapi.Object {
		return nil
	}
	return v.bare(t)
}

func (v visit) declaredSafe(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && v.Safe != nil && v.Safe(named.Obj())
}

// typed decides about a type that is sensitive as a whole.
func (v visit) typed(t types.Type, row typedLeak) *Leak {
	asked := row.stringer && v.way&(logapi.Plain|logapi.Plus) != 0
	if _, pointer := t.Underlying().(*types.Pointer); pointer && v.depth > 0 && !asked && v.way&fmtWays != 0 {
		return nil // an address
	}
	if row.ways&v.step().way == 0 {
		return nil
	}
	return v.leak(row.name)
}

// printed decides about a value that prints itself by a method.
func (v visit) printed(t types.Type, m *types.Func) *Leak {
	if m.Name() == "String" && v.isProto(t) {
		return v.proto(t)
	}
	if IsURL(t) && v.secret {
		return v.leak("") // String writes the password too
	}
	if v.Redacts == nil || v.Redacts(m) {
		return nil
	}
	if v.secret {
		return v.leak("")
	}
	// It writes something sensitive; find what, taking all of it to show.
	v.way = logapi.GoSyntax
	if leak := v.bare(t); leak != nil {
		return leak
	}
	return v.leak("")
}

// step is the visit of a part: JSON encoders and slog's handlers ask only the
// value at the top for its own method.
func (v visit) step() visit {
	switch v.way {
	case logapi.SlogText, logapi.Logr:
		v.way = logapi.Plus
	case logapi.SlogJSON, logapi.ZapAny, logapi.Zerolog:
		v.way = logapi.JSON
	}
	return v
}

// bare walks a value without asking its methods.
func (v visit) bare(t types.Type) *Leak {
	if Text(t) {
		return v.text(t)
	}
	if v.again(t, false) {
		return nil
	}
	v.around = append(v.around[:len(v.around):len(v.around)], t)
	v = v.step()
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if v.depth > 0 && v.way&fmtWays != 0 {
			return nil // an address
		}
		v.addressable = true
		if v.way&fmtWays != 0 {
			return v.bareOrTyped(u.Elem())
		}
		return v.value(u.Elem())
	case *types.Slice:
		v.addressable = true
		return v.element(u.Elem())
	case *types.Array:
		return v.element(u.Elem())
	case *types.Map:
		v.addressable = false
		return v.element(u.Elem())
	case *types.Struct:
		return v.structure(t, u)
	}
	return nil
}

// bareOrTyped walks what a pointer at the top points to; fmt does not ask the
// methods of the value again.
func (v visit) bareOrTyped(t types.Type) *Leak {
	if row, ok := typedLeaks[typeName(t)]; ok && !v.Vocabulary.Personal {
		return v.typed(t, row)
	}
	return v.bare(t)
}

func (v visit) text(t types.Type) *Leak {
	_, pointer := t.Underlying().(*types.Pointer)
	switch {
	case !v.secret:
		return nil
	case pointer && v.step().way&fmtWays != 0:
		return nil // an address
	}
	return v.leak("")
}

func (v visit) element(t types.Type) *Leak {
	if v.way == logapi.Logfmt {
		return nil
	}
	v.depth++
	return v.value(t)
}

func (v visit) structure(t types.Type, s *types.Struct) *Leak {
	if v.way == logapi.Logfmt || v.way == logapi.JSON && unencodable(s) {
		return nil
	}
	inherit := v.secret && wrapsOneText(s)
	v.depth++
	for i := range s.NumFields() {
		field, tag := s.Field(i), s.Tag(i)
		if v.way == logapi.JSON && skippedByJSON(field, tag) || v.Safe != nil && v.Safe(field) || variant(field) || !v.Vocabulary.Personal && Answered(t, field.Name()) {
			continue
		}
		part := v
		part.fields = append(v.fields[:len(v.fields):len(v.fields)], field)
		part.visible = v.visible && field.Exported()
		if kind, ok := v.Vocabulary.Field(t, field, tag); ok {
			part.secret, part.kind = true, kind
		} else if v.Vocabulary.TypedField(t, field.Name()) {
			part.secret, part.kind = true, Typed
		} else if kind, ok := v.holds(field); ok {
			part.secret, part.kind = true, kind
		} else if !inherit {
			part.secret = false
		}
		if leak := part.value(field.Type()); leak != nil {
			return leak
		}
	}
	return nil
}

// variant reports whether a field is the part that only one kind of value has:
// a struct named like a constant of its package that says so, as in a packet
// with a field Connect and a constant Connect for its type.
func variant(field *types.Var) bool {
	t := field.Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, structure := t.Underlying().(*types.Struct); !structure || field.Embedded() || field.Pkg() == nil {
		return false
	}
	_, constant := field.Pkg().Scope().Lookup(field.Name()).(*types.Const)
	return constant
}

// wrapsOneText reports whether a struct does no more than hold one text, as
// sql.NullString does.
func wrapsOneText(s *types.Struct) bool {
	texts := 0
	for field := range s.Fields() {
		if !Text(field.Type()) {
			continue
		}
		if texts++; !wrapped[strings.ToLower(field.Name())] {
			return false
		}
	}
	return texts == 1
}

var wrapped = set(`value val v s str string secret raw data text plaintext password token`)

func skippedByJSON(field *types.Var, tag string) bool {
	if reflect.StructTag(tag).Get("json") == "-" {
		return true
	}
	_, structure := field.Type().Underlying().(*types.Struct)
	return !field.Exported() && (!field.Embedded() || !structure)
}

// unencodable reports whether encoding/json refuses the struct as a whole: it
// has a field that is a function or a channel.
func unencodable(s *types.Struct) bool {
	for i := range s.NumFields() {
		tag := reflect.StructTag(s.Tag(i)).Get("json")
		if skippedByJSON(s.Field(i), s.Tag(i)) || strings.Contains(tag, ",omitempty") {
			continue
		}
		switch s.Field(i).Type().Underlying().(type) {
		case *types.Signature, *types.Chan:
			return true
		}
	}
	return false
}
