package app

import "custom/audit"

func login(t *audit.Trail, password, user string) {
	audit.Record("login", "user", user, "with", password) // want `password is logged under key "with"`
	t.Printf("login with %s", password)                   // want `password is logged`
	audit.Record("login", "user", user)
	t.Printf("login of %s with %d", user, len(password))
	audit.Count(len(password))
}
