package main

import (
	"context"
	"io"
	"net/http"
	"time"
)

type asker struct{ client *http.Client }

func main() {
	limited := &http.Client{Timeout: time.Second}
	limited.Get("http://stock.example")

	late := http.Client{}
	late.Timeout = time.Second
	late.Get("http://stock.example")

	a := &asker{client: &http.Client{}}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	a.ask(ctx)
	a.ask(context.WithValue(ctx, key{}, "x"))

	unused := &http.Client{}
	_ = unused

	body, _ := (&stream{&http.Client{}}).follow()
	body.Close()
}

type key struct{}

func (a *asker) ask(ctx context.Context) {
	req, _ := http.NewRequest("GET", "http://stock.example", nil)
	a.client.Do(req.WithContext(ctx))
}

type stream struct{ events *http.Client }

// follow returns what is read by and by: a limit would cut it off.
func (s *stream) follow() (io.ReadCloser, error) {
	resp, err := s.events.Get("http://stock.example/events")
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}
