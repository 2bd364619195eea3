package whole

import (
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"net/http"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type Mail struct{ Pass string }

type Settings struct {
	Host string
	Mail Mail
}

type Hidden struct {
	Host     string
	Password string `json:"-"`
}

type Redacted struct{ Password string }

func (Redacted) String() string               { return "redacted" }
func (Redacted) LogValue() slog.Value         { return slog.StringValue("redacted") }
func (Redacted) MarshalJSON() ([]byte, error) { return []byte(`"redacted"`), nil }

type Pretender struct{ Password string }

func (p Pretender) String() string { return fmt.Sprintf("Pretender(%s)", p.Password) }
func (p Pretender) LogValue() slog.Value {
	return slog.GroupValue(slog.String("pw", p.Password))
}

type Partial struct{ Host, Password string }

func (p Partial) MarshalJSON() ([]byte, error) {
	type plain Partial
	q := plain(p)
	q.Password = "***"
	return json.Marshal(q)
}

func (p Partial) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("host", p.Host)
	return nil
}

type Leaky struct{ Password string }

func (l Leaky) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("password", l.Password)
	return nil
}

type Secret string

func (Secret) String() string { return "***" }

type Holder struct{ Key Secret }

func whole(s Settings, h Hidden, r Redacted, p Pretender, q Partial, l Leaky, logger *zap.Logger, z zerolog.Logger) {
	log.Printf("%+v", s)                    // want `s.Mail.Pass reaches log.Printf as text`
	log.Println(&s)                         // want `s.Mail.Pass reaches log.Println as text`
	slog.Info("start", "settings", s)       // want `s.Mail.Pass reaches slog.Info`
	slog.Info("start", slog.Any("s", s))    // want `s.Mail.Pass reaches slog.Any`
	logger.Info("start", zap.Any("s", s))   // want `s.Mail.Pass reaches zap.Any as JSON`
	z.Info().Interface("s", s).Msg("start") // want `s.Mail.Pass reaches zerolog.Event.Interface as JSON`
	logrus.WithField("s", s).Info("start")  // want `s.Mail.Pass reaches logrus.WithField`
	text, _ := json.Marshal(s)
	log.Println(string(text)) // want `s.Mail.Pass reaches log.Println as text`

	log.Printf("%+v", h) // want `h.Password reaches log.Printf as text`
	logger.Info("start", zap.Any("h", h))
	slog.Info("start", "h", h)

	log.Printf("%v %s", r, r)
	slog.Info("start", "r", r)
	logger.Info("start", zap.Any("r", r), zap.Reflect("r", r))
	log.Printf("%#v", r) // want `r.Password reaches log.Printf as text`

	log.Println(p)             // want `p.Password reaches log.Println as text`
	slog.Info("start", "p", p) // want `p.Password reaches slog.Info`

	logger.Info("start", zap.Reflect("q", q), zap.Object("q", q))
	logger.Info("start", zap.Object("l", l)) // want `l.Password reaches zap.Object`

	log.Println(s.Host, s.Mail.Pass == "")
}

func secrets(key Secret, h Holder, plain string) {
	log.Println(key)
	log.Println(Secret(plain))
	log.Printf("%v", h)
	log.Printf("%s", string(key)) // want `key is logged`
	slog.Info("x", "k", zap.Any("key", key))
}

func requests(r *http.Request, resp *http.Response, cookies []*http.Cookie) {
	log.Printf("%+v", r) // want `r reaches log.Printf as text`
	log.Println(resp.Header, resp)
	log.Println(cookies) // want `cookies reaches log.Println as text`
	slog.Info("x", "request", r)
	log.Println(resp.Status, r.URL, r.Host)
}

func indirect(s Settings) {
	var v any = s
	log.Println(v) // want `s.Mail.Pass reaches log.Println as text`
	list := []Settings{s}
	log.Println(list) // want `list.Mail.Pass reaches log.Println as text`
	m := map[string]*Settings{"a": &s}
	log.Println(m)
}

type Request struct {
	User  string
	Token string
}

func (*Request) ProtoMessage()    {}
func (r *Request) String() string { return "generated" }

func messages(r *Request) {
	log.Println(r) // want `r.Token reaches log.Println as text`
	log.Printf("got %s", r.User)
}

type Flags struct {
	PasswordFile string
	HasPassword  bool
	TokenCount   int
	OnSecret     func()
}

func harmless(f Flags, m map[string]int) {
	log.Printf("%+v %v", f, m)
}

type Headers struct {
	Header http.Header
	All    bool
}

func (h Headers) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	for name := range h.Header {
		enc.AddString(name, "redacted")
	}
	return nil
}

type Loggable struct{ Headers Headers }

func (l Loggable) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	return enc.AddObject("headers", l.Headers)
}

func objects(l *zap.Logger, r *http.Request, s Settings) {
	request := zap.Object("request", Loggable{Headers{Header: r.Header}})
	l.With(request).Info("x")
	settings := zap.Any("settings", s) // want `s.Mail.Pass reaches zap.Any as JSON`
	l.With(settings).Info("x", settings)
}
