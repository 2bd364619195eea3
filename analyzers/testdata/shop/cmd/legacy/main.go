// Command legacy is to be retired.
package main

import (
	"log"
	"net/http"
)

func main() {
	//opslint:ignore go/unhandled-sigterm: to be retired in spring
	log.Fatal(http.ListenAndServe(":8083", http.NewServeMux()))
}
