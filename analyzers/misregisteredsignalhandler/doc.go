// Package misregisteredsignalhandler defines an analyzer that reports signal
// handlers which are registered in a way that cannot work.
//
// # Analyzer misregisteredsignalhandler
//
// misregisteredsignalhandler: report signal handlers that cannot work
//
// Package signal does not wait for the receiver of a channel: a signal that
// comes while nobody receives is dropped unless the channel has room for it.
//
//	quit := make(chan os.Signal)
//	signal.Notify(quit, syscall.SIGTERM) // want: quit is unbuffered
//
// Reported are a channel without a buffer, also one that is made elsewhere and
// comes by a parameter, a field, a package variable or the result of a function;
// SIGKILL and SIGSTOP in a list of signals, which no process can trap; a channel
// or context that nobody looks at; and a nil channel.
//
// A channel whose capacity is not known is left alone, and so is one that is
// made in the call itself: that swallows a signal on purpose.
package misregisteredsignalhandler
