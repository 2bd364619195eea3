package main

import (
	"github.com/gin-gonic/gin"
	"k8s.io/klog/v2"
)

func main() {
	r := gin.Default()     // want `gin.Default writes its access log as text`
	r.Use(gin.Logger())    // want `gin.Logger writes its access log as text`
	klog.Infof("starting") // want `klog writes text; give klog.SetSlogLogger a logger that writes JSON`
	other := gin.New()
	other.Use(gin.Recovery())
	r.Run()
}
