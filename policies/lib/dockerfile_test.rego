package opslint.lib.dockerfile_test

import data.opslint.lib.dockerfile

_run(shell, shape, kind) := {
	"shell": shell, "shape": shape, "parsed": true, "traps": false, "guarded": false,
	"ends": [{"kind": kind, "branch": false, "pipeline": shape == "pipeline", "program": "node"}],
}

test_knows_which_shells_stay[name] if {
	some name, want in {
		"dash simple": "stays", "dash sequence": "stays", "dash pipeline": "always", "dash background": "always",
		"bash simple": "aside", "bash chain": "aside", "bash sequence": "depends", "bash compound": "stays", "bash pipeline": "always",
		"ash simple": "aside", "ash sequence": "aside", "ash compound": "aside", "ash pipeline": "always",
		"unknown simple": "depends", "unknown pipeline": "always",
	}
	[shell, shape] := split(name, " ")
	dockerfile.stands(_run(shell, shape, "program")) == want
}

test_finds_nothing_wrong_with_other_ends if {
	every kind in ["exec", "utility", "idle", "loop", "unknown"] {
		not dockerfile.stands(_run("dash", "simple", kind))
	}
	not dockerfile.stands(object.union(_run("dash", "background", "wait"), {"traps": true}))
	not dockerfile.stands(object.union(_run("dash", "simple", "program"), {"guarded": true}))
}

test_says_what_is_unsettled if {
	dockerfile.unsettled(_run("dash", "simple", "unknown"))
	dockerfile.unsettled(object.union(_run("dash", "empty", "exec"), {"parsed": false}))
	not dockerfile.unsettled(_run("dash", "simple", "exec"))
	not dockerfile.unsettled(_run("dash", "simple", "program"))
}

test_says_who_loses_the_signal if {
	dockerfile.loses(_run("dash", "simple", "program")) == `/bin/sh (dash) stays process 1 and SIGTERM never reaches "node"`
	dockerfile.loses(_run("bash", "sequence", "program")) == `bash before 5.1 stays process 1 and SIGTERM never reaches "node"`
	dockerfile.loses(_run("ash", "simple", "program")) == `SIGTERM reaches "node" only because /bin/sh (BusyBox) steps aside for it`
	dockerfile.loses(_run("dash", "background", "wait")) == "/bin/sh (dash) stays process 1 and SIGTERM never reaches the programs in the background"
	dockerfile.loses(_run("dash", "simple", "arguments")) == `/bin/sh (dash) stays process 1 and SIGTERM never reaches "$@"`
}
