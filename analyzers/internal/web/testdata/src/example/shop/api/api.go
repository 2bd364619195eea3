package api

import "net/http"

func Order(w http.ResponseWriter, r *http.Request)  {}
func Create(w http.ResponseWriter, r *http.Request) {}
func Health(w http.ResponseWriter, r *http.Request) {}
