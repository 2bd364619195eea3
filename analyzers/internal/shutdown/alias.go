package shutdown

import "strings"

// An identities knows which keys may stand for the same server.
type identities struct {
	from map[string][]string // where the server of a key comes from
	memo map[string]map[string]bool
}

func (p *Program) identities() *identities {
	ids := &identities{from: make(map[string][]string), memo: make(map[string]map[string]bool)}
	for _, id := range sortedKeys(p.funcs) {
		p.funcs[id].any(func(op *Op) bool {
			switch op.Kind {
			case opAlias:
				ids.from[op.Keys[0]] = append(ids.from[op.Keys[0]], op.Keys[1])
			case opCall:
				for i, arg := range op.Args {
					if arg != "" {
						key := paramKey(op.Func, i)
						ids.from[key] = append(ids.from[key], arg)
					}
				}
			}
			return false
		})
	}
	return ids
}

// unknown is a member of a set of keys that stands for any server.
const unknown = "?"

// origins returns the keys that a server may be known under: where it comes
// from, and with all is true, what a function that returns it knows it as.
func (ids *identities) origins(key string, all bool) map[string]bool {
	name := key
	if all {
		name += sep
	}
	if set, ok := ids.memo[name]; ok {
		return set
	}
	set := make(map[string]bool)
	ids.memo[name] = set
	queue := []string{key}
	for ; len(queue) > 0; queue = queue[1:] {
		k := queue[0]
		if k == "" {
			k = unknown
		}
		if set[k] {
			continue
		}
		set[k] = true
		from := ids.from[k]
		if len(from) == 0 && strings.HasPrefix(k, parmPrefix) {
			set[unknown] = true
		}
		if _, callee, ok := strings.Cut(k, "@"); ok && all && strings.HasPrefix(k, madePrefix) {
			from = ids.from[resultPrefix+callee]
		}
		queue = append(queue, from...)
	}
	return set
}

// mayBe says whether one of some keys stands for the same server as one of
// others: perhaps, if one of them may stand for any. What one function returns
// to two callers are two servers, unless it does something with them itself.
func (ids *identities) mayBe(keys, others []string) answer {
	best := no
	if len(keys) == 0 || len(others) == 0 {
		best = perhaps
	}
	for _, k := range keys {
		for _, o := range others {
			for _, all := range [][2]bool{{false, false}, {true, false}, {false, true}} {
				best = max(best, meet(ids.origins(k, all[0]), ids.origins(o, all[1])))
			}
		}
	}
	return best
}

func meet(a, b map[string]bool) answer {
	for k := range a {
		if b[k] && k != unknown {
			return yes
		}
	}
	if a[unknown] || b[unknown] {
		return perhaps
	}
	return no
}
