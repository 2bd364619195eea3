package terraform

import (
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

var errAddressSpace = errors.New("the prefix has no room for that")

// address adds a number to the network address of a prefix; a negative one
// counts from the end.
func address(prefix netip.Prefix, number *big.Int) (netip.Addr, error) {
	prefix = prefix.Masked()
	bits := prefix.Addr().BitLen() - prefix.Bits()
	size := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	if number.Sign() < 0 {
		number = new(big.Int).Add(number, size)
	}
	if number.Sign() < 0 || number.Cmp(size) >= 0 {
		return netip.Addr{}, errAddressSpace
	}
	base := new(big.Int).SetBytes(prefix.Addr().AsSlice())
	sum := base.Add(base, number).FillBytes(make([]byte, prefix.Addr().BitLen()/8))
	a, ok := netip.AddrFromSlice(sum)
	if !ok {
		return netip.Addr{}, errAddressSpace
	}
	return a, nil
}

// subnet returns the number-th prefix that is newBits longer.
func subnet(prefix netip.Prefix, newBits int, number *big.Int) (netip.Prefix, error) {
	length := prefix.Bits() + newBits
	if newBits < 0 || length > prefix.Addr().BitLen() || number.Sign() < 0 || number.BitLen() > newBits {
		return netip.Prefix{}, errAddressSpace
	}
	offset := new(big.Int).Lsh(number, uint(prefix.Addr().BitLen()-length))
	a, err := address(prefix, offset)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(a, length), nil
}

func prefixOf(v cty.Value) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(v.AsString())
	if err != nil {
		return p, fmt.Errorf("%q is no address prefix", v.AsString())
	}
	return p.Masked(), nil
}

func whole(v cty.Value) (*big.Int, error) {
	if v.AsBigFloat().MantExp(nil) > 256 {
		return nil, errAddressSpace
	}
	n, accuracy := v.AsBigFloat().Int(nil)
	if accuracy != big.Exact {
		return nil, errors.New("a whole number is required")
	}
	return n, nil
}

func small(v cty.Value) (int, error) {
	n, err := whole(v)
	if err != nil || !n.IsInt64() || n.Int64() < 0 || n.Int64() > 128 {
		return 0, errAddressSpace
	}
	return int(n.Int64()), nil
}

var cidrHostFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "number", Type: cty.Number}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		prefix, err := prefixOf(args[0])
		if err != nil {
			return cty.NilVal, err
		}
		n, err := whole(args[1])
		if err != nil {
			return cty.NilVal, err
		}
		a, err := address(prefix, n)
		if err != nil {
			return cty.NilVal, err
		}
		return cty.StringVal(a.String()), nil
	},
})

var cidrNetmaskFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "prefix", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		prefix, err := prefixOf(args[0])
		if err != nil || !prefix.Addr().Is4() {
			return cty.NilVal, errors.New("the argument is no prefix of IPv4 addresses")
		}
		return cty.StringVal(net.IP(net.CIDRMask(prefix.Bits(), 32)).String()), nil
	},
})

var cidrSubnetFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "newbits", Type: cty.Number}, {Name: "number", Type: cty.Number}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		prefix, err := prefixOf(args[0])
		if err != nil {
			return cty.NilVal, err
		}
		newBits, err := small(args[1])
		if err != nil {
			return cty.NilVal, err
		}
		n, err := whole(args[2])
		if err != nil {
			return cty.NilVal, err
		}
		p, err := subnet(prefix, newBits, n)
		if err != nil {
			return cty.NilVal, err
		}
		return cty.StringVal(p.String()), nil
	},
})

// cidrSubnetsFunc lays prefixes of the given lengths one behind the other.
var cidrSubnetsFunc = function.New(&function.Spec{
	Params:   []function.Parameter{{Name: "prefix", Type: cty.String}},
	VarParam: &function.Parameter{Name: "newbits", Type: cty.Number},
	Type:     function.StaticReturnType(cty.List(cty.String)),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		prefix, err := prefixOf(args[0])
		if err != nil {
			return cty.NilVal, err
		}
		if len(args) == 1 {
			return cty.ListValEmpty(cty.String), nil
		}
		next := new(big.Int) // offset from the prefix's first address
		var out []cty.Value
		for _, arg := range args[1:] {
			newBits, err := small(arg)
			if err != nil {
				return cty.NilVal, err
			}
			host := prefix.Addr().BitLen() - prefix.Bits() - newBits
			if newBits < 1 || host < 0 {
				return cty.NilVal, errAddressSpace
			}
			size := new(big.Int).Lsh(big.NewInt(1), uint(host))
			number := new(big.Int).Add(next, new(big.Int).Sub(size, big.NewInt(1)))
			number.Div(number, size)
			p, err := subnet(prefix, newBits, number)
			if err != nil {
				return cty.NilVal, err
			}
			next.Mul(number.Add(number, big.NewInt(1)), size)
			out = append(out, cty.StringVal(p.String()))
		}
		return cty.ListVal(out), nil
	},
})

var cidrContainsFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "address", Type: cty.String}},
	Type:   function.StaticReturnType(cty.Bool),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		outer, err := prefixOf(args[0])
		if err != nil {
			return cty.NilVal, err
		}
		if a, err := netip.ParseAddr(args[1].AsString()); err == nil {
			return cty.BoolVal(outer.Contains(a)), nil
		}
		inner, err := prefixOf(args[1])
		if err != nil {
			return cty.NilVal, err
		}
		return cty.BoolVal(inner.Bits() >= outer.Bits() && outer.Contains(inner.Addr())), nil
	},
})
