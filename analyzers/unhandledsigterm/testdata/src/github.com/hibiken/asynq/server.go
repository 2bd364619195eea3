// Package asynq is a stub of the real library, for tests.
package asynq

import _ "os/signal"

type Handler interface{ ProcessTask() error }

type Server struct{}

func NewServer() *Server { return &Server{} }

func (*Server) Run(h Handler) error   { return nil }
func (*Server) Start(h Handler) error { return nil }
func (*Server) Shutdown()             {}
