// Package exits knows which calls end the process: os.Exit, the Fatal of a
// logger, and functions of the user's that come down to one of them.
//
// What ends the process skips every deferred call, unlike a panic or
// runtime.Goexit, which run them. [Analyzer] leaves a fact at each function that
// ends the process, always or if it is given an error; start with [Result.Of].
package exits
