package web

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A serving says what a call that serves is given: indexes of arguments, -1 for
// none.
type serving struct {
	library  string
	protocol Protocol
	object   int // an http.Server; -2 is the receiver
	handler  int // -2 is the receiver
	address  int
	listener int
}

const receiver = -2

func httpServing(library string, handler, address int) serving {
	return serving{library, HTTP, -1, handler, address, -1}
}

// serveTable lists the calls that serve: by import path without version, type of
// the receiver and name.
var serveTable = map[string]serving{
	"net/http..ListenAndServe":          httpServing("net/http", 1, 0),
	"net/http..ListenAndServeTLS":       httpServing("net/http", 3, 0),
	"net/http..Serve":                   {"net/http", HTTP, -1, 1, -1, 0},
	"net/http..ServeTLS":                {"net/http", HTTP, -1, 1, -1, 0},
	"net/http.Server.ListenAndServe":    {"net/http", HTTP, receiver, -1, -1, -1},
	"net/http.Server.ListenAndServeTLS": {"net/http", HTTP, receiver, -1, -1, -1},
	"net/http.Server.Serve":             {"net/http", HTTP, receiver, -1, -1, 0},
	"net/http.Server.ServeTLS":          {"net/http", HTTP, receiver, -1, -1, 0},

	"github.com/prometheus/exporter-toolkit/web..ListenAndServe": {"net/http", HTTP, 0, -1, -1, -1},
	"github.com/prometheus/exporter-toolkit/web..Serve":          {"net/http", HTTP, 1, -1, -1, 0},
	"github.com/prometheus/exporter-toolkit/web..ServeMultiple":  {"net/http", HTTP, 1, -1, -1, -1},

	"github.com/gin-gonic/gin.Engine.Run":         httpServing("gin", receiver, 0),
	"github.com/gin-gonic/gin.Engine.RunTLS":      httpServing("gin", receiver, 0),
	"github.com/gin-gonic/gin.Engine.RunUnix":     httpServing("gin", receiver, -1),
	"github.com/gin-gonic/gin.Engine.RunFd":       httpServing("gin", receiver, -1),
	"github.com/gin-gonic/gin.Engine.RunListener": {"gin", HTTP, -1, receiver, -1, 0},

	"github.com/labstack/echo.Echo.Start":           httpServing("echo", receiver, 0),
	"github.com/labstack/echo.Echo.StartTLS":        httpServing("echo", receiver, 0),
	"github.com/labstack/echo.Echo.StartAutoTLS":    httpServing("echo", receiver, 0),
	"github.com/labstack/echo.Echo.StartH2CServer":  httpServing("echo", receiver, 0),
	"github.com/labstack/echo.Echo.StartServer":     {"echo", HTTP, 0, receiver, -1, -1},
	"github.com/labstack/echo.StartConfig.Start":    httpServing("echo", 1, -1),
	"github.com/labstack/echo.StartConfig.StartTLS": httpServing("echo", 1, -1),
	"github.com/urfave/negroni.Negroni.Run":         httpServing("negroni", receiver, 0),
	"github.com/tylerb/graceful..Run":               httpServing("graceful", 2, 0),
	"gopkg.in/tylerb/graceful..Run":                 httpServing("graceful", 2, 0),
	"github.com/fvbock/endless..ListenAndServe":     httpServing("endless", 1, 0),

	"github.com/gofiber/fiber.App.Listen":                   {"fiber", FastHTTP, -1, receiver, 0, -1},
	"github.com/gofiber/fiber.App.ListenTLS":                {"fiber", FastHTTP, -1, receiver, 0, -1},
	"github.com/gofiber/fiber.App.Listener":                 {"fiber", FastHTTP, -1, receiver, -1, 0},
	"github.com/valyala/fasthttp..ListenAndServe":           {"fasthttp", FastHTTP, -1, 1, 0, -1},
	"github.com/valyala/fasthttp..ListenAndServeTLS":        {"fasthttp", FastHTTP, -1, 3, 0, -1},
	"github.com/valyala/fasthttp..Serve":                    {"fasthttp", FastHTTP, -1, 1, -1, 0},
	"github.com/valyala/fasthttp.Server.ListenAndServe":     {"fasthttp", FastHTTP, receiver, -1, 0, -1},
	"github.com/valyala/fasthttp.Server.ListenAndServeTLS":  {"fasthttp", FastHTTP, receiver, -1, 0, -1},
	"github.com/valyala/fasthttp.Server.ListenAndServeUNIX": {"fasthttp", FastHTTP, receiver, -1, -1, -1},
	"github.com/valyala/fasthttp.Server.Serve":              {"fasthttp", FastHTTP, receiver, -1, -1, 0},

	"google.golang.org/grpc.Server.Serve": {"grpc", GRPC, -1, -1, -1, 0},
}

func serveKey(c *call) string { return c.path + "." + c.typ + "." + c.name }

// isConfigured reports whether a type is a server or client whose fields say how
// long it waits.
func isConfigured(named *types.Named) bool { return configuredName(named) != "" }

func configuredName(t types.Type) string {
	for name, path := range map[string]string{
		"http.Server": "net/http", "http.Client": "net/http", "fasthttp.Server": "github.com/valyala/fasthttp",
		"resty.Client": "github.com/go-resty/resty", "retryablehttp.Client": "github.com/hashicorp/go-retryablehttp",
	} {
		if isNamed(t, path, name[strings.IndexByte(name, '.')+1:]) {
			return name
		}
	}
	return ""
}

// serving notes a call that serves.
func (g *gatherer) serving(c *call, at ast.Node) {
	s, ok := serveTable[serveKey(c)]
	if !ok {
		return
	}
	e := Event{Kind: serve, Protocol: s.protocol, Library: s.library, Name: callText(at, c.fn)}
	if s.object != -1 {
		server := c.of(s.object)
		g.lasting(server)
		e.To = g.cell(server)
	}
	if s.library == "echo" && s.object == -1 {
		if e.Limited = strings.Contains(c.fn.Pkg().Path(), "/v5"); !e.Limited {
			e.To = fieldPrefix + c.fn.Pkg().Path() + ".Echo.Server"
		}
	}
	if s.handler != -1 {
		handler := c.of(s.handler)
		if e.Handler = g.cell(handler); isNil(handler) {
			e.Handler = defaultMux
		}
		if named := namedOf(plain(handler).Type()); named != nil && isRouter(named) {
			g.add(nil, Event{Kind: flow, To: e.Handler, From: routerPrefix + named.Obj().Pkg().Path()})
		}
	}
	texts := []Text{nil}
	switch {
	case s.address >= 0:
		if addresses := c.rest(s.address); len(addresses) > 0 {
			texts = g.texts(addresses[0])
		}
	case s.listener >= 0:
		texts = g.listenedOn(c.arg(s.listener))
	}
	g.want(texts)
	for _, text := range texts {
		e.Text = text
		g.add(at, e)
	}
}

// of returns an argument or the receiver.
func (c *call) of(i int) ssa.Value {
	if i == receiver {
		return c.recv
	}
	return c.arg(i)
}

func isNil(v ssa.Value) bool {
	c, ok := plain(v).(*ssa.Const)
	return ok && c.Value == nil
}

// listenedOn returns the address that a listener was made with, or the cell that
// holds the listener.
func (g *gatherer) listenedOn(v ssa.Value) []Text {
	switch v := plain(v).(type) {
	case *ssa.Parameter:
		return []Text{{g.cell(v)}}
	case *ssa.UnOp:
		if cell := g.cell(v); strings.HasPrefix(cell, fieldPrefix) {
			return []Text{{cell}}
		}
	}
	if extract, ok := plain(v).(*ssa.Extract); ok {
		if instr, ok := extract.Tuple.(*ssa.Call); ok {
			c := g.callOf(instr)
			network, _ := constantOf(c.arg(0))
			switch {
			case !c.is("net", "", "Listen", "ListenUnix") && !c.is("crypto/tls", "", "Listen"):
			case strings.HasPrefix(network, "unix"):
				return []Text{literal(unixSocket)}
			default:
				return g.texts(c.arg(1))
			}
		}
	}
	return []Text{nil}
}

func isListener(t types.Type) bool { return isNamed(t, "net", "Listener") }

// lasting notes a server or client that is a field or variable by itself, not
// behind a pointer.
func (g *gatherer) lasting(v ssa.Value) {
	switch v.(type) {
	case *ssa.FieldAddr, *ssa.Global:
	default:
		return
	}
	pointer, ok := v.Type().Underlying().(*types.Pointer)
	if !ok {
		return
	}
	if _, ok := pointer.Elem().Underlying().(*types.Struct); ok {
		g.add(nil, Event{Kind: object, To: g.cell(v), Library: configuredName(pointer.Elem())})
	}
}

// made notes the literal of a server or client, or a variable of one.
func (g *gatherer) made(v *ssa.Alloc) {
	elem := v.Type().Underlying().(*types.Pointer).Elem()
	if _, ok := elem.Underlying().(*types.Struct); !ok {
		return
	}
	if named, ok := types.Unalias(elem).(*types.Named); !ok || !isConfigured(named) {
		return
	}
	if copies(v) {
		return
	}
	at := g.syntax(v.Pos())
	g.add(at, Event{Kind: object, To: g.cell(v), Library: configuredName(elem), Literal: at != nil})
}

// copies reports whether a variable holds a copy of another value, such as that
// of a literal.
func copies(v *ssa.Alloc) bool {
	return slices.ContainsFunc(*v.Referrers(), func(user ssa.Instruction) bool {
		store, ok := user.(*ssa.Store)
		return ok && store.Addr == v
	})
}

// setting notes that a field of a server or client is set.
func (g *gatherer) setting(instr *ssa.Store) {
	field, ok := instr.Addr.(*ssa.FieldAddr)
	if !ok || configuredName(field.X.Type()) == "" {
		return
	}
	g.lasting(field.X)
	to, name := g.cell(field.X), fieldsOf(field.X.Type()).Field(field.Field).Name()
	if to == "" || isZero(instr.Val) {
		return
	}
	if name == "Handler" {
		g.handlerOf(to, instr.Val)
		return
	}
	if name == "Transport" && dials(instr.Val) {
		g.add(nil, Event{Kind: set, To: to, Name: Dialer, Text: unknownTexts[0]})
	}
	texts := unknownTexts
	if isText(instr.Val.Type()) {
		texts = g.texts(instr.Val)
		g.want(texts)
	}
	for _, text := range texts {
		g.add(nil, Event{Kind: set, To: to, Name: name, Text: text})
	}
}

// dials reports whether a transport is a literal that makes its connections by a
// function of its own.
func dials(transport ssa.Value) bool {
	made, ok := plain(transport).(*ssa.Alloc)
	if !ok {
		return false
	}
	return slices.ContainsFunc(*made.Referrers(), func(user ssa.Instruction) bool {
		field, ok := user.(*ssa.FieldAddr)
		return ok && strings.HasPrefix(fieldsOf(field.X.Type()).Field(field.Field).Name(), "Dial")
	})
}

// handlerOf notes what answers for a server: it is held by a cell beside that of
// the server.
func (g *gatherer) handlerOf(server string, handler ssa.Value) {
	cell := g.cell(handler)
	if cell == "" {
		cell = foreignPrefix + "handler"
	}
	g.add(nil, Event{Kind: flow, To: server + handlerSuffix, From: cell})
}

const handlerSuffix = "#Handler"

func isZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if !ok {
		return false
	}
	if c.Value == nil {
		return true
	}
	switch c.Value.Kind() {
	case constant.Int, constant.Float:
		return constant.Sign(c.Value) == 0
	case constant.String:
		return constant.StringVal(c.Value) == ""
	}
	return false
}

// unixSocket is the address of what listens on a socket in the file system.
const unixSocket = "unix:"

// Loopback reports whether an address can only be reached from the same host.
func Loopback(address string) bool {
	if address == unixSocket {
		return true
	}
	host := address
	if i := strings.LastIndexByte(address, ':'); i >= 0 {
		if _, err := strconv.Atoi(address[i+1:]); err == nil || address[i+1:] == unknownText || address[i+1:] == "" {
			host = address[:i]
		}
	}
	return slices.Contains([]string{"localhost", "[::1]", "::1"}, host) || strings.HasPrefix(host, "127.")
}
