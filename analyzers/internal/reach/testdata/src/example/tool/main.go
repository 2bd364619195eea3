package main

import "net/http"

func main() { http.Get("http://localhost") }

func unused() { http.ListenAndServe(":8080", nil) }
