package stock

import (
	"context"
	"net/http"
)

// A Client asks the stock service.
type Client struct{ http *http.Client }

// New makes a client.
func New() *Client { return &Client{http: &http.Client{}} }

// Ask asks.
func (c *Client) Ask(ctx context.Context) error {
	req, err := newRequest(ctx)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func newRequest(ctx context.Context) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, "GET", "http://stock.example", nil)
}
