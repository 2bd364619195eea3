package log

import "github.com/rs/zerolog"

func Error() *zerolog.Event { return nil }

func Warn() *zerolog.Event { return nil }

func Err(err error) *zerolog.Event { return nil }
