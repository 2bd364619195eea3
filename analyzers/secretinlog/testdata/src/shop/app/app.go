// Package app uses what the other packages of the shop have.
package app

import (
	"log"
	"log/slog"
	"os"
	"shop/logging"
	"shop/redact"
	"shop/store"
	"strings"
)

func helpers(password string) {
	log.Print(redact.Redact(password)) // want `password is logged`
	log.Print(redact.Encode(password)) // want `password is logged`
	log.Print(redact.First(password))  // want `password is logged`
	log.Print(redact.First[string]("a", "b"))
	log.Print(redact.Mask(password), redact.Short(password), redact.Digest(password))
}

func types(h redact.Hidden, s redact.Shown, l redact.Logged) {
	log.Print(h)
	slog.Info("x", "h", h)
	log.Print(s)           // want `s.Password reaches log.Print as text`
	slog.Info("x", "l", l) // want `l.Password reaches slog.Info`
}

func wrappers(password, user string) {
	logging.Printf("login of %s with %s", user, password)    // want `password is logged`
	logging.Event("login", "user", user, "secret", password) // want `password is logged`
	logging.Event("login", "token", user)                    // want `user is logged under key "token"`
	logging.Async(password)                                  // want `password is logged`
	logging.Deferred(password)                               // want `password is logged`
	logging.Log(password)                                    // want `password is logged`
	logging.Log(redact.Shown{Password: password})            // want `Password reaches Log, which logs it as text`
	logging.Printf("%+v", store.Config{Password: password})  // want `Password reaches Printf, which logs it as text`
	logging.Printf("%+v", store.Config{Address: user})
	logging.Printf("%d %T", len(password), password)
	logging.Event("login", "user", user, "password", "***")
	logging.Count(password)
	logging.Log(len(password))
}

func values(password, user string, std *logging.Std) {
	f := std.Infof
	f("with %s", password) // want `password is logged`
	f("of %s", user)
	say := func(s string) { log.Print("say ", s) }
	say(password) // want `password is logged`
	say(user)
	line := "user"
	add := func() { line += password }
	log.Print(line)
	add()
	log.Print(line) // want `password is logged`
	lines := make(chan string, 2)
	lines <- user
	lines <- password
	log.Print(<-lines) // want `password is logged`
	counts := make(chan string, 1)
	counts <- user
	log.Print(<-counts)
}

func interfaces(l logging.Logger, k logging.Sink, password, user string) {
	l.Infof("login with %s", password) // want `password is logged`
	l.Infof("login of %s", user)
	l.Remember(password)
	k.Put(password)
}

func results(user string) {
	relay := store.Relay()
	log.Print(relay) // want `os.Getenv\("RELAY_TOKEN"\) is logged`
	relay = store.Port()
	log.Print(relay)
	err := store.Dial("postgres://" + os.Getenv("STORE_PASSWORD") + "@db")
	log.Print(err) // want `os.Getenv\("STORE_PASSWORD"\) is logged`
	log.Print(store.Dial("postgres://db"), store.Dial(user))
	log.Print(err.Error()) // want `os.Getenv\("STORE_PASSWORD"\) is logged`
	log.Print(store.Check("postgres://" + os.Getenv("STORE_PASSWORD") + "@db"))
	log.Print(store.Even(4, user, os.Getenv("STORE_PASSWORD")))
	log.Print(store.Odd(4, user, os.Getenv("STORE_PASSWORD")))  // want `os.Getenv\("STORE_PASSWORD"\) is logged`
	log.Print(store.Swap(4, user, os.Getenv("STORE_PASSWORD"))) // want `os.Getenv\("STORE_PASSWORD"\) is logged`
	log.Print(store.Swap(4, user, user))
}

func structs() {
	log.Printf("%+v", store.Default())
	log.Printf("%+v", store.Load()) // want `Password reaches log.Printf as text`
	log.Printf("%+v", store.Load().Safe())
	cfg := store.Load()
	cfg.Clear()
	log.Printf("%+v", cfg)
	cfg.Fill(os.Getenv("STORE_PASSWORD"))
	log.Printf("%+v", cfg) // want `cfg.Password reaches log.Printf as text`
	cfg.Password = ""
	log.Printf("%+v", cfg)

	c := store.Connect("orders")
	log.Print(c.Target) // want `c.Target is logged`
	log.Print(c.Name)
	log.Printf("%+v", c) // want `c.Target reaches log.Printf as text`
}

func memory(password, user string) {
	var text string
	store.Into(&text, user)
	log.Print(text)
	store.Into(&text, password)
	log.Print(text) // want `password is logged`
	store.Empty(&text, password)
	log.Print(text)

	var b store.Builder
	b.Add(user)
	log.Print(b.First())

	entries := map[string]string{"user": user, "entry": password}
	log.Print(entries["user"])
	log.Print(entries["entry"]) // want `password is logged`
	list := []string{user, password}
	log.Print(list[0])
	log.Print(list[1])                  // want `password is logged`
	log.Print(strings.Join(list, ", ")) // want `password is logged`
	list = []string{user}
	log.Print(list)
}
