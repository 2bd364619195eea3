package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// notices collects what is to be said, each thing once: a module that is called
// ten times has its troubles once.
type notices struct {
	list       []finding.Notice
	seen       map[noticeKey]bool
	undeclared map[*module]*undeclared
}

// An undeclared is what a module uses and does not declare.
type undeclared struct {
	file  *source.File // of its first use
	at    source.Range
	names []string
}

type noticeKey struct {
	file    *source.File
	at      source.Range
	message string
}

func (n *notices) add(notice finding.Notice) {
	key := noticeKey{notice.Location.File, notice.Location.Range, notice.Message}
	if n.seen[key] {
		return
	}
	if n.seen == nil {
		n.seen = map[noticeKey]bool{}
	}
	n.seen[key] = true
	n.list = append(n.list, notice)
}

// remark says something at a place that leaves nothing unchecked.
func (n *notices) remark(f *source.File, at source.Range, message string) {
	n.add(finding.Notice{Location: source.Location{File: f, Range: clamp(f, at)}, Message: message})
}

// missing keeps a name that a module uses and does not declare.
func (n *notices) missing(m *module, name string, f *source.File, at source.Range) {
	u := n.undeclared[m]
	if u == nil {
		u = &undeclared{file: f, at: at}
		if n.undeclared == nil {
			n.undeclared = map[*module]*undeclared{}
		}
		n.undeclared[m] = u
	}
	if !slices.Contains(u.names, name) {
		u.names = append(u.names, name)
	}
	if (source.Location{File: f, Range: at}).Compare(source.Location{File: u.file, Range: u.at}) < 0 {
		u.file, u.at = f, at
	}
}

// sayUndeclared says what modules do not declare, once a module.
func (n *notices) sayUndeclared() {
	modules := slices.SortedFunc(maps.Keys(n.undeclared), func(a, b *module) int { return strings.Compare(a.dir, b.dir) })
	for _, m := range modules {
		u := n.undeclared[m]
		slices.Sort(u.names)
		verb := "is"
		if len(u.names) > 1 {
			verb = "are"
		}
		n.remark(u.file, u.at, fmt.Sprintf("evaluate expression: %s %s not declared in this module", some(u.names), verb))
	}
	n.undeclared = nil
}
