package terraform

import (
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// notices collects what is to be said, each thing once: a module that is called
// ten times has its troubles once.
type notices struct {
	list []finding.Notice
	seen map[noticeKey]bool
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
