// Package websocket stands for the library.
package websocket

import "net/http"

type Upgrader struct{}

type Conn struct{}

func (*Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, header http.Header) (*Conn, error) {
	return nil, nil
}
