// Package zap stands in for the real one.
package zap

import "go.uber.org/zap/zapcore"

type Field = zapcore.Field
type Logger struct{}
type SugaredLogger struct{}
type Option interface{ apply(*Logger) }

func NewProduction(options ...Option) (*Logger, error) { return nil, nil }
func RedirectStdLog(l *Logger) func()                  { return func() {} }
func NewNop() *Logger                                  { return nil }
func L() *Logger                                       { return nil }
func S() *SugaredLogger                                { return nil }

func (*Logger) Debug(msg string, fields ...Field)      {}
func (*Logger) Info(msg string, fields ...Field)       {}
func (*Logger) Error(msg string, fields ...Field)      {}
func (*Logger) Fatal(msg string, fields ...Field)      {}
func (l *Logger) With(fields ...Field) *Logger         { return l }
func (l *Logger) Named(name string) *Logger            { return l }
func (l *Logger) Sugar() *SugaredLogger                { return nil }
func (s *SugaredLogger) Infow(msg string, kv ...any)   {}
func (s *SugaredLogger) Infof(f string, args ...any)   {}
func (s *SugaredLogger) Info(args ...any)              {}
func (s *SugaredLogger) With(kv ...any) *SugaredLogger { return s }

func String(key, val string) Field                         { return Field{} }
func Strings(key string, val []string) Field               { return Field{} }
func Any(key string, val any) Field                        { return Field{} }
func Reflect(key string, val any) Field                    { return Field{} }
func Object(key string, val zapcore.ObjectMarshaler) Field { return Field{} }
func Int(key string, val int) Field                        { return Field{} }
func Bool(key string, val bool) Field                      { return Field{} }
func Error(err error) Field                                { return Field{} }

type Config struct{ Encoding string }

func NewDevelopment(options ...Option) (*Logger, error) { return nil, nil }
func NewDevelopmentConfig() Config                      { return Config{} }
func NewProductionConfig() Config                       { return Config{} }
func (Config) Build(opts ...Option) (*Logger, error)    { return nil, nil }
