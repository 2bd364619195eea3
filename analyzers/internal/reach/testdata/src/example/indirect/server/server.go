package server

import "net/http"

type Server struct{ http *http.Server }

func (s *Server) Run() error { return s.http.ListenAndServe() }
