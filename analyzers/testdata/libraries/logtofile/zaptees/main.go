// Command zaptees tees its log to a file.
package main

import (
	"net/http"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	file, err := os.OpenFile("app.log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
	core := zapcore.NewTee(
		zapcore.NewCore(encoder, zapcore.Lock(os.Stderr), zap.InfoLevel),
		zapcore.NewCore(encoder, zapcore.AddSync(file), zap.InfoLevel), // want "the log goes to app.log"
	)
	zap.New(core).Info("serving")
	http.ListenAndServe(":8080", nil)
}
