package fixed

import "log/slog"

func open(err error) {
	slog.Error("open store: "+err.Error(), "path", "orders.db") // want "error is logged as text"
}
