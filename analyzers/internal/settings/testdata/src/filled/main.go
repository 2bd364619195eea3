package main

import (
	"fmt"
	"log"

	"github.com/caarlos0/env/v11"
	"github.com/kelseyhightower/envconfig"
)

type config struct {
	Port     int    `env:"PORT" envDefault:"8080"`
	Token    string `env:"TOKEN,required"`
	Database struct {
		Host string `env:"HOST,notEmpty"`
		Name string `env:"NAME"`
	} `envPrefix:"DB_"`
	hidden string `env:"HIDDEN"`
	Unset  string
}

type mail struct {
	Host string `required:"true"`
	Port int    `default:"25"`
	Auth struct {
		User string
	}
	Sender string `envconfig:"FROM" required:"true" default:"shop@example.org"`
}

func main() {
	var c config
	if err := env.Parse(&c); err != nil {
		log.Fatal(err)
	}
	var m mail
	envconfig.MustProcess("mail", &m)
	fmt.Println(c.hidden, m)
}
