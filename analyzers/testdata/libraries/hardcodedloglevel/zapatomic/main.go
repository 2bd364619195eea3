// Command zapatomic serves the level of its logger.
package main

import (
	"net/http"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	level := zap.NewAtomicLevelAt(zap.InfoLevel)
	http.Handle("/level", level)
	core := zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), zapcore.Lock(os.Stderr), level)
	zap.New(core).Info("serving")
	http.ListenAndServe(":8080", nil)
}
