package opslint.rules.dockerfile.forced_stop_signal_test

import data.opslint.rules.dockerfile.forced_stop_signal as rule

_reported(signal) := {finding.path | some finding in found} if {
	found := rule.deny with input as {"image": {"stopsignal": signal}}
}

test_reports_signals_that_cannot_be_caught if {
	every signal in ["SIGKILL", "KILL", "9", "SIGSTOP", "sigkill", "19"] {
		_reported(signal) == {["image", "stopsignal"]}
	}
}

test_accepts_other_signals if {
	every signal in ["SIGTERM", "SIGQUIT", "SIGINT", "SIGUSR1", "SIGRTMIN+3", "15", "3"] {
		_reported(signal) == set()
	}
	rule.subject == {["image"]} with input as {"image": {"stopsignal": "SIGQUIT"}}
	rule.subject == set() with input as {"image": {}}
}

test_ignores_unknown_signals if {
	_reported("$SIGNAL") == set()
	count(rule.undetermined) == 1 with input as {"image": {"stopsignal": "$SIGNAL"}}
}
