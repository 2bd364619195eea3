package sensitive

import (
	"go/types"
	"reflect"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// Text reports whether values of a type are text: strings, bytes, runes, types
// named over them and pointers to them.
func Text(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return characters(u.Elem())
	case *types.Array:
		return characters(u.Elem())
	case *types.Pointer:
		_, nested := u.Elem().Underlying().(*types.Pointer)
		return !nested && Text(u.Elem())
	}
	return false
}

func characters(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && (basic.Kind() == types.Byte || basic.Kind() == types.Rune)
}

// Collection reports whether a type is a slice, array or map whose elements are
// text.
func Collection(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return Text(u.Elem())
	case *types.Array:
		return Text(u.Elem())
	case *types.Map:
		return Text(u.Elem()) || Collection(u.Elem())
	}
	return false
}

// Carries reports whether a value of the type can carry text at all; numbers,
// booleans, times, functions and channels cannot.
func Carries(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Pointer:
		_, nested := u.Elem().Underlying().(*types.Pointer)
		return nested || Carries(u.Elem())
	case *types.Signature, *types.Chan:
		return false
	}
	name := typeName(t)
	return name != "time.Time" && name != "math/big.Int"
}

// Value reports whether a name makes a value of the type a secret.
func (v *Vocabulary) Value(name string, t types.Type) bool {
	switch v.Name(name) {
	case Secret:
		return (Text(t) || Collection(t)) && !NamesFile(name, t)
	case Plural:
		return Collection(t)
	}
	return false
}

// NamesFile reports whether a text called credentials, with no word that says
// whose, is taken for the name of a file that has them.
func NamesFile(name string, t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	words := Words(name)
	return ok && basic.Info()&types.IsString != 0 && len(words) == 1 && (words[0] == "credentials" || words[0] == "creds")
}

// Type reports whether a type's own name makes its values secrets: a Secret
// over a string.
func (v *Vocabulary) Type(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && Text(named) && !v.lexical(named.Obj().Pkg(), named.Obj().Name()) && v.Value(named.Obj().Name(), named)
}

// Object reports whether the declared name of a variable or field makes it a
// secret. In packages about languages a token is a word, not a credential.
func (v *Vocabulary) Object(obj types.Object) bool {
	if field, ok := obj.(*types.Var); v.Personal && ok && !field.IsField() && oneOfSeveral(obj.Name()) {
		return false
	}
	return v.Value(obj.Name(), obj.Type()) && !v.lexical(obj.Pkg(), obj.Name())
}

// oneOfSeveral reports whether a variable may be called so for being the first or
// last of several names, nobody's first name.
func oneOfSeveral(name string) bool {
	words := Words(name)
	return len(words) == 2 && words[1] == "name" && (words[0] == "first" || words[0] == "last" || words[0] == "full")
}

var lexicalPackages = set(`lexer lex lexical parser parsers parse parsing scanner scan scanning token tokens tokenizer
	tokenize ast syntax grammar compiler interpreter template templates expr expression promql logql sqlparser yacc
	markdown highlight nlp llm`)

func (v *Vocabulary) lexical(pkg *types.Package, name string) bool {
	words := Words(name)
	return len(words) > 0 && strings.HasPrefix(words[len(words)-1], "token") && Lexical(pkg)
}

// Lexical reports whether a package is about a language, in which a token is a
// word.
func Lexical(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	for _, word := range Words(pkg.Name()) {
		if lexicalPackages[word] {
			return true
		}
	}
	return false
}

// Field judges a field of a struct by its name and its tag, and by the name of
// the struct if that says more: what a PageToken has in its field Token is a page
// token. Ok is false if the field is harmless.
func (v *Vocabulary) Field(owner types.Type, field *types.Var, tag string) (kind Kind, ok bool) {
	t := reflect.StructTag(tag)
	marks := markers
	if v.Personal {
		marks = personalMarkers
	}
	for key, marked := range marks {
		if value, ok := t.Lookup(key); ok && marked(value) {
			return Tagged, true
		}
	}
	verdict := v.Name(fullName(owner, field))
	if verdict == Cancelled || v.lexical(field.Pkg(), field.Name()) || NamesFile(field.Name(), field.Type()) {
		return 0, false
	}
	if verdict == Secret || verdict == Plural && Collection(field.Type()) {
		return Named, true
	}
	for _, key := range naming {
		name, _, _ := strings.Cut(t.Get(key), ",")
		verdict := v.Name(name)
		if verdict == Secret && !v.lexical(field.Pkg(), name) || verdict == Plural && Collection(field.Type()) {
			return Tagged, true
		}
	}
	return 0, false
}

// fullName is the name of a field, or that of its struct if the field has only
// its last word for a name.
func fullName(owner types.Type, field *types.Var) string {
	if p, ok := types.Unalias(owner).(*types.Pointer); ok {
		owner = p.Elem()
	}
	named, ok := types.Unalias(owner).(*types.Named)
	if !ok {
		return field.Name()
	}
	own, words := Words(field.Name()), Words(named.Obj().Name())
	if len(own) == 1 && len(words) > 1 && words[len(words)-1] == own[0] {
		return named.Obj().Name()
	}
	return field.Name()
}

// naming are the tags whose value is another name of the field.
var naming = []string{"env", "envconfig", "json", "yaml", "toml", "mapstructure", "long", "flag", "koanf"}

// markers are the tags that call a field sensitive.
var markers = map[string]func(value string) bool{
	"sensitive":  affirmed,
	"secret":     affirmed,
	"secure":     affirmed,
	"log":        func(value string) bool { return value == "-" },
	"mask":       func(value string) bool { return value != "" && value != "false" && value != "-" },
	"datapolicy": func(value string) bool { return value != "" },
	"conf":       func(value string) bool { return strings.Contains(value+",", ",mask,") },
}

// personalMarkers are the tags that call a field personal.
var personalMarkers = map[string]func(value string) bool{"pii": affirmed, "gdpr": affirmed, "personal": affirmed}

func affirmed(value string) bool { return value == "true" || value == "yes" || value == "1" }

// typeName returns "net/http.Header" for a named type, pointers and major
// versions left out; "" for any other.
func typeName(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	path := named.Obj().Pkg().Path()
	if strings.HasPrefix(path, "k8s.io/api/") {
		return path + "." + named.Obj().Name()
	}
	return logapi.Path(path) + "." + named.Obj().Name()
}
