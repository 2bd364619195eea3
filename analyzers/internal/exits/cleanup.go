package exits

import (
	"slices"

	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// cleaning are the first words of the names of functions that clean up.
var cleaning = []string{
	"close", "cleanup", "clean", "commit", "deinit", "disconnect", "drain", "fini", "finish", "flush", "force",
	"graceful", "kill", "release", "remove", "restore", "rollback", "shutdown", "shut", "stop", "sync", "teardown", "tear", "unlock", "wait",
}

// IsCleanup reports whether a name is that of a function that cleans up.
func IsCleanup(name string) bool {
	words := sensitive.Words(name)
	return len(words) > 0 && slices.Contains(cleaning, words[0])
}
