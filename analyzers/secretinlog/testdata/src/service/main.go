package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

var relay = flag.String("relay-password", "", "password of the relay")

func main() {
	password := os.Getenv("DB_PASSWORD")
	fmt.Println("starting with", password)        // want `os.Getenv\("DB_PASSWORD"\) is logged`
	fmt.Fprintln(os.Stderr, "starting", password) // want `os.Getenv\("DB_PASSWORD"\) is logged`
	fmt.Println(*relay)                           // want `flag relay-password is logged`
	println(password)                             // want `os.Getenv\("DB_PASSWORD"\) is logged`
	r := gin.Default()
	r.POST("/login", login)
	http.HandleFunc("/", serve)
	r.Run()
}

func login(c *gin.Context) {
	fmt.Printf("header %s\n", c.GetHeader("Authorization")) // want `request header Authorization is logged`
	fmt.Printf("form %s\n", c.PostForm("password"))         // want `form value password is logged`
	c.JSON(200, c.PostForm("password"))
}

func serve(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, r.Header.Get("Authorization"))
	fmt.Sprintln(r.Header.Get("Authorization"))
}

func unused(password string) { fmt.Println(password) }
