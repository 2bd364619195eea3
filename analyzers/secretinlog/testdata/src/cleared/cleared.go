package cleared

import (
	"encoding/json"
	"log"
	"log/slog"
)

type Config struct {
	Host     string
	Password string
	Next     *Config
}

var load func(c *Config)

func clear(c Config, p *Config) {
	shown := c
	shown.Password = "***"
	log.Printf("%+v", shown)
	slog.Info("start", "config", shown)

	copied := *p
	copied.Password = ""
	log.Printf("%+v", &copied)

	log.Printf("%+v", Config{Host: c.Host})
	log.Printf("%+v", Config{Host: c.Host, Password: c.Password}) // want `Password reaches log.Printf as text`
	literal := Config{Host: "a"}
	log.Printf("%+v", literal)

	filled := Config{Host: "a"}
	load(&filled)
	log.Printf("%+v", filled) // want `filled.Password reaches log.Printf as text`

	late := c
	log.Printf("%+v", late) // want `late.Password reaches log.Printf as text`
	late.Password = ""

	if c.Host == "" {
		c.Password = ""
	}
	log.Printf("%+v", c) // want `c.Password reaches log.Printf as text`

	log.Printf("%+v", c.safe())
	text, _ := json.Marshal(p.safe())
	log.Println(string(text))
	p.Password = "x"
	log.Print(p.Password)
}

func (c Config) safe() Config {
	c.Password = "***"
	return c
}
