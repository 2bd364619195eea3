// Command none measures nothing: other rules speak of that.
package main

import "net/http"

func main() { http.ListenAndServe(":8080", nil) }
