// The connection carries a protocol of its own.
package main

import (
	"log"
	"net/http"

	"github.com/gorilla/websocket"
)

var upgrader websocket.Upgrader

func accept(w http.ResponseWriter, r *http.Request) {
	if _, err := upgrader.Upgrade(w, r, nil); err != nil {
		log.Print(err)
	}
}

func main() {
	http.HandleFunc("/", accept)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
