package main

import (
	"os"

	"golang.org/x/term"
)

// wantsColor follows the flag, then NO_COLOR and FORCE_COLOR, then asks whether
// the output is a terminal.
func wantsColor(flag string, out any) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never", os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "", os.Getenv("CLICOLOR_FORCE") != "":
		return true
	}
	return isTerminal(out) && os.Getenv("TERM") != "dumb"
}

// wantsLinks reports whether to write hyperlinks. Terminals that do not know
// them ignore them; old ones of the list below print rubbish.
func wantsLinks(out any) bool {
	if os.Getenv("TERM") == "linux" || os.Getenv("TERM_PROGRAM") == "Apple_Terminal" {
		return false
	}
	return isTerminal(out)
}

func isTerminal(out any) bool {
	f, ok := out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
