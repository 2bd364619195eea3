// Package zapcore stands in for the real one.
package zapcore

type Field struct{ Key string }

type ObjectEncoder interface {
	AddString(key, value string)
	AddInt(key string, value int)
	AddObject(key string, marshaler ObjectMarshaler) error
}

type ObjectMarshaler interface{ MarshalLogObject(ObjectEncoder) error }
