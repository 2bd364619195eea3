package report

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/opslint/opslint/internal/rule"
)

// Colours of the text report, as parameters of the ANSI sequence SGR. The
// first eight colours follow the reader's own theme.
const (
	bold   = "1"
	dim    = "2"
	green  = "32"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

// paint returns text in a colour, if the reader wants colours. The text must be
// visible already.
func (o *Options) paint(colour, text string) string {
	if !o.Color || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// colour returns the colour of a severity.
func colour(s rule.Severity) string {
	switch s {
	case rule.Error:
		return red
	case rule.Warning:
		return yellow
	}
	return cyan
}

// link returns text as a terminal hyperlink (OSC 8), if the reader's terminal
// takes them.
func (o *Options) link(target, text string) string {
	if !o.Links || target == "" {
		return text
	}
	return "\x1b]8;;" + target + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// fileURL returns the address of a file of the workspace, with the line as
// terminals expect it.
func (o *Options) fileURL(path string, line int) string {
	if !o.Links || o.Root == "" {
		return ""
	}
	root := strings.ReplaceAll(o.Root, `\`, "/")
	u := url.URL{Scheme: "file", Path: "/" + strings.Trim(root, "/") + "/" + path, Fragment: fmt.Sprint(line)}
	return u.String()
}

// ruleURL returns the web page of a rule, encoded so that nothing in it can end
// the link early.
func (o *Options) ruleURL(id string) string {
	if o.RuleURL == nil {
		return ""
	}
	u, err := url.Parse(o.RuleURL(id))
	if err != nil {
		return ""
	}
	return u.String()
}
