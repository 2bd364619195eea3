package customers

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"strings"
)

type customer struct {
	ID        string
	Email     string
	EmailHash string
	Number    string `json:"phone_number"`
	Note      string `pii:"true"`
	Address   address
}

type address struct {
	StreetAddress string
	City          string
}

type account struct {
	Name     string
	Verified bool
	EmailID  string
}

type mailer struct {
	Host  string
	From  string
	Email *template
}

type template struct{ Subject, Body string }

func direct(c customer, email, userPhone, iban, dateOfBirth string, emails []string) {
	log.Print(email)                              // want `email is logged`
	log.Printf("called %s", userPhone)            // want `userPhone is logged`
	log.Print("paid to ", iban)                   // want `iban is logged`
	log.Print(dateOfBirth)                        // want `dateOfBirth is logged`
	log.Print(emails)                             // want `emails is logged`
	log.Print(c.Email)                            // want `c.Email is logged`
	log.Print(c.Number)                           // want `c.Number is logged`
	log.Print(c.Note)                             // want `c.Note is logged`
	slog.Info("sent", "to", c.Email)              // want `c.Email is logged under key "to"`
	slog.Info("sent", "email", c.Address.City)    // want `c.Address.City is logged under key "email"`
	log.Print(strings.ToLower(email))             // want `email is logged`
	log.Print(fmt.Errorf("no mailbox %s", email)) // want `email is logged`
	log.Printf("%+v", c.Address)                  // want `c.Address.StreetAddress reaches log.Printf as text`
	slog.Info("customer", "customer", c)          // want `c.Email reaches slog.Info`

	slog.Info("sent", "email", c.ID)
	log.Print(c.ID, c.EmailHash, c.Address.City)
	log.Print(len(emails), email == "")
	log.Printf("%x", sha256.Sum256([]byte(email)))
	log.Print(email[:2], email[strings.LastIndex(email, "@")+1:])
	log.Print(strings.Split(email, "@")[1])
	_, domain, _ := strings.Cut(email, "@")
	log.Print(domain)
	email = "removed"
	log.Print(email)
}

func harmless(a account, m mailer, emailDomain, emailTemplate, emailSubject, smtpEmail, verifiedEmail string, emailCount int, username, ip, name, firstName string) {
	log.Printf("%+v %+v", a, m)
	log.Print(emailDomain, emailTemplate, emailSubject, smtpEmail, verifiedEmail, emailCount)
	log.Print(username, ip, name, firstName)
}

func requests(w http.ResponseWriter, r *http.Request) {
	log.Print(r.FormValue("email")) // want `form value email is logged`
	body, _ := io.ReadAll(r.Body)
	log.Printf("got %s", body)
	fmt.Fprint(w, r.FormValue("email"))
	log.Print(r.RemoteAddr)
}

// both is told as a secret by the rule for secrets.
func both(email, password string) {
	log.Print(email + ":" + password)
}
