// Command datafiles writes files that are no log.
package main

import (
	"encoding/csv"
	"log"
	"net/http"
	"os"
)

func main() {
	file, _ := os.Create("report.csv")
	csv.NewWriter(file).Write([]string{"serving"})
	log.Println("serving")
	http.ListenAndServe(":8080", nil)
}
