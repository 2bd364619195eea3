package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	file, _ := os.Create("report.txt")
	fmt.Fprintln(file, "serving")
	http.ListenAndServe(":8080", nil)
}
