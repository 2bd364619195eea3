// Command socket asks a daemon on this machine over a socket.
package main

import (
	"context"
	"log"
	"net"
	"net/http"
)

func main() {
	client := &http.Client{
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				var dialer net.Dialer
				return dialer.DialContext(ctx, "unix", "/run/agent.sock")
			},
		},
	}
	response, err := client.Get("http://agent/status")
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	log.Print(response.Status)
}
