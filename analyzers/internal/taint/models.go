package taint

import (
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

var (
	values       = []logapi.Role{logapi.Values}
	formatValues = []logapi.Role{logapi.Format, logapi.Values}
)

// formatters are the functions that make text of values, with the roles of
// their parameters.
var formatters = map[string]*logapi.Func{
	"fmt.Sprint":                             {Roles: values, Class: logapi.Plain},
	"fmt.Sprintln":                           {Roles: values, Class: logapi.Plain},
	"fmt.Sprintf":                            {Roles: formatValues, Class: logapi.Plain},
	"fmt.Errorf":                             {Roles: formatValues, Class: logapi.Plain},
	"fmt.Append":                             {Roles: []logapi.Role{logapi.Message, logapi.Values}, Class: logapi.Plain},
	"fmt.Appendf":                            {Roles: []logapi.Role{logapi.Message, logapi.Format, logapi.Values}, Class: logapi.Plain},
	"fmt.Appendln":                           {Roles: []logapi.Role{logapi.Message, logapi.Values}, Class: logapi.Plain},
	"errors.New":                             {Roles: []logapi.Role{logapi.Message}, Class: logapi.Plain},
	"errors.Join":                            {Roles: values, Class: logapi.Plain},
	"github.com/pkg/errors.New":              {Roles: []logapi.Role{logapi.Message}, Class: logapi.Plain},
	"github.com/pkg/errors.Errorf":           {Roles: formatValues, Class: logapi.Plain},
	"github.com/pkg/errors.Wrap":             {Roles: []logapi.Role{logapi.Err, logapi.Message}, Class: logapi.Plain},
	"github.com/pkg/errors.Wrapf":            {Roles: []logapi.Role{logapi.Err, logapi.Format, logapi.Values}, Class: logapi.Plain},
	"github.com/pkg/errors.WithMessage":      {Roles: []logapi.Role{logapi.Err, logapi.Message}, Class: logapi.Plain},
	"github.com/pkg/errors.WithStack":        {Roles: []logapi.Role{logapi.Err}, Class: logapi.Plain},
	"golang.org/x/xerrors.Errorf":            {Roles: formatValues, Class: logapi.Plain},
	"google.golang.org/grpc/status.Errorf":   {Roles: []logapi.Role{logapi.Other, logapi.Format, logapi.Values}, Class: logapi.Plain},
	"google.golang.org/grpc/status.Error":    {Roles: []logapi.Role{logapi.Other, logapi.Message}, Class: logapi.Plain},
	"encoding/json.Marshal":                  {Roles: []logapi.Role{logapi.Value}, Class: logapi.JSON},
	"encoding/json.MarshalIndent":            {Roles: []logapi.Role{logapi.Value, logapi.Other}, Class: logapi.JSON},
	"github.com/davecgh/go-spew/spew.Sdump":  {Roles: values, Class: logapi.Plus},
	"github.com/davecgh/go-spew/spew.Sprint": {Roles: values, Class: logapi.Plus},
	"net/http/httputil.DumpRequest":          {Roles: []logapi.Role{logapi.Value, logapi.Other}, Class: logapi.Plus},
	"net/http/httputil.DumpRequestOut":       {Roles: []logapi.Role{logapi.Value, logapi.Other}, Class: logapi.Plus},
}

// writers are the functions that write values into their first argument or
// receiver, with the roles of all arguments, that one included.
var writers = map[string]*logapi.Func{
	"fmt.Fprint":   {Roles: []logapi.Role{logapi.Other, logapi.Values}, Class: logapi.Plain},
	"fmt.Fprintln": {Roles: []logapi.Role{logapi.Other, logapi.Values}, Class: logapi.Plain},
	"fmt.Fprintf":  {Roles: []logapi.Role{logapi.Other, logapi.Format, logapi.Values}, Class: logapi.Plain},
}

// filling are the functions whose further arguments end up in the first one or
// in the receiver.
var filling = wordSet(`strings.Builder.WriteString strings.Builder.Write bytes.Buffer.WriteString bytes.Buffer.Write
	bytes.Buffer.ReadFrom bufio.Writer.WriteString bufio.Writer.Write io.WriteString io.Copy
	net/url.Values.Set net/url.Values.Add encoding/json.Indent encoding/json.Compact`)

// passing are packages whose functions return text made of their arguments.
var passing = map[string]bool{
	"strings": true, "bytes": true, "strconv": true, "net/url": true, "slices": true, "maps": true,
	"encoding/base64": true, "encoding/hex": true, "encoding/base32": true, "encoding/ascii85": true,
	"unicode/utf8": true, "html": true, "errors": true, "cmp": true, "io": true, "unsafe": true, "path": true,
	"bufio": true, "html/template": true, "text/template": true, "encoding/pem": true, "sort": true, "iter": true,
}

// repeating are functions whose error repeats their input.
var repeating = map[string]bool{
	"net/url.Parse": true, "net/url.ParseRequestURI": true, "time.Parse": true, "time.ParseDuration": true,
	"strconv.Atoi": true, "strconv.ParseInt": true, "strconv.ParseUint": true, "strconv.ParseBool": true,
	"strconv.ParseFloat": true, "strconv.Unquote": true, "net.ParseCIDR": true,
}

// A callee is a function by the names that tables know.
type callee struct {
	path, recv, name string // without major versions
	title            string // "path.Name" or "path.Type.Name"
}

func calleeOf(fn *types.Func) callee {
	c := callee{name: fn.Name()}
	if fn.Pkg() != nil {
		c.path = logapi.Path(fn.Pkg().Path())
	}
	c.title = c.path + "." + c.name
	if r := fn.Signature().Recv(); r != nil {
		t := types.Unalias(r.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			c.recv = n.Obj().Name()
			c.title = c.path + "." + c.recv + "." + c.name
		}
	}
	return c
}

// digests reports whether a function's result is harmless whatever it was given:
// hashes, MACs, encryption, URLs without their user.
func (c callee) digests() bool {
	path, name := c.path, c.name
	switch {
	case path == "os" && name == "Getwd": // often kept as pwd
		return true
	case path == "hash" || strings.HasPrefix(path, "hash/"):
		return true
	case path == "crypto" || strings.HasPrefix(path, "crypto/") || strings.HasPrefix(path, "golang.org/x/crypto"):
		return !strings.Contains(name, "PrivateKey") && !strings.HasPrefix(name, "Generate") && name != "ReadPassword" && name != "Text"
	case path == "regexp":
		return strings.HasPrefix(name, "Replace")
	case path == "net/url":
		return slices.Contains(harmlessURL, name)
	}
	return c.recv == "Replacer"
}

var harmlessURL = []string{"Redacted", "Hostname", "Port", "EscapedPath", "EscapedFragment", "Username", "RequestURI"}

// sanitizing are the words of a function whose body is not visible that promise
// to hide its argument.
var sanitizing = wordSet(`redact redacted redactor mask masked censor obfuscate sanitize sanitise scrub anonymize anonymise
	hash hashed fingerprint digest hide encrypt strip stripped omit elide elided without`)

// acting are verbs of functions that take a secret or tell something about one
// rather than return it.
var acting = wordSet(`validate parse check verify compare match rotate delete remove revoke invalidate expire update with has is
	needs need require requires use uses store save write send print log count reset change confirm introspect ensure
	register handle process test set add put apply authenticate authorize on skip wait watch sync list describe unmarshal`)

func wordSet(text string) map[string]bool {
	words := make(map[string]bool)
	for word := range strings.FieldsSeq(text) {
		words[word] = true
	}
	return words
}

func sanitizes(name string) bool {
	return slices.ContainsFunc(sensitive.Words(name), func(word string) bool { return sanitizing[word] })
}

// yields reports whether a function's name says that it returns something
// sensitive.
func yields(vocabulary *sensitive.Vocabulary, fn *types.Func, result int) bool {
	results := fn.Signature().Results()
	if result >= results.Len() {
		return false
	}
	v := results.At(result)
	if v.Name() != "" && vocabulary.Object(v) || vocabulary.Type(v.Type()) {
		return true
	}
	words := sensitive.Words(fn.Name())
	if result > 0 || len(words) == 0 || len(words) > 1 && acting[words[0]] {
		return false
	}
	return vocabulary.Object(types.NewVar(fn.Pos(), fn.Pkg(), fn.Name(), v.Type()))
}
