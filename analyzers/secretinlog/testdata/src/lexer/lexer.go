package lexer

import "log"

type item struct{ Token string }

func next(token string, it item, tokens []string, password string) {
	log.Printf("token %q", token)
	log.Printf("%+v", it)
	log.Println(tokens)
	log.Println("token: ", it.Token)
	log.Println(password) // want `password is logged`
}
