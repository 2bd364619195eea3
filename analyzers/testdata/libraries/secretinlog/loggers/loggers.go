// Package loggers gives a secret, and something harmless, to each logging library.
package loggers

import (
	"context"
	"errors"
	"io"

	apex "github.com/apex/log"
	"github.com/charmbracelet/log"
	kit "github.com/go-kit/log"
	"github.com/go-kit/log/level"
	"github.com/go-logr/logr"
	fiberlog "github.com/gofiber/fiber/v2/log"
	"github.com/golang/glog"
	"github.com/hashicorp/go-hclog"
	"github.com/labstack/echo/v4"
	phuslu "github.com/phuslu/log"
	"github.com/rs/zerolog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"google.golang.org/grpc/grpclog"
	"k8s.io/klog/v2"
)

type settings struct {
	Host     string
	Password string
}

type hidden struct{ Password string }

func (hidden) String() string { return "hidden" }

func (h hidden) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddInt("length", len(h.Password))
	return nil
}

func (h hidden) MarshalZerologObject(e *zerolog.Event) { e.Int("length", len(h.Password)) }

type shown struct{ Password string }

func (s shown) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("pw", s.Password)
	return nil
}

func (s shown) MarshalZerologObject(e *zerolog.Event) { e.Str("pw", s.Password) }

func zaps(l *zap.Logger, password, user string, s settings, h hidden, sh shown) {
	l.Info("login", zap.String("with", password))                    // want "password is logged under key \"with\""
	l.With(zap.ByteString("pw", []byte(password))).Info("login")     // want "password is logged under key \"pw\""
	l.Info("start", zap.Any("settings", s))                          // want "s.Password reaches zap.Any as JSON"
	l.Info("start", zap.Object("s", sh))                             // want "sh.Password reaches zap.Object"
	l.Info("start", zap.Dict("d", zap.String("token", user)))        // want "user is logged under key \"token\""
	l.Sugar().Infow("start", "settings", s)                          // want "s.Password reaches zap.SugaredLogger.Infow as JSON"
	l.Sugar().Infof("start %v", s)                                   // want "s.Password reaches zap.SugaredLogger.Infof as text"
	l.Sugar().With("token", user).Info("x")                          // want "user is logged under key \"token\""
	l.Error("failed", zap.Error(errors.New("cannot use "+password))) // want "password is logged"
	if entry := l.Check(zap.DebugLevel, "login"); entry != nil {
		entry.Write(zap.String("with", password)) // want "password is logged under key \"with\""
	}
	l.Info("start", zap.Object("h", h), zap.Any("h", h), zap.Stringer("h", h), zap.String("user", user), zap.Int("n", len(password)))
	zap.NewNop().Info("login", zap.String("with", password))
	zap.New(zapcore.NewNopCore()).Info("login", zap.String("with", password))
}

func zerologs(l zerolog.Logger, password, user string, s settings, h hidden, sh shown) {
	l.Info().Str("with", password).Msg("login")                  // want "password is logged under key \"with\""
	l.Info().Interface("settings", s).Msg("start")               // want "s.Password reaches zerolog.Event.Interface as JSON"
	l.Info().Object("s", sh).Send()                              // want "sh.Password reaches zerolog.Event.Object"
	l.Info().Fields(map[string]any{"token": user}).Send()        // want "user is logged under key \"token\""
	l.Info().Dict("d", zerolog.Dict().Str("token", user)).Send() // want "user is logged under key \"token\""
	zlog.Error().Err(errors.New(password)).Msgf("no %s", user)   // want "password is logged"
	zlog.Printf("with %s", password)                             // want "password is logged"
	child := l.With().Str("pw", password).Logger()               // want "password is logged under key \"pw\""
	child.Info().Msg("x")
	l.Info().Object("h", h).EmbedObject(h).Str("user", user).Int("n", len(password)).Send()
	nop := zerolog.Nop()
	nop.Info().Str("with", password).Send()
	discarding := zerolog.New(io.Discard)
	discarding.Info().Str("with", password).Send()
}

func logruses(l *logrus.Logger, password, user string, s settings) {
	l.WithField("with", password).Info("login")                     // want "password is logged under key \"with\""
	l.WithFields(logrus.Fields{"user": user, "token": user}).Warn() // want "user is logged under key \"token\""
	l.WithError(errors.New(password)).Error("x")                    // want "password is logged"
	logrus.Infof("%+v", s)                                          // want "s.Password reaches logrus.Infof as text"
	logrus.WithField("settings", s).Info("start")                   // want "s.Password reaches logrus.WithField"
	entry := logrus.NewEntry(l).WithField("pw", password)           // want "password is logged under key \"pw\""
	entry.Debug("x")
	l.WithField("user", user).Infof("%d", len(password))
	quiet := logrus.New()
	quiet.SetOutput(io.Discard)
	quiet.Info(password)
}

func klogs(password, user string, s settings) {
	klog.Infof("with %s", password)                           // want "password is logged"
	klog.InfoS("login", "with", password)                     // want "password is logged under key \"with\""
	klog.V(2).InfoS("start", "settings", s)                   // want "s.Password reaches klog.Verbose.InfoS"
	klog.InfoS("login", "with", klog.Format(&s))              // want "s.Password reaches klog.Format as text"
	klog.ErrorS(errors.New(password), "x")                    // want "password is logged"
	klog.Background().Info("login", "with", password)         // want "password is logged under key \"with\""
	klog.FromContext(context.TODO()).Info("x", "token", user) // want "user is logged under key \"token\""
	glog.Infof("with %s", password)                           // want "password is logged"
	klog.InfoS("login", "user", user, "n", len(password))
	glog.V(2).Info("login of ", user)
}

func others(lr logr.Logger, h hclog.Logger, k kit.Logger, c *log.Logger, password, user string, s settings) {
	lr.Info("login", "with", password)                     // want "password is logged under key \"with\""
	lr.V(1).WithValues("token", user).Info("x")            // want "user is logged under key \"token\""
	h.Info("login", "with", password)                      // want "password is logged under key \"with\""
	h.With("token", user).Debug("x")                       // want "user is logged under key \"token\""
	k.Log("msg", "login", "with", password)                // want "password is logged under key \"with\""
	level.Info(k).Log("msg", "login", "with", password)    // want "password is logged under key \"with\""
	kit.With(k, "token", user).Log("msg", "x")             // want "user is logged under key \"token\""
	c.Info("login", "with", password)                      // want "password is logged under key \"with\""
	log.Infof("with %s", password)                         // want "password is logged"
	apex.WithField("with", password).Info("login")         // want "password is logged under key \"with\""
	apex.Infof("with %s", password)                        // want "password is logged"
	phuslu.Info().Str("with", password).Msg("login")       // want "password is logged under key \"with\""
	fiberlog.Infow("login", "with", password)              // want "password is logged under key \"with\""
	fiberlog.Errorf("with %s", password)                   // want "password is logged"
	grpclog.Infof("with %s", password)                     // want "password is logged"
	grpclog.Component("orders").Infof("with %s", password) // want "password is logged"

	lr.Info("login", "user", user)
	logr.Discard().Info("login", "with", password)
	h.Info("login", "user", user)
	hclog.NewNullLogger().Info("login", "with", password)
	k.Log("msg", "login", "user", user, "settings", s)
	kit.NewNopLogger().Log("with", password)
	c.Info("login", "user", user, "n", len(password))
	apex.WithField("user", user).Info("login")
	phuslu.Info().Str("user", user).Int("n", len(password)).Msg("login")
	grpclog.Infof("with %d", len(password))
}

func echos(c echo.Context) error {
	c.Logger().Infof("with %s", c.FormValue("password")) // want "form value password is logged"
	c.Logger().Info(c.Request().Header.Get("Cookie"))    // want "request header Cookie is logged"
	c.Logger().Info(c.QueryParam("page"))
	return nil
}
