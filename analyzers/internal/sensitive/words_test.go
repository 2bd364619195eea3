package sensitive

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	tests := map[string]string{
		"APIKey": "api key", "DBPasswordURL": "db password url", "db_password": "db password", "x-api-key": "x api key",
		"smtp.password": "smtp password", "path/to/secret": "path to secret", "password2": "password 2",
		"userIDs": "user ids", "JWT": "jwt", "jwtToken": "jwt token", "ClientSecretB64": "client secret b 64",
		"": "", "__": "", "Ünïcode": "ünïcode", "HTTPServer": "http server", "tokenJWT": "token jwt",
	}
	for name, want := range tests {
		if got := strings.Join(Words(name), " "); got != want {
			t.Errorf("Words(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNameFindsSecrets(t *testing.T) {
	for name := range strings.FieldsSeq(`
		password Password userPassword DB_PASSWORD smtp-password passwd passphrase passcode pwd MYSQL_PWD PGPASSWORD
		KRB5PASSWD RABBITMQ_DEFAULT_PASS pass DBPass smtp_pass mailPass userPass adminPass root_pass
		secret clientSecret client_secret webhookSecret token accessToken refreshToken csrfToken idToken authToken
		BearerToken bearer jwt JWT userJWT apikey apiKey APIKey API_KEY X-Api-Key stripeAPIKey secretKey
		SecretAccessKey awsSecretAccessKey keySecret privateKey signing_key encryptionKey accessKey authKey masterKey
		unsealKey sharedKey sessionKey sharedSecret sessionToken authHeader authorizationHeader cookieHeader
		connectionString dbConnectionString recoveryCode oneTimeCode one-time-code credential credentials dbCreds
		cookie sessionCookie dsn DATABASE_DSN pin otp totp cvv cvc mnemonic pepper
		passwordValue tokenString passwordBytes secretData tokenB64 tokenBase64 newPassword passwordNew rawToken tokenRaw
		password1 plainPassword passwordPlaintext tokenStr pwdTmp bootstrapToken secretText sharedPassword
	`) {
		if got := new(Vocabulary).Name(name); got != Secret {
			t.Errorf("Name(%q) = %d, want Secret", name, got)
		}
	}
}

func TestNameKnowsPlurals(t *testing.T) {
	for name := range strings.FieldsSeq(`tokens passwords apiKeys API_KEYS secrets accessTokens privateKeys cookies recoveryCodes`) {
		if got := new(Vocabulary).Name(name); got != Plural {
			t.Errorf("Name(%q) = %d, want Plural", name, got)
		}
	}
}

func TestNameIsSilent(t *testing.T) {
	for name := range strings.FieldsSeq(`
		id name author compass bypass passed passenger secretary tokenizer tokenize compassion overpass key keys publicKey
		primaryKey foreignKey cacheKey partitionKey keyID salt user username email
		passwordHash password_hash hashedPassword encryptedPassword maskedToken redactedSecret passwordFile PASSWORD_FILE
		tokenPath secretName secretNames secretRef secretDir tokenURL token_uri tokenEndpoint tokenType tokenKind secretKind
		passwordLength tokenCount tokenLen maxTokens_max tokenLimit passwordPolicy passwordRegex passwordField
		passwordHint tokenExpiry tokenExpires tokenTTL tokenAge tokenExpiresAt passwordChangedAt tokenDuration
		tokenValid passwordEnabled passwordRequired passwordSet tokenOK secretExists passwordChanged secretVersion
		secretIndex tokenDigest keyFingerprint tokenChecksum passwordPrompt tokenProvider secretStore secretManager
		tokenService passwordRepository tokenHandler tokenCache secretClient tokenServer tokenIssuer tokenAudience
		tokenSubject tokenScope tokenScopes tokenSource passwordTemplate passwordPlaceholder tokenError tokenErr
		tokenFormat tokenMode tokenStatus tokenState tokenFlag tokenParser passwordValidator tokenGenerator
		tokenFactory keyring accessKeyID AWS_ACCESS_KEY_ID apiKeyName apiKeyId privateKeyPath private_key_file
		nextToken NextPageToken pageToken continuationToken cursorToken syncToken cancelToken lexToken syntaxToken
		parseToken maxToken minToken numToken totalToken inputToken outputToken promptToken completionToken designToken
		bucketToken finalizerToken consentCookie firstPass secondPass boardingPass bootPass kubeSecretName header authorization
		tokenID tokenIDs passwordHashValue hashes tokenStrategy secretsManager value string text data
	`) {
		if got := new(Vocabulary).Name(name); got == Secret || got == Plural {
			t.Errorf("Name(%q) = %d, want neither Secret nor Plural", name, got)
		}
	}
}

func TestHeader(t *testing.T) {
	v := new(Vocabulary)
	for _, name := range []string{
		"Authorization", "authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token",
		"X-Csrf-Token", "X-Vault-Token", "X-Webhook-Secret",
	} {
		if v.Header(name) != Secret {
			t.Errorf("Header(%q) is not a secret", name)
		}
	}
	for _, name := range []string{"Content-Type", "X-Request-Id", "User-Agent", "X-Key-Id", "Accept"} {
		if v.Header(name) == Secret {
			t.Errorf("Header(%q) is a secret", name)
		}
	}
}

func TestVocabularyOfTheUser(t *testing.T) {
	v := &Vocabulary{Heads: []string{"kennwort", "vault code"}, Allowed: []string{"deviceToken"}}
	for _, name := range []string{"dbKennwort", "vaultCode", "token"} {
		if v.Name(name) != Secret {
			t.Errorf("Name(%q) is not a secret", name)
		}
	}
	for _, name := range []string{"device_token", "code", "kennwortFile"} {
		if v.Name(name) == Secret {
			t.Errorf("Name(%q) is a secret", name)
		}
	}
	if !slices.Equal(Words("device_token"), Words("deviceToken")) {
		t.Error("an allowed name depends on its spelling")
	}
}

func TestPersonalNames(t *testing.T) {
	v := &Vocabulary{Personal: true}
	for name, want := range map[string]bool{
		"email": true, "userEmail": true, "PhoneNumber": true, "dateOfBirth": true, "userFullName": true, "customer_full_name": true,
		"emailHash": false, "emailDomain": false, "smtpEmail": false, "fullName": false, "podFullName": false, "repoFullName": false,
	} {
		if got := v.Name(name); (got == Secret || got == Plural) != want {
			t.Errorf("Name(%q) = %d, personal: want %t", name, got, want)
		}
	}
}
