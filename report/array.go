package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// An array writes a JSON array element by element, so that a long one is never
// in memory as a whole. The opening bracket stands already.
type array struct {
	w       io.Writer
	prefix  string // of the line that an element begins
	buffer  bytes.Buffer
	encoder *json.Encoder
	some    bool
}

// newArray returns an array whose elements begin with prefix; they are indented
// further by indent, or stand on one line each if it is empty.
func newArray(w io.Writer, prefix, indent string) *array {
	a := &array{w: w, prefix: prefix}
	a.encoder = newEncoder(&a.buffer)
	if indent != "" {
		a.encoder.SetIndent(prefix, indent)
	}
	return a
}

// newEncoder returns an encoder that leaves <, > and & readable.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func (a *array) add(element any) error {
	a.buffer.Reset()
	if a.some {
		a.buffer.WriteByte(',')
	}
	a.some = true
	a.buffer.WriteString("\n" + a.prefix)
	if err := a.encoder.Encode(element); err != nil {
		return fmt.Errorf("encode element: %w", err)
	}
	a.buffer.Truncate(a.buffer.Len() - 1) // the encoder's line feed
	_, err := a.w.Write(a.buffer.Bytes())
	return err
}

// end closes the array; the bracket of an array with elements stands behind
// indent on a line of its own.
func (a *array) end(indent string) error {
	bracket := "]"
	if a.some {
		bracket = "\n" + indent + "]"
	}
	_, err := io.WriteString(a.w, bracket)
	return err
}
