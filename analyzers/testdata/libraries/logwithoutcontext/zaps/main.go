// Command zaps has no logger in the context.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func list(w http.ResponseWriter, r *http.Request) {
	zap.L().Info("listed", zap.String("path", r.URL.Path))
}

func main() {
	http.HandleFunc("/orders", list)
	zap.L().Fatal("serve", zap.Error(http.ListenAndServe(":8080", nil)))
}
