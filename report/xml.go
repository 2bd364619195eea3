package report

import "strings"

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// xmlText returns a text as it stands in XML, inside an attribute or between
// tags. Characters that XML cannot hold are shown as the text report shows them.
func xmlText(s string) string { return xmlEscapes.Replace(visible(s)) }

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
