package policies

import (
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// refused lists what policies may not call although it is deterministic: it
// reaches for keys, certificates, other policies or the tracer. Names that end
// in a dot stand for all below them.
var refused = []string{"io.jwt.", "crypto.x509.", "crypto.parse_private_keys", "graphql.", "providers.", "rego.parse_module", "trace", "rego.metadata."}

// capabilities is what policies may use, ours and the user's alike: nothing
// that depends on the network, the environment, the clock or chance. A call of
// anything else does not compile.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(ast.RegoV1))
	c.AllowNet = []string{}
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.ContainsFunc(refused, func(name string) bool {
			return b.Name == name || strings.HasSuffix(name, ".") && strings.HasPrefix(b.Name, name)
		})
	})
	return c
})
