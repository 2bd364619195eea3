package sensitive

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

const shapes = `package p

import (
	"crypto/rsa"
	"net/http"
	"net/url"
	"time"
)

type StringerText string
func (StringerText) String() string { return "***" }

type GoStringerOnly struct { Password string }
func (GoStringerOnly) GoString() string { return "" }

type OnPointer struct { Password string }
func (*OnPointer) String() string { return "" }

type LogValueOnValue struct { Password string }
func (LogValueOnValue) LogValue() any { return nil }

type LogValueOnPointer struct { Password string }
func (*LogValueOnPointer) LogValue() any { return nil }

type NestedLogValue struct { Inner LogValueOnValue }

type WithMarshalJSON struct { Password string }
func (WithMarshalJSON) MarshalJSON() ([]byte, error) { return nil, nil }

type WithMarshalText struct { Password string }
func (WithMarshalText) MarshalText() ([]byte, error) { return nil, nil }

type Dash struct { Password string ` + "`json:\"-\"`" + ` }
type Unexported struct { password string }
type ExportedStringer struct { Password StringerText }
type UnexportedStringer struct { password StringerText }
type Plain struct { Host string; Password string }
type Pointed struct { Inner *Plain }
type Tagged struct { Pass string ` + "`env:\"SMTP_PASSWORD\"`" + `; Seed string ` + "`sensitive:\"true\"`" + ` }
type Deep struct { A struct{ B struct{ Token []byte } } }
type Clean struct { Host, PasswordFile, TokenID string; Password bool; Token int; Expiry time.Time; Secret func() }
type Recursive struct { Next []Recursive; Parent *Recursive; Name string }
type NullString struct { String string; Valid bool }
type Wrapped struct { Token NullString }
type Selector struct { Name, Key string }
type ByReference struct { Secret *Selector; Password Selector }
type Channels struct { Password string; Done chan int }
type Secret string
type Holder struct { Value Secret }
type Tokens struct { Tokens []string; Passwords map[string]string; Secrets int }
type Elements struct { List []Plain; Map map[string]*Plain }
type Sender struct { Header http.Header }
const Connect, Publish byte = 1, 2
type Packet struct { Type byte; Connect struct { Password string }; Publish *Plain }
type PageToken struct { Token string ` + "`json:\"token\"`" + ` }
type AccessToken struct { Token string }
type Direct struct { Connect string ` + "`secret:\"true\"`" + `; Other Plain }
type Message struct { Password string; Sub *Sub }
type Sub struct { Token string }
func (*Message) ProtoMessage() {}
func (*Message) String() string { return "" }

var (
	stringerText StringerText
	goStringer GoStringerOnly
	onPointer OnPointer
	onPointerP *OnPointer
	logValue LogValueOnValue
	logValuePointer LogValueOnPointer
	nestedLogValue NestedLogValue
	marshalJSON WithMarshalJSON
	marshalText WithMarshalText
	dash Dash
	unexported Unexported
	exportedStringer ExportedStringer
	unexportedStringer UnexportedStringer
	plain Plain
	plainP *Plain
	pointed Pointed
	pointedP *Pointed
	tagged Tagged
	deep Deep
	clean Clean
	recursive *Recursive
	wrapped Wrapped
	byReference ByReference
	channels Channels
	secret Secret
	holder Holder
	tokens Tokens
	elements Elements
	header http.Header
	cookie *http.Cookie
	cookies []*http.Cookie
	request *http.Request
	user *url.Userinfo
	address *url.URL
	sender Sender
	rsaKey *rsa.PrivateKey
	message *Message
	packet Packet
	connect struct { Password string }
	direct Direct
	pageToken PageToken
	accessToken *AccessToken
	text string
	number int
)
`

func scope(t *testing.T) *types.Scope {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", shapes, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg.Scope()
}

// The columns are fmt's %v, %+v, %#v, JSON, slog's text and slog's JSON handler;
// L means that the secret shows.
func TestLeakByType(t *testing.T) {
	ways := []logapi.Class{logapi.Plain, logapi.Plus, logapi.GoSyntax, logapi.JSON, logapi.SlogText, logapi.SlogJSON}
	tests := []struct{ name, shows string }{
		{"onPointer", "LLLLLL"},
		{"onPointerP", "..LL.L"},
		{"logValue", "LLLL.."},
		{"logValuePointer", "LLLLLL"},
		{"nestedLogValue", "LLLLLL"},
		{"marshalJSON", "LLL.L."},
		{"marshalText", "LLL..."},
		{"goStringer", "LL.LLL"},
		{"dash", "LLL.L."},
		{"unexported", "LLL.L."},
		{"exportedStringer", "..LL.L"},
		{"unexportedStringer", "LLL.L."},
		{"pointed", "...L.L"},
		{"pointedP", "...L.L"},
		{"plain", "LLLLLL"},
		{"plainP", "LLLLLL"},
		{"tagged", "LLLLLL"},
		{"deep", "LLLLLL"},
		{"wrapped", "LLLLLL"},
		{"holder", "LLLLLL"},
		{"secret", "LLLLLL"},
		{"tokens", "LLLLLL"},
		{"elements", "LLLLLL"},
		{"header", "LLLLLL"},
		{"sender", "LLLLLL"},
		{"cookie", "LLLLLL"},
		{"cookies", "LL.LLL"},
		{"rsaKey", "LLLLLL"},
		{"request", "LLL.L."},
		{"user", "LLL.L."},
		{"message", "LLLLLL"},
		{"channels", "LLL.L."},
		{"address", "......"},
		{"clean", "......"},
		{"recursive", "......"},
		{"byReference", "......"},
		{"packet", "......"}, // of one of several kinds, few of which have a password
		{"connect", "LLLLLL"},
		{"direct", "LLLLLL"},
		{"pageToken", "......"},
		{"accessToken", "LLLLLL"},
		{"text", "......"},
		{"number", "......"},
	}
	names := scope(t)
	w := &Walker{Vocabulary: new(Vocabulary)}
	for _, test := range tests {
		got := ""
		for _, way := range ways {
			if w.Leak(names.Lookup(test.name).Type(), way) != nil {
				got += "L"
			} else {
				got += "."
			}
		}
		if got != test.shows {
			t.Errorf("%s: shows %s, want %s", test.name, got, test.shows)
		}
	}
}

func TestLeakTellsTheWay(t *testing.T) {
	names := scope(t)
	w := &Walker{Vocabulary: new(Vocabulary)}
	for name, want := range map[string]string{
		"deep": "A.B.Token", "tagged": "Pass", "elements": "List.Password", "sender": "Header", "wrapped": "Token.String",
	} {
		leak := w.Leak(names.Lookup(name).Type(), logapi.Either)
		if leak == nil || leak.Path() != want {
			t.Errorf("%s: leak %v, want %s", name, leak, want)
		}
	}
}

func TestLeakTriesFurther(t *testing.T) {
	names := scope(t)
	w := &Walker{Vocabulary: new(Vocabulary)}
	w.Harmless = func(fields []*types.Var) bool { return fields[len(fields)-1].Name() == "Pass" }
	if leak := w.Leak(names.Lookup("tagged").Type(), logapi.JSON); leak == nil || leak.Path() != "Seed" {
		t.Errorf("leak beside a cleared field = %v, want Seed", leak)
	}
}

func TestLeakDistrustsMethods(t *testing.T) {
	names := scope(t)
	w := &Walker{Vocabulary: new(Vocabulary), Redacts: func(*types.Func) bool { return false }}
	for _, name := range []string{"onPointerP", "marshalJSON", "logValue"} {
		if w.Leak(names.Lookup(name).Type(), logapi.SlogJSON) == nil {
			t.Errorf("%s: a method that redacts nothing hides the leak", name)
		}
	}
}

func TestShows(t *testing.T) {
	names := scope(t)
	w := &Walker{Vocabulary: new(Vocabulary)}
	for name, want := range map[string]bool{"stringerText": false, "text": true, "secret": true, "plain": true} {
		if got := w.Shows(names.Lookup(name).Type(), logapi.Plain); got != want {
			t.Errorf("%s: shows = %t, want %t", name, got, want)
		}
	}
	if !w.Shows(names.Lookup("stringerText").Type(), logapi.JSON) {
		t.Error("JSON ignores String, the text must show")
	}
	if w.Shows(names.Lookup("text").Type(), logapi.Hidden) {
		t.Error("a hidden operand shows its text")
	}
}
