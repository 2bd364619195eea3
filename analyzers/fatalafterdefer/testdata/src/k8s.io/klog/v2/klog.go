package klog

func Flush() {}

func Fatal(args ...any) {}
