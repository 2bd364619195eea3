package sensitive

import (
	"slices"
	"strings"
)

// personal judges a name by the words for what says who somebody is, where they
// live or how to reach them.
func (v *Vocabulary) personal(name string) Verdict {
	words := Words(name)
	if len(words) == 0 || v.allows(words) {
		return Unrelated
	}
	for {
		if verdict := v.personalHead(words); verdict != Unrelated {
			return verdict
		}
		shorter := trimFiller(words)
		if len(shorter) == len(words) || len(shorter) == 0 {
			return Unrelated
		}
		words = shorter
	}
}

func (v *Vocabulary) personalHead(words []string) Verdict {
	n := len(words)
	for length := min(3, n); length > 0; length-- {
		phrase := strings.Join(words[n-length:], " ")
		found := personalPhrases[phrase] || slices.Contains(v.Heads, phrase)
		plural := !found && (personalPhrases[strings.TrimSuffix(phrase, "s")] || personalPhrases[strings.TrimSuffix(phrase, "es")])
		switch {
		case !found && !plural:
			continue
		case length < n && personalBefore[words[n-length-1]]:
			return Cancelled
		case phrase == "full name" && (length == n || !persons[words[n-length-1]]):
			return Cancelled // of a repository, a file, a pod
		case plural:
			return Plural
		}
		return Secret
	}
	if personalCancelling[words[n-1]] {
		return Cancelled
	}
	return Unrelated
}

var (
	personalPhrases = lines(`email, e mail, email address, e mail address, mail address, recipient mail, phone, phone number,
		mobile number, mobile phone, telephone number, msisdn, ssn, social security number, national id, tax id,
		passport number, date of birth, birth date, dob, birthday, first name, last name, full name, maiden name,
		street address, home address, postal address, billing address, shipping address, iban, card number, credit card,
		credit card number`)

	// personalBefore are words before a head that say that it is nobody's, or no
	// longer readable.
	personalBefore = set(`hashed encrypted masked redacted obfuscated no has verified sender from smtp support admin service
		server default bot test example`)

	// persons are those whose full name is a person's.
	persons = set(`user customer person contact employee patient member author recipient client applicant student`)

	// personalCancelling heads name something about personal data.
	personalCancelling = set(`id ids hash hashed domain domains template templates count sent verified opt optin optout consent
		model type kind provider subject server host smtp from client service name names field key column label error err
		regex pattern format validator enabled required valid length len index`)
)
