package server

import (
	"net/http"
	"testing"
)

func TestRun(t *testing.T) { go http.ListenAndServe(":1", nil) }
