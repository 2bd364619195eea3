package standard

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/viper"
)

type config struct {
	Host     string
	Port     int
	Password string
	Relay    string `env:"SMTP_PASSWORD"`
	Seed     string `sensitive:"true"`
	TokenURL string
	KeyFile  string `json:"secret_file"`
	Token    string //opslint:safe a counter in disguise
}

func direct(password, user string, cfg *config, apiKey []byte) {
	log.Printf("login of %s with %s", user, password) // want `password is logged`
	log.Println("password", password)                 // want `password is logged`
	log.Print(cfg.Password)                           // want `cfg.Password is logged`
	log.Printf("%q", cfg.Relay)                       // want `cfg.Relay is logged`
	log.Printf("seed %x", cfg.Seed)                   // want `cfg.Seed is logged`
	log.Println(string(apiKey))                       // want `apiKey is logged`

	log.Printf("%s %s %d", cfg.Host, user, cfg.Port)
	log.Printf("%T", password)
	log.Printf("%p", &password)
	log.Print(cfg.TokenURL, cfg.KeyFile, cfg.Token)
	log.Printf("password has %d characters", len(password))
	log.Print("password is missing: ", password == "")
	log.Printf("key %s…", apiKey[:4])
	log.Printf("key …%s", password[len(password)-4:])
	log.Printf("key %s", password[:12])             // want `password is logged`
	log.Fatalf("cannot use %s", "Bearer "+password) // want `password is logged`
}

func origins(r *http.Request) {
	log.Println(r.Header.Get("Authorization"))    // want `request header Authorization is logged`
	log.Println(r.Header["Cookie"])               // want `request header Cookie is logged`
	log.Printf("%v", r.Header)                    // want `r.Header reaches log.Printf as text`
	log.Println(os.Getenv("DB_PASSWORD"))         // want `os.Getenv\("DB_PASSWORD"\) is logged`
	log.Println(os.Environ())                     // want `os.Environ\(\) is logged`
	log.Println(viper.GetString("smtp.password")) // want `setting smtp.password is logged`
	log.Println(r.FormValue("password"))          // want `form value password is logged`
	log.Println(r.URL.Query().Get("token"))       // want `form value token is logged`
	user, pass, ok := r.BasicAuth()
	log.Println(pass) // want `password of the Authorization header is logged`
	if c, err := r.Cookie("session"); err == nil {
		log.Println(c.Value) // want `c.Value is logged`
		log.Println(c.Name, c.Path)
	}
	if c, err := r.Cookie("currency"); err == nil {
		log.Println(c.Value)
	}
	for _, entry := range os.Environ() {
		name, setting, _ := strings.Cut(entry, "=")
		log.Println(name)
		log.Println(setting) // want `os.Environ\(\) is logged`
		log.Println(strings.SplitN(entry, "=", 2)[0])
	}

	log.Println(user, ok)
	log.Println(r.Header.Get("Content-Type"), r.Header.Get("X-Request-Id"), r.Header["Accept"])
	log.Println(r.Method, r.URL, r.URL.Path, r.RemoteAddr, r.UserAgent())
	log.Println(os.Getenv("HOST"), os.Getenv("PASSWORD_FILE"), viper.GetString("token_url"), viper.GetInt("pin"))
	log.Println(r.FormValue("page"), r.URL.Query().Get("next_token"))
}

func flows(password, user string) {
	line := fmt.Sprintf("user=%s", user)
	log.Println(line)
	line = fmt.Sprintf("%s pw=%s", line, password)
	log.Println(line) // want `password is logged`
	line = "done"
	log.Println(line)

	encoded := base64.StdEncoding.EncodeToString([]byte(password))
	log.Println(encoded) // want `password is logged`
	sum := sha256.Sum256([]byte(password))
	log.Println(hex.EncodeToString(sum[:]))
	log.Println(strings.Repeat("*", len(password)))
	log.Println(strings.ReplaceAll(line, "x", password)) // want `password is logged`
	log.Println(strings.ReplaceAll("a "+password, password, "***"))
	log.Println(strconv.Quote(strings.TrimSpace(password))) // want `password is logged`

	err := fmt.Errorf("bad password %q", password)
	log.Println(err) // want `password is logged`
	err = errors.New("bad password")
	log.Println(err)

	dsn := "postgres://" + url.UserPassword(user, password).String() + "@db/orders"
	log.Print("connecting to ", dsn) // want `password is logged`
	target, err := url.Parse("postgres://db/" + password)
	log.Print(err) // want `password is logged`
	log.Print(target.Redacted(), target.Host)
	if target, err := url.Parse(dsn); err == nil {
		dsn = target.Redacted()
	}
	log.Print(dsn)

	var b strings.Builder
	b.WriteString("user ")
	b.WriteString(user)
	log.Print(b.String())
	b.WriteString(password)
	log.Print(b.String()) // want `password is logged`

	secret := "s3cret"
	log.Print(secret)
	secret = read()
	log.Print(secret) // want `secret is logged`
	if user == "" {
		secret = ""
		log.Print(secret)
	}
	for range 2 {
		token := "none"
		log.Print(token)
	}
}

func branches(quiet bool, token string) {
	shown := token
	if quiet {
		shown = "***"
	} else {
		shown = "hidden"
	}
	log.Print(shown)
	if quiet {
		token = "***"
		log.Print(token)
		return
	}
	switch {
	case quiet:
		token = "x"
	default:
		log.Print(token) // want `token is logged`
	}
}

func labels(value string, n int, w io.Writer) {
	log.Printf("password=%s", value)                  // want `value is logged`
	log.Printf("user=%s, password: %s", "joe", value) // want `value is logged`
	log.Println("token:", value)                      // want `value is logged`
	log.Print("api_key=" + value)                     // want `value is logged`
	log.Printf("host=%s", value)
	log.Printf("token=%d", n)
	log.Printf("unexpected token: %s", value)
	log.Printf("password of user %s changed", value)
	log.Printf("cannot create a new token: %s", value)
	fmt.Fprintf(w, "password=%s", value)
}

func maps(form map[string]string, header http.Header) {
	log.Println(form["password"]) // want `form\["password"\] is logged`
	log.Println(form["name"])
	log.Println(header.Get("Accept"))
	for name := range header {
		log.Println(name)
	}
}

func stops(password string, err error) {
	if err != nil {
		panic(err)
	}
	panic("cannot log in with " + password) // want `password is logged`
}

func shows(password, token string) {
	fmt.Println(password)
	println(token)
}

func read() string { return os.Args[1] }

var (
	defaultPassword = "changeme"
	adminPassword   = os.Getenv("ADMIN")
)

const secretName = "orders"

func globals() {
	log.Print(defaultPassword, secretName)
	log.Print(adminPassword) // want `adminPassword is logged`
}
