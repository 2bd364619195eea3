package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Program is what a program shows to the network, and what it measures and
// calls. Each list is in the order of packages, files and lines.
type Program struct {
	// Serves is true if the program is certain to be a service. Routes, Services,
	// Servers and Middlewares are those of what it runs while it serves, Clients
	// and Metrics those of what it runs at all.
	Serves      bool
	Routes      []Route
	Services    []Service
	Servers     []Server
	Middlewares []Middleware
	Clients     []Client
	Metrics     []Metric
	// Unseen says what may answer requests although no route of Routes shows it:
	// a path that is not constant, a handler or router of a dependency, a
	// dependency that is given a router.
	Unseen []Reason
	// Read are the places where a handler takes a request's path apart by other
	// means than comparing it with constants.
	Read []Reason
	// Mentions are the constants of the program that read like paths or like
	// words of paths: "/healthz", "ready". They are sorted.
	Mentions []string
	// Provider is true if the program sets up how spans are exported.
	Provider bool
	// Observes is true if something that it runs while it serves measures a
	// duration or size: a histogram, a summary, a timing.
	Observes bool
}

// Main returns the server that stands for the program: of those that are wanted
// one that is in sinks, best one that holds the main goroutine, and not one that
// only shows metrics. It is nil if none is wanted.
func (p *Program) Main(sinks []shutdown.Sink, wanted func(*Server) bool) *Server {
	var main *Server
	best := -1
	for i := range p.Servers {
		s := &p.Servers[i]
		if !wanted(s) {
			continue
		}
		rank := 0
		if !s.Side {
			rank += 4
		}
		if at := slices.IndexFunc(sinks, func(sink shutdown.Sink) bool { return sink.Site == s.Site }); at >= 0 {
			rank += 2
			if sinks[at].Main {
				rank++
			}
		}
		if rank > best {
			main, best = s, rank
		}
	}
	return main
}

// Around returns the roles of all middlewares together.
func (p *Program) Around() Role {
	var all Role
	for _, m := range p.Middlewares {
		all |= m.Role
	}
	return all
}

// UnknownMiddleware names the first middleware of a library that nothing is known
// of, "" if there is none.
func (p *Program) UnknownMiddleware() string {
	for _, m := range p.Middlewares {
		if m.Role.Has(Unknown) {
			return m.Text
		}
	}
	return ""
}

// A Route is a path that is answered.
type Route struct {
	// Methods are the methods that it answers, sorted; none means all.
	Methods []string
	// Path is the whole path with the prefixes of the groups around it, in the
	// notation of its library, without host. A part that is not known is written
	// as "…".
	Path string
	// Tree is true if it answers what lies below the path, too.
	Tree bool
	// Compared is true if a handler compares the path of a request with it.
	Compared bool
	// Library is what it is registered with: "net/http", "gin", "chi", "echo",
	// "fiber", "gorilla/mux", "httprouter".
	Library string
	// Handler is the ID of the function of the program that answers, as package
	// reach spells it, or the name of the one of a dependency
	// ("promhttp.Handler"); it is empty if that is not known.
	Handler string
	Site    shutdown.Site // of the call that registers it
}

// Last returns the last segment of the route's path, "" for the root. It is
// false if the segment is not known as a whole: then it is what is known of its
// end.
func (r *Route) Last() (string, bool) {
	path := strings.TrimRight(r.Path, "/")
	if path == unknownText && r.Path != path {
		return "", true // the root below an unknown prefix
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return strings.TrimPrefix(last, unknownText), !strings.Contains(last, unknownText)
}

// A Service is a gRPC service.
type Service struct {
	Name   string // of the function that registers it: "RegisterOrdersServer"
	Health bool   // it is the standard health service
	Site   shutdown.Site
}

// Protocol says what a server speaks.
type Protocol uint8

// The protocols.
const (
	HTTP Protocol = iota + 1
	GRPC
	FastHTTP // fasthttp and fiber
)

// A Server is a call that serves.
type Server struct {
	Protocol Protocol
	Library  string // "net/http", "gin", "grpc"
	Text     string // "srv.ListenAndServe"
	// Addresses are the constant addresses that it may listen on.
	Addresses []string
	// Handlers are what may answer: IDs of functions, names of what a dependency
	// offers, "net/http.DefaultServeMux"; empty if that is not known.
	Handlers []string
	// Side is true if it only shows metrics, profiles or variables.
	Side bool
	Site shutdown.Site // of the serving call
	// Objects are the http.Servers that it may serve, none if it makes its own.
	Objects []Object
	// Timeouts are what is set on every server that it may serve: "ReadTimeout",
	// "ReadHeaderTimeout", "WriteTimeout", "IdleTimeout". A server that is not in
	// sight has the field Unknown.
	Timeouts []string
	// Excused is true if a comment for gosec says that it needs no limits, Object
	// has the same of its literal.
	Excused bool
	// Limited is true if its library sets a limit for reading requests by itself.
	Limited bool
	// Unknown says why the limits are not known, empty if they are.
	Unknown string
}

// An Object is the value of a server or client, where it is made.
type Object struct {
	Site    shutdown.Site // of its literal or constructor
	Literal bool
	Excused bool
	// Fields are the fields that are set to something else than zero, sorted.
	Fields []string
	// Unknown says why more fields may be set, empty if that is not so.
	Unknown string
}

// Dialer stands among the fields of a client whose transport makes connections by
// a function of its own: to a socket, or to a stream that stays open.
const Dialer = "Dialer"

// A Role says what a [Middleware] is for. Roles add up.
type Role uint8

// The roles.
const (
	AccessLog Role = 1 << iota // writes a line per request
	RequestID                  // reads or makes an id per request
	Tracing                    // continues or starts a trace
	Measuring                  // measures the duration of requests
	Unknown                    // of a dependency that nothing is known of
	Own                        // of the program: see Func
)

// Has reports whether a role is one of r.
func (r Role) Has(role Role) bool { return r&role != 0 }

// A Middleware is what is put around handlers: a middleware, an interceptor.
type Middleware struct {
	Role Role
	Text string // "middleware.RequestID"
	// Func is the ID of the function of the program that it is, if it is its own.
	Func string
	Site shutdown.Site
}

// A Client is a client of HTTP, or a call through the default one.
type Client struct {
	Library string // "net/http", "resty", "retryablehttp"
	Text    string // "http.Get", "http.Client"
	Object
	// Default is true for a call of a package function, or of a method of
	// http.DefaultClient: its Site is that call.
	Default bool
	// Requests are the calls through it, as far as they are in sight.
	Requests []Request
}

// Limit says how long a request may take.
type Limit uint8

// The limits.
const (
	Unlimited Limit = iota + 1 // no deadline
	Limited                    // a deadline
	NotKnown
)

// A Request is a call through a client.
type Request struct {
	Text  string // "client.Do"
	Limit Limit
	Site  shutdown.Site
}

// A Metric is a metric that is registered or made.
type Metric struct {
	Library string // "prometheus", "otel"
	Kind    string // "counter", "gauge", "histogram", "summary"
	// Name is the full name with namespace and subsystem; "…" stands for what is
	// not known.
	Name string
	Help string
	// Buckets are the constant bounds of a histogram's buckets; Preset names them
	// if they are those of the library ("DefBuckets").
	Buckets []float64
	Preset  string
	Labels  []string // the constant ones
	Site    shutdown.Site
}

// A Reason says why something is not known, and where.
type Reason struct {
	Text string
	Site shutdown.Site
}

func compareSites(a, b shutdown.Site) int {
	return cmp.Or(
		cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.EndLine, b.EndLine), cmp.Compare(a.EndCol, b.EndCol),
	)
}

// sortBySite orders a list and drops what it holds twice.
func sortBySite[T any](list []T, site func(*T) shutdown.Site, text func(*T) string) []T {
	compare := func(a, b T) int {
		return cmp.Or(compareSites(site(&a), site(&b)), cmp.Compare(text(&a), text(&b)))
	}
	slices.SortStableFunc(list, compare)
	return slices.CompactFunc(list, func(a, b T) bool { return compare(a, b) == 0 })
}
