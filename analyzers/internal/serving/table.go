package serving

import "strings"

// serves are the functions and methods that block and serve, by import path
// without major version, type and name.
var serves = names(`
net/http.ListenAndServe net/http.ListenAndServeTLS net/http.Serve net/http.ServeTLS
net/http.Server.ListenAndServe net/http.Server.ListenAndServeTLS net/http.Server.Serve net/http.Server.ServeTLS
github.com/gin-gonic/gin.Engine.Run github.com/gin-gonic/gin.Engine.RunTLS github.com/gin-gonic/gin.Engine.RunUnix
github.com/gin-gonic/gin.Engine.RunFd github.com/gin-gonic/gin.Engine.RunListener github.com/gin-gonic/gin.Engine.RunQUIC
github.com/labstack/echo.Echo.Start github.com/labstack/echo.Echo.StartTLS github.com/labstack/echo.Echo.StartAutoTLS
github.com/labstack/echo.Echo.StartH2CServer github.com/labstack/echo.Echo.StartServer
github.com/gofiber/fiber.App.Listen github.com/gofiber/fiber.App.ListenTLS github.com/gofiber/fiber.App.Listener
github.com/gofiber/fiber.App.ListenMutualTLS
google.golang.org/grpc.Server.Serve
github.com/valyala/fasthttp.ListenAndServe github.com/valyala/fasthttp.ListenAndServeTLS github.com/valyala/fasthttp.Serve
github.com/valyala/fasthttp.Server.ListenAndServe github.com/valyala/fasthttp.Server.Serve
github.com/prometheus/exporter-toolkit/web.ListenAndServe github.com/prometheus/exporter-toolkit/web.Serve
github.com/prometheus/exporter-toolkit/web.ServeMultiple
github.com/cloudwego/hertz/pkg/app/server.Hertz.Spin github.com/go-kratos/kratos.App.Run
github.com/zeromicro/go-zero/rest.Server.Start github.com/zeromicro/go-zero/zrpc.RpcServer.Start
github.com/hibiken/asynq.Server.Run github.com/hibiken/asynq.Server.Start
go.temporal.io/sdk/worker.Worker.Run go.temporal.io/sdk/worker.Worker.Start
github.com/ThreeDotsLabs/watermill/message.Router.Run github.com/riverqueue/river.Client.Start
sigs.k8s.io/controller-runtime/pkg/manager.Manager.Start go.uber.org/fx.App.Run
github.com/soheilhy/cmux.CMux.Serve github.com/miekg/dns.Server.ListenAndServe github.com/miekg/dns.Server.ActivateAndServe
`)

// hosts are the functions that hand the process over to a host.
var hosts = names(`
github.com/aws/aws-lambda-go/lambda.Start github.com/aws/aws-lambda-go/lambda.StartWithOptions
github.com/aws/aws-lambda-go/lambda.StartWithContext github.com/aws/aws-lambda-go/lambda.StartHandler
github.com/GoogleCloudPlatform/functions-framework-go/funcframework.Start
github.com/GoogleCloudPlatform/functions-framework-go/funcframework.StartHostPort
github.com/hashicorp/go-plugin.Serve
`)

func names(text string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(text) {
		set[name] = true
	}
	return set
}
