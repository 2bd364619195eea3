package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// errTrailing: something stands behind the root of a document.
var errTrailing = errors.New("did not find expected <document start>")

// decode reads the one document in text.
func decode(text []byte) (*yaml.Node, error) { return decodeFrom(bytes.NewReader(text)) }

// decodeFrom reads the one document of a reader. A panic of the library is an
// error, as no text may stop the reading of others.
func decodeFrom(r io.Reader) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	d := yaml.NewDecoder(r)
	root = new(yaml.Node)
	if err := d.Decode(root); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errTrailing
		}
		return nil, err
	}
	return root, nil
}
