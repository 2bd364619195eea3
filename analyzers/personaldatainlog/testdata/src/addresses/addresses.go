package addresses

import (
	"log"
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request, clientIP, host string) {
	log.Print(clientIP)     // want `clientIP is logged`
	log.Print(r.RemoteAddr) // want `r.RemoteAddr is logged`
	log.Print(host, r.Host)
}
