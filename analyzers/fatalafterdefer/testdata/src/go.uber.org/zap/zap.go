package zap

type Logger struct{}

type Field struct{}

func NewExample() *Logger { return nil }

func (*Logger) Sync() error { return nil }

func (*Logger) Fatal(msg string, fields ...Field) {}
