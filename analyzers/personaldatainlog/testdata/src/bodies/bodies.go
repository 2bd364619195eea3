package bodies

import (
	"io"
	"log"
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request, up *http.Response) {
	body, err := io.ReadAll(r.Body)
	log.Printf("got %s", body) // want `body of the request is logged`
	log.Print(len(body), err)
	answer, _ := io.ReadAll(up.Body)
	log.Printf("answered %s", answer)
}
