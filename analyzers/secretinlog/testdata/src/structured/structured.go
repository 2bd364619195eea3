package structured

import (
	"context"
	"log/slog"
	"os"

	"github.com/go-kit/log"
	"github.com/go-logr/logr"
	"github.com/hashicorp/go-hclog"
	"github.com/rs/zerolog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

func slogs(ctx context.Context, password, user, x string) {
	slog.Info("login", "user", user, "password", x)                      // want `x is logged under key "password"`
	slog.InfoContext(ctx, "login", "relay", os.Getenv("SMTP_PASSWORD"))  // want `os.Getenv\("SMTP_PASSWORD"\) is logged under key "relay"`
	slog.Info("login", slog.String("pw", password))                      // want `password is logged under key "pw"`
	slog.Info("login", slog.Group("auth", slog.String("token", x)))      // want `x is logged under key "token"`
	slog.LogAttrs(ctx, slog.LevelInfo, "login", slog.Any("v", password)) // want `password is logged under key "v"`
	logger := slog.With("apiKey", x)                                     // want `x is logged under key "apiKey"`
	logger.Info("hello")
	slog.Info("password " + password) // want `password is logged`

	slog.Info("login", "user", user, "x", x)
	slog.Info("login", "password", "***", "token", len(x), "tokenID", x)
	slog.Info("login", slog.Bool("password", x != ""), slog.Int("token", 1))
	unused := slog.String("token", x)
	_ = unused
}

func accumulates(password string, logger *slog.Logger) {
	attrs := []any{"user", "joe"}
	logger.Info("before", attrs...)
	attrs = append(attrs, "password", password) // want `password is logged`
	logger.Info("after", attrs...)

	fields := logrus.Fields{"user": "joe"}
	logrus.WithFields(fields).Info("before")
	fields["password"] = password // want `password is logged`
	logrus.WithFields(fields).Info("after")

	list := []zap.Field{zap.String("user", "joe")}
	list = append(list, zap.String("password", password)) // want `password is logged`
	zap.L().Info("after", list...)
}

func zaps(logger *zap.Logger, token string, secrets []string) {
	logger.Info("start", zap.String("token", token))      // want `token is logged`
	logger.Info("start", zap.Strings("secrets", secrets)) // want `secrets is logged`
	logger.Sugar().Infow("start", "token", token)         // want `token is logged`
	logger.Sugar().Infof("start %s", token)               // want `token is logged`
	child := logger.With(zap.Any("token", token))         // want `token is logged`
	child.Info("x")
	logger.Info("start", zap.Int("token", len(token)), zap.Bool("secret", token != ""))
	logger.With(zap.String("token", token))
	zap.NewNop().Info("x", zap.String("token", token))
}

func zerologs(l zerolog.Logger, token string, verbose bool) {
	zlog.Info().Str("token", token).Msg("x") // want `token is logged`
	l.Info().
		Int("n", 1).
		Str("relay", token). // want `token is logged under key "relay"`
		Msg("x")
	zlog.Info().Msgf("token %s", token) // want `token is logged`
	zlog.Printf("%s", token)            // want `token is logged`
	e := l.Info()
	if verbose {
		e.Str("token", token) // want `token is logged`
	}
	e.Send()
	child := l.With().Str("token", token).Logger() // want `token is logged`
	child.Info().Msg("x")

	dropped := l.Info().Str("token", token)
	_ = dropped
	zerolog.Nop().With().Str("token", token).Logger()
	l.Info().Int("token", 3).Bool("password", true).Msg("x")
}

func others(f logrus.FieldLogger, lr logr.Logger, h hclog.Logger, k log.Logger, pw, x string, err error) {
	password := pw + x
	f.WithField("password", x).Info("login")                           // want `x is logged under key "password"`
	f.Infof("%s", password)                                            // want `password is logged`
	logrus.WithFields(logrus.Fields{"token": x, "user": pw}).Info("x") // want `x is logged under key "token"`
	lr.Info("x", "secret", x)                                          // want `x is logged under key "secret"`
	lr.V(1).Error(err, "x", "key", password)                           // want `password is logged under key "key"`
	lr.WithValues("token", x).Info("y")                                // want `x is logged under key "token"`
	h.Info("x", "token", x)                                            // want `x is logged under key "token"`
	k.Log("msg", "x", "token", x)                                      // want `x is logged under key "token"`
	log.With(k, "token", x).Log("msg", "y")                            // want `x is logged under key "token"`
	lr.Info("x", "name", x)
	logr.Discard().Info("x", "token", x)
}

func named(secretName, tokenID string, t struct{ Name, ID string }) {
	slog.Info("x", "secret", secretName, "token", tokenID, "secret", t.Name, "token", t.ID)
}
