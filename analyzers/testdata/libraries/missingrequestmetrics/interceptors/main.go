// Command interceptors measures gRPC by OpenTelemetry.
package main

import (
	"net"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
)

func main() {
	l, err := net.Listen("tcp", ":9000")
	if err != nil {
		return
	}
	grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler())).Serve(l)
}
