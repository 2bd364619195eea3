package main

import "net/http"

func main() { http.ListenAndServe(":1", http.NewServeMux()) }
