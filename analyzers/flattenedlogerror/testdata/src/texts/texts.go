package texts

import (
	"fmt"
	"log"
	"log/slog"
	"os"
)

func values(err error) {
	slog.Error("open", "error", err.Error())                       // want "error is logged as text; pass it as an attribute"
	slog.Error("open", slog.String("error", fmt.Sprint(err)))      // want "error is logged as text"
	slog.Error("open", "error", fmt.Sprintf("store: %v", err))     // want "error is logged as text"
	slog.Error("open", "error", err)                               // whole
	slog.Error("open", slog.Any("error", err))                     // whole
	slog.Error("open", "error", fmt.Errorf("open store: %w", err)) // another error
	slog.Info("open", "text", fmt.Sprint(len(os.Args)))            // no error
	log.Print("open: " + err.Error())                              // knows no attributes
}

func messages(err error) {
	slog.Error("open: " + err.Error())             // want "error is logged as text"
	slog.Error(fmt.Sprintf("open store: %v", err)) // want "error is logged as text"
	slog.Error("open " + os.Args[0])
}

func development(err error) {
	if os.Getenv("APP_ENV") == "development" {
		slog.Error("open: " + err.Error())
	}
}

func returned(err error) string {
	text := err.Error()
	return text
}
