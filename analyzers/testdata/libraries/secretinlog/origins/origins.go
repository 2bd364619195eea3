// Package origins logs what comes from places that hold secrets.
package origins

import (
	"fmt"
	"log"
	"net/url"

	"github.com/alecthomas/kingpin/v2"
	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/vault/api"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
	"golang.org/x/oauth2"
	"google.golang.org/grpc/metadata"
	corev1 "k8s.io/api/core/v1"
)

var (
	relay = kingpin.Flag("relay-password", "password of the relay").Envar("RELAY").String()
	host  = kingpin.Flag("relay-host", "host of the relay").Default("relay").String()
)

func flags(set *pflag.FlagSet) {
	kingpin.Parse()
	log.Print(*relay) // want "flag \"relay-password\" is logged"
	log.Print(*host)
	entry := set.String("api-key", "", "")
	log.Print(*entry) // want "flag api-key is logged"
	var seed, name string
	set.StringVar(&seed, "client-secret", "", "")
	set.StringVar(&name, "client-name", "", "")
	log.Print(seed) // want "flag \"client-secret\" is logged"
	log.Print(name)
	log.Print(viper.GetString("smtp.password")) // want "setting smtp.password is logged"
	log.Print(viper.GetString("smtp.host"))
}

func vaults(secret *api.Secret) {
	log.Print(secret.Data["value"]) // want "secret.Data\\[\"value\"\\] is logged"
	log.Printf("%+v", secret)       // want "secret reaches log.Printf as text"
	log.Print(secret.LeaseDuration, secret.Renewable)
}

func kubernetes(secret *corev1.Secret) {
	log.Print(string(secret.Data["config"])) // want "secret.Data\\[\"config\"\\] is logged"
	log.Printf("%v", secret)                 // want "secret reaches log.Printf as text"
	log.Print(secret.Name, secret.Namespace, len(secret.Data))
}

func tokens(t *oauth2.Token, parsed *jwt.Token, md metadata.MD) {
	log.Printf("%+v", t)               // want "t.AccessToken reaches log.Printf as text"
	log.Print(t.RefreshToken)          // want "t.RefreshToken is logged"
	log.Print(parsed.Raw)              // want "parsed.Raw is logged"
	log.Print(md.Get("authorization")) // want "request metadata authorization is logged"
	log.Print(t.Expiry, t.TokenType, parsed.Valid, md.Get("user-agent"))
}

func urls(c *gin.Context, user, entry, host string) {
	log.Print(fmt.Sprintf("amqp://%s:%s@%s/", user, entry, host)) // want "entry is logged"
	log.Print(fmt.Sprintf("amqp://%s:%d/", host, 5672))
	target := &url.URL{Scheme: "amqp", Host: host, User: url.UserPassword(user, c.GetHeader("Authorization"))}
	log.Print(target)          // want "request header Authorization is logged"
	log.Print(target.String()) // want "request header Authorization is logged"
	log.Print(target.Redacted(), target.Host)
	plain := &url.URL{Scheme: "http", Host: host}
	log.Print(plain, plain.String())
}
