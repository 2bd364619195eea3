package sensitive

import (
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// Kind says why a value is taken for a secret.
type Kind uint8

// The kinds of sources.
const (
	Named  Kind = iota // its name
	Tagged             // the tag of its field
	Typed              // its type
	Read               // where it was read: environment, header, form, file of secrets
	Keyed              // the key or label it is logged under
	Built              // made of a secret
)

// A Place is where a function reads named values from.
type Place struct {
	// Title makes a message out of the call's name and key: "environment
	// variable", "request header"; "" shows the call itself.
	Title string
	// Arg is the index of the argument that names the value, -1 if every result
	// is a secret.
	Arg int
	// Result is the index of the secret result.
	Result int
	// Header: the name is judged as a header's.
	Header bool
}

// Origin returns from where a function reads, by import path, receiver type
// ("" for none) and name.
func Origin(path, receiver, name string) (Place, bool) {
	place, ok := origins[logapi.Path(path)+"."+receiver+"."+name]
	return place, ok
}

var origins = map[string]Place{
	"os..Getenv":                                                {},
	"os..LookupEnv":                                             {},
	"os..Environ":                                               {Arg: -1},
	"syscall..Getenv":                                           {},
	"net/http.Header.Get":                                       {Title: "request header", Header: true},
	"net/http.Header.Values":                                    {Title: "request header", Header: true},
	"net/textproto.MIMEHeader.Get":                              {Title: "request header", Header: true},
	"net/http.Request.BasicAuth":                                {Title: "password of the Authorization header", Arg: -1, Result: 1},
	"net/http.Request.FormValue":                                {Title: "form value"},
	"net/http.Request.PostFormValue":                            {Title: "form value"},
	"net/http.Request.PathValue":                                {Title: "path value"},
	"net/http.Request.Cookies":                                  {Title: "cookies of the request", Arg: -1},
	"net/url.Values.Get":                                        {Title: "form value"},
	"golang.org/x/term..ReadPassword":                           {Title: "password read from the terminal", Arg: -1},
	"golang.org/x/crypto/ssh/terminal..ReadPassword":            {Title: "password read from the terminal", Arg: -1},
	"flag..String":                                              {Title: "flag"},
	"flag.FlagSet.String":                                       {Title: "flag"},
	"github.com/spf13/pflag.FlagSet.String":                     {Title: "flag"},
	"github.com/spf13/pflag.FlagSet.StringP":                    {Title: "flag"},
	"github.com/spf13/viper.Viper.GetStringSlice":               {Title: "setting"},
	"github.com/knadh/koanf.Koanf.String":                       {Title: "setting"},
	"github.com/valyala/fasthttp.RequestHeader.Peek":            {Title: "request header", Header: true},
	"google.golang.org/grpc/metadata.MD.Get":                    {Title: "request metadata", Header: true},
	"google.golang.org/grpc/metadata..ValueFromIncomingContext": {Title: "request metadata", Header: true, Arg: 1},
	"github.com/spf13/pflag..String":                            {Title: "flag"},
	"github.com/spf13/pflag..StringP":                           {Title: "flag"},
	"github.com/spf13/pflag.FlagSet.GetString":                  {Title: "flag"},
	"github.com/spf13/viper..GetString":                         {Title: "setting"},
	"github.com/spf13/viper..GetStringSlice":                    {Title: "setting"},
	"github.com/spf13/viper..Get":                               {Title: "setting"},
	"github.com/spf13/viper.Viper.GetString":                    {Title: "setting"},
	"github.com/spf13/viper.Viper.Get":                          {Title: "setting"},
	"github.com/urfave/cli.Context.String":                      {Title: "flag"},
	"github.com/urfave/cli.Command.String":                      {Title: "flag"},
	"github.com/gin-gonic/gin.Context.GetHeader":                {Title: "request header", Header: true},
	"github.com/gin-gonic/gin.Context.PostForm":                 {Title: "form value"},
	"github.com/gin-gonic/gin.Context.Query":                    {Title: "query value"},
	"github.com/gin-gonic/gin.Context.Param":                    {Title: "path value"},
	"github.com/labstack/echo.Context.FormValue":                {Title: "form value"},
	"github.com/labstack/echo.Context.QueryParam":               {Title: "query value"},
	"github.com/gofiber/fiber.Ctx.Get":                          {Title: "request header", Header: true},
	"github.com/gofiber/fiber.Ctx.FormValue":                    {Title: "form value"},
}

// A typedLeak is a type that is sensitive as a whole.
type typedLeak struct {
	name string
	ways logapi.Class // that show it
	// stringer: fmt prints it also behind a pointer, because it has a String
	// method.
	stringer bool
}

const everyWay = fmtWays | logapi.JSON

var typedLeaks = map[string]typedLeak{
	"net/http.Header":           {name: "http.Header", ways: everyWay},
	"net/http.Cookie":           {name: "http.Cookie", ways: everyWay, stringer: true},
	"net/http.Request":          {name: "http.Request", ways: fmtWays},
	"net/url.Userinfo":          {name: "url.Userinfo", ways: fmtWays, stringer: true},
	"crypto/rsa.PrivateKey":     {name: "rsa.PrivateKey", ways: everyWay},
	"crypto/ecdsa.PrivateKey":   {name: "ecdsa.PrivateKey", ways: everyWay},
	"crypto/ed25519.PrivateKey": {name: "ed25519.PrivateKey", ways: everyWay},
	"k8s.io/api/core/v1.Secret": {name: "corev1.Secret", ways: everyWay, stringer: true},

	"github.com/hashicorp/vault/api.Secret":   {name: "api.Secret", ways: everyWay},
	"github.com/hashicorp/vault/api.KVSecret": {name: "api.KVSecret", ways: everyWay},
}

// answered are fields of a type that is sensitive of which these are not: what a
// server answers with is for its client to see.
var answered = map[string]bool{
	"net/http.Response.Header":  true,
	"net/http.Response.Trailer": true,
}

// Answered reports whether a field of a type holds what a server answered.
func Answered(owner types.Type, field string) bool { return answered[typeName(owner)+"."+field] }

// typedFields are fields that hold a secret under a harmless name.
var typedFields = map[string]bool{
	"net/http.Cookie.Value":                 true,
	"net/http.Cookie.Raw":                   true,
	"github.com/golang-jwt/jwt.Token.Raw":   true,
	"github.com/dgrijalva/jwt-go.Token.Raw": true,
	"k8s.io/api/core/v1.Secret.Data":        true,
	"k8s.io/api/core/v1.Secret.StringData":  true,

	"github.com/hashicorp/vault/api.Secret.Data":   true,
	"github.com/hashicorp/vault/api.KVSecret.Data": true,
}

// TypedField reports whether a field of a type holds a secret although its name
// does not say so.
func (v *Vocabulary) TypedField(owner types.Type, field string) bool {
	return !v.Personal && typedFields[typeName(owner)+"."+field]
}

// IsBody reports whether a field of a type is the body of a request.
func IsBody(owner types.Type, field int) bool {
	s, ok := owner.Underlying().(*types.Struct)
	return ok && typeName(owner) == "net/http.Request" && s.Field(field).Name() == "Body"
}

// IsURL reports whether a type is url.URL or a pointer to it.
func IsURL(t types.Type) bool { return typeName(t) == "net/url.URL" }

// IsHeader reports whether a type is http.Header.
func IsHeader(t types.Type) bool { return typeName(t) == "net/http.Header" }

// IsCookie reports whether a type is http.Cookie or a pointer to it.
func IsCookie(t types.Type) bool { return typeName(t) == "net/http.Cookie" }
