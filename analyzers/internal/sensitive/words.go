package sensitive

import (
	"slices"
	"strings"
	"unicode"
)

// Words splits an identifier, key or header name at case changes, digits and
// punctuation into lower-case words. A run of capitals is one word and gives
// its last letter to a following lower-case word: "DBPasswordURL" has the words
// db, password and url. A run of digits is a word of its own.
func Words(name string) []string {
	var words []string
	runes := []rune(name)
	start := 0
	flush := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(string(runes[start:end])))
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			start = i + 1
		case i == start:
		case unicode.IsDigit(r) != unicode.IsDigit(runes[i-1]):
			flush(i)
		case unicode.IsUpper(r) && !unicode.IsUpper(runes[i-1]):
			flush(i)
		case unicode.IsUpper(r) && i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !pluralOfCapitals(runes, i):
			flush(i)
		}
	}
	flush(len(runes))
	return words
}

// pluralOfCapitals reports whether the capital at i is the last of a run whose
// only lower-case letter is a plural's s: "IDs", "URLs", "JWTsByUser".
func pluralOfCapitals(runes []rune, i int) bool {
	return runes[i+1] == 's' && (i+2 == len(runes) || !unicode.IsLower(runes[i+2]))
}

// Verdict is what a name says about the value behind it.
type Verdict uint8

// The verdicts. Plural is a name such as "tokens", a secret only for a
// collection. Cancelled names look at a secret but hold something harmless:
// "passwordFile", "token_count".
const (
	Unrelated Verdict = iota
	Cancelled
	Plural
	Secret
)

// A Vocabulary decides names. Its zero value knows the built-in words.
type Vocabulary struct {
	// Heads are further words, or several words with spaces, that make a name a
	// secret's.
	Heads []string
	// Allowed names (compared word by word) are harmless.
	Allowed []string
	// Personal: the words are those of personal data, not of secrets.
	Personal bool

	verdicts map[string]Verdict // of names asked about, if they are to be kept
}

// Remembering returns a copy that keeps its verdicts, for one goroutine.
func (v *Vocabulary) Remembering() *Vocabulary {
	return &Vocabulary{Heads: v.Heads, Allowed: v.Allowed, Personal: v.Personal, verdicts: make(map[string]Verdict)}
}

// Name judges a name by its head noun.
func (v *Vocabulary) Name(name string) Verdict {
	if v.verdicts == nil {
		return v.judge(name)
	}
	verdict, known := v.verdicts[name]
	if !known {
		verdict = v.judge(name)
		v.verdicts[name] = verdict
	}
	return verdict
}

func (v *Vocabulary) judge(name string) Verdict {
	if v.Personal {
		return v.personal(name)
	}
	words := Words(name)
	if len(words) == 0 || v.allows(words) {
		return Unrelated
	}
	if wellKnown[strings.ToLower(name)] {
		return Secret
	}
	for {
		if verdict := v.head(words); verdict != Unrelated {
			return verdict
		}
		shorter := trimFiller(words)
		if len(shorter) == len(words) || len(shorter) == 0 {
			return Unrelated
		}
		words = shorter
	}
}

// Header judges the name of an HTTP header, of which some carry credentials
// although their name does not say so.
func (v *Vocabulary) Header(name string) Verdict {
	if headers[strings.ToLower(name)] {
		return Secret
	}
	return v.Name(name)
}

// Cookie reports whether the name of a cookie says that it identifies somebody
// or lets them in.
func (v *Vocabulary) Cookie(name string) bool {
	return v.Name(name) == Secret ||
		slices.ContainsFunc(Words(name), func(word string) bool { return cookieWords[word] || heads[word] })
}

func (v *Vocabulary) allows(words []string) bool {
	return slices.ContainsFunc(v.Allowed, func(allowed string) bool { return slices.Equal(Words(allowed), words) })
}

// head judges words by the last one, two or three of them.
func (v *Vocabulary) head(words []string) Verdict {
	n := len(words)
	for length := min(3, n); length > 1; length-- {
		phrase := strings.Join(words[n-length:], " ")
		switch {
		case phrases[phrase] || slices.Contains(v.Heads, phrase):
			return v.unless(words[:n-length], words[n-1])
		case phrases[strings.TrimSuffix(phrase, "s")]:
			return Plural
		}
	}
	last := words[n-1]
	switch {
	case cancelling[last]:
		return Cancelled
	case last == "pass":
		if n == 1 || passBefore[words[n-2]] {
			return Secret
		}
		return Unrelated
	case heads[last] || slices.Contains(v.Heads, last):
		return v.unless(words[:n-1], last)
	case heads[strings.TrimSuffix(last, "s")]:
		if v.unless(words[:n-1], strings.TrimSuffix(last, "s")) == Cancelled {
			return Cancelled
		}
		return Plural
	case cancelling[strings.TrimSuffix(last, "s")]:
		return Cancelled
	}
	return Unrelated
}

// unless is Secret unless the word before the head cancels it.
func (v *Vocabulary) unless(before []string, head string) Verdict {
	if len(before) == 0 {
		return Secret
	}
	previous := before[len(before)-1]
	if protected[previous] || cancelledBefore[head][previous] {
		return Cancelled
	}
	return Secret
}

// trimFiller drops trailing digits, or one trailing word that says nothing
// about what the value is.
func trimFiller(words []string) []string {
	n := len(words)
	last := words[n-1]
	if strings.Trim(last, "0123456789") == "" {
		if n > 2 && (words[n-2] == "b" || words[n-2] == "base") {
			return words[:n-2]
		}
		return words[:n-1]
	}
	if fillers[last] || last == "header" && n > 1 && headerBefore[words[n-2]] {
		return words[:n-1]
	}
	return words
}

func set(text string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		m[word] = true
	}
	return m
}

func lines(text string) map[string]bool {
	m := map[string]bool{}
	for line := range strings.SplitSeq(text, ",") {
		m[strings.TrimSpace(line)] = true
	}
	return m
}

var (
	heads = set(`password passwd passphrase passcode pwd secret token jwt bearer apikey credential credentials
		creds cookie dsn pin otp totp cvv cvc mnemonic pepper`)

	phrases = lines(`api key, secret key, key secret, private key, signing key, encryption key, access key, auth key,
		master key, unseal key, shared key, session key, client secret, shared secret, session token,
		auth header, authorization header, connection string, recovery code, one time code, onetime code`)

	passBefore = set(`db smtp mail user admin root`)

	fillers = set(`value val string str text raw plain plaintext bytes data encoded new old tmp`)

	headerBefore = set(`auth authorization cookie`)

	// cancelling heads name something about a secret, not the secret.
	cancelling = set(`id ids name names file filename path dir location place url uri endpoint host address type kind
		class length len size count num number max min limit minimum maximum policy rule regex pattern field label
		hint expiry expires expiration ttl age at time date duration seconds valid enabled disabled required set
		present ok exists changed rotated version index ref reference hash hashed digest fingerprint checksum hmac
		encrypted ciphertext sealed masked redacted obfuscated prompt provider store manager service repo repository
		handler cache client server issuer audience subject scope scopes connector source template placeholder error
		err format mode status state flag parser validator generator factory ring`)

	// protected words before any head say that the value no longer shows it.
	protected = set(`hashed encrypted masked redacted obfuscated sealed`)

	cancelledBefore = map[string]map[string]bool{
		"token": set(`next page continuation continue cursor sync cancel cancellation lex syntax parse max min num total
			input output prompt completion design bucket reference resume revision fencing zed finalizer`),
		"key": set(`public primary foreign partition sort cache idempotency map row shard routing object storage lookup
			hot`),
		"cookie": set(`consent jwt token user username password pass`),
	}

	wellKnown = set(`pgpassword mysql_pwd rabbitmq_default_pass krb5passwd`)

	cookieWords = set(`session sess sessionid sessid sid phpsessid jsessionid auth authorization login remember csrf xsrf
		access refresh id identity user key`)

	headers = set(`authorization proxy-authorization cookie set-cookie x-api-key x-auth-token x-csrf-token`)
)
