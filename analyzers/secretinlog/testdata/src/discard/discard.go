package discard

import (
	"io"
	"log"
	"log/slog"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
)

var quiet = log.New(io.Discard, "", 0)

func discard(token string) {
	quiet.Println(token)
	l := slog.New(slog.NewTextHandler(io.Discard, nil))
	l.Info("x", "token", token)
	slog.New(slog.DiscardHandler).Info("x", "token", token)
	z := zerolog.Nop()
	z.Info().Str("token", token).Msg("x")
	r := logrus.New()
	r.SetOutput(io.Discard)
	r.Infof("%s", token)
	loud := log.New(log.Writer(), "", 0)
	loud.Println(token) // want `token is logged`
}
