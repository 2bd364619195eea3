package main

import (
	"log"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	if os.Getenv("AWS_LAMBDA_FUNCTION_NAME") != "" {
		lambda.Start(func() error { return nil })
		return
	}
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux()))
}
