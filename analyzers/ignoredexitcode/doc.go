// Package ignoredexitcode defines an analyzer that reports tools and jobs which
// fail and yet end with exit code 0.
//
// # Analyzer ignoredexitcode
//
// ignoredexitcode: report failures that end with exit code 0
//
// Who starts a job, be it a person, a script or a scheduler, learns from the
// exit code whether it did its work.
//
//	func main() {
//		if err := jobs.Prune(); err != nil {
//			log.Println(err)
//			return // want: failure of jobs.Prune ends with exit code 0
//		}
//	}
//
// The analyzer looks at function main of programs that are no services, at the
// Run and Action functions of cobra and urfave/cli commands that do not serve,
// and at the functions of the module with whose end these end. It reports a
// branch for an error that writes it to the log and then ends well: by return,
// return nil, return 0 or os.Exit(0), or because nothing follows; and a call
// whose error is dropped though it is the work of the program.
//
// A branch that does anything else, such as setting a variable, is left alone: an
// exit code may come of it. So are warnings, cleanups, sentinels that mean
// success, and what reads from a person.
package ignoredexitcode
