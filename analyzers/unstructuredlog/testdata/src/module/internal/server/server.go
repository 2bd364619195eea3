package server

import (
	"log"
	"net/http"
)

type Server struct{}

func (s *Server) Run() error {
	log.Println("serving")
	return http.ListenAndServe(":8080", nil)
}
