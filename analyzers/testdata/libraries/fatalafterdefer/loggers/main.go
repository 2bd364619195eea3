// Package main exits by the loggers of libraries.
package main

import (
	"bufio"
	"os"

	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	logger := zap.Must(zap.NewProduction())
	sugared := logger.Sugar()
	switch len(os.Args) {
	case 1:
		logger.Fatal("x") // want "logger.Fatal skips the deferred out.Flush"
	case 2:
		sugared.Fatalw("x", "k", "v") // want "sugared.Fatalw skips the deferred out.Flush"
	case 3:
		zlog.Fatal().Str("k", "v").Msg("x") // want "zlog.Fatal...Str...Msg skips the deferred out.Flush"
	case 4:
		logrus.WithField("k", "v").Fatalf("x") // want "logrus.WithField...Fatalf skips the deferred out.Flush"
	case 5:
		klog.Exit("x") // want "klog.Exit skips the deferred out.Flush"
	case 6:
		zlog.Error().Msg("x")
	case 7:
		logrus.Panic("x") // what is deferred runs
	}
}

func flushing() {
	logger := zap.Must(zap.NewProduction())
	defer logger.Sync()
	defer klog.Flush()
	if len(os.Args) > 1 {
		klog.Flush()
		logger.Fatal("x") // it syncs by itself
	}
	zlog.Fatal().Msg("x") // want "zlog.Fatal...Msg skips the deferred logger.Sync"
}
