// Package settings logs configurations right after it has made them.
package settings

import (
	"encoding/json"
	"flag"
	"log"
	"log/slog"
	"os"

	"settings/source"
)

type Database struct {
	Host     string
	Password string
}

type Named struct {
	Address  string
	Database Database
}

type Anonymous struct {
	Address  string
	Database struct {
		Host     string
		Password string
	}
}

type Pointed struct {
	Address  string
	Database *Database
}

type Embedded struct {
	Address string
	Database
}

type Tagged struct {
	Address string
	Relay   struct {
		Account string `env:"SMTP_PASSWORD"`
	} `envPrefix:"RELAY_"`
}

type Flat struct{ Address, Password string }

func anonymous() Anonymous {
	var cfg Anonymous
	cfg.Address = ":8080"
	cfg.Database.Host = os.Getenv("DATABASE_HOST")
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	return cfg
}

func named() (cfg Named) {
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	return
}

func pointer() *Named {
	cfg := &Named{Address: ":8080"}
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	return cfg
}

func fresh() *Flat {
	cfg := new(Flat)
	cfg.Password = os.Getenv("DATABASE_PASSWORD")
	return cfg
}

func both() (Named, error) {
	database := Database{Host: "db"}
	database.Password = os.Getenv("DATABASE_PASSWORD")
	return Named{Database: database}, nil
}

func embedded() Embedded {
	var cfg Embedded
	cfg.Password = os.Getenv("DATABASE_PASSWORD")
	return cfg
}

func parsed(parse func(any) error) (*Tagged, error) {
	var cfg Tagged
	if err := parse(&cfg); err != nil {
		return nil, err
	}
	return &cfg, nil
}

func part(parse func(any) error) Anonymous {
	var cfg Anonymous
	parse(&cfg.Database)
	return cfg
}

func constructors(parse func(any) error) {
	a := anonymous()
	log.Printf("%+v", a)           // want `a.Database.Password reaches log.Printf as text`
	log.Printf("%+v", anonymous()) // want `anonymous\(\).Database.Password reaches log.Printf as text`
	n := named()
	log.Println(n) // want `n.Database.Password reaches log.Println as text`
	p := pointer()
	log.Printf("%v", p)  // want `p.Database.Password reaches log.Printf as text`
	log.Printf("%v", *p) // want `\*p.Database.Password reaches log.Printf as text`
	log.Print(fresh())   // want `fresh\(\).Password reaches log.Print as text`
	b, err := both()
	log.Print(b, err) // want `b.Database.Password reaches log.Print as text`
	e := embedded()
	log.Print(e) // want `e.Database.Password reaches log.Print as text`
	t, err := parsed(parse)
	log.Print(t, err)       // want `t.Relay.Account reaches log.Print as text`
	log.Print(part(parse))  // want `part\(parse\).Database.Password reaches log.Print as text`
	log.Print(a.Database)   // want `a.Database.Password reaches log.Print as text`
	log.Print(n.Database)   // want `n.Database.Password reaches log.Print as text`
	slog.Info("", "cfg", a) // want `a.Database.Password reaches slog.Info`

	other := source.Load()
	log.Printf("%+v", other)        // want `other.Mail.Pass reaches log.Printf as text`
	log.Printf("%+v", source.New()) // it is empty
}

func here() {
	var cfg Anonymous
	cfg.Database.Host = "db"
	log.Printf("%+v", cfg)
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	log.Printf("%+v", cfg) // want `cfg.Database.Password reaches log.Printf as text`
	cfg.Database.Password = "***"
	log.Printf("%+v", cfg)
	cfg.Database.Password = os.Getenv("DATABASE_PASSWORD")
	log.Printf("%+v", cfg) // want `cfg.Database.Password reaches log.Printf as text`
}

func replaced() {
	cfg := anonymous()
	cfg.Database.Password = ""
	log.Printf("%+v", cfg)

	whole := named()
	whole.Database = Database{Host: "db"}
	log.Printf("%+v", whole)
}

func flags() {
	var cfg Named
	flag.StringVar(&cfg.Address, "address", ":8080", "")
	log.Printf("%+v", cfg)
	flag.StringVar(&cfg.Database.Password, "database-password", "", "")
	flag.Parse()
	log.Printf("%+v", cfg) // want `cfg.Database.Password reaches log.Printf as text`
}

var global Anonymous

func init() { global.Database.Password = os.Getenv("DATABASE_PASSWORD") }

func packageLevel() {
	log.Printf("%+v", global) // want `global.Database.Password reaches log.Printf as text`
}

func pointers() {
	cfg := Pointed{Database: &Database{Password: os.Getenv("DATABASE_PASSWORD")}}
	log.Printf("%+v", cfg)  // fmt prints an address
	slog.Info("", "c", cfg) // the handler may do so too
	text, _ := json.Marshal(cfg)
	log.Print(string(text)) // want `cfg.Database.Password reaches log.Print as text`
	log.Print(cfg.Database) // want `cfg.Database.Password reaches log.Print as text`
}

func empty() {
	cfg := new(Flat)
	cfg.Address = ":8080"
	log.Print(cfg)
	var unset Anonymous
	unset.Address = ":8080"
	log.Print(unset)
	log.Print(Embedded{Address: ":8080"})
}

// sign reads only.
func sign(c *Flat) string { return prefix(c) + c.Address }

func prefix(c *Flat) string { return c.Address[:1] }

func complete(c *Flat) { fill(c) }

func fill(c *Flat) { c.Password = os.Getenv("DATABASE_PASSWORD") }

var kept *Flat

func keep(c *Flat) { kept = c }

func (c *Flat) valid() bool { return c.Address != "" }

func given() {
	read := Flat{Address: ":8080"}
	log.Print(sign(&read), read.valid())
	log.Print(read)

	var written Flat
	complete(&written)
	log.Print(written) // want `written.Password reaches log.Print as text`

	var shared Flat
	keep(&shared)
	log.Print(shared) // want `shared.Password reaches log.Print as text`
}
