package api

import "net/http"

// A Store keeps orders.
type Store interface{ Load(id string) string }

// A Job runs beside the server.
type Job interface {
	Name() string
	Do()
}

type API struct{ store Store }

func New(s Store) *API { return &API{store: s} }

// Routes hands the orders to a library.
func (a *API) Routes() http.Handler { return &orders{store: a.store} }

func (a *API) Run(jobs ...Job) {
	for _, job := range jobs {
		job.Do()
	}
}

type orders struct{ store Store }

func (o *orders) ServeHTTP(w http.ResponseWriter, r *http.Request) { o.load(w, r) }

func (o *orders) load(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(o.store.Load(r.URL.Path)))
}

// forgotten is a handler that nothing makes.
type forgotten struct{}

func (f *forgotten) ServeHTTP(w http.ResponseWriter, r *http.Request) { f.answer(w) }

func (*forgotten) answer(w http.ResponseWriter) {}
