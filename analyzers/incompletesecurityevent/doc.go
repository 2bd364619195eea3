// Package incompletesecurityevent implements go/incomplete-security-event: what
// concerns security is logged as a warning or an error, with all that an
// investigation asks for.
package incompletesecurityevent
