package main

import (
	"fmt"

	"github.com/spf13/viper"
)

func main() {
	viper.SetDefault("port", 8080)
	viper.BindEnv("token", "API_TOKEN", "TOKEN")
	viper.AutomaticEnv()
	fmt.Println(viper.GetString("port"))
}
