// Package main exits by the Fatal of loggers that write out what they hold.
package main

import (
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

func main() {
	log := zap.NewExample()
	defer log.Sync()
	defer klog.Flush()
	if err := work(); err != nil {
		klog.Flush()
		log.Fatal("work")
	}
}

func other() {
	defer klog.Flush()
	if err := work(); err != nil {
		klog.Fatal(err)
	}
}

func work() error { return nil }
