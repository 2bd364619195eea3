# METADATA
# description: |
#   What becomes of SIGTERM in an image: which shells stay in front of the program, and how bad that is. The parser
#   states the facts (see its documentation); the verdicts are here. Measured with `<shell> -c text`, dash 0.5.12,
#   bash 5.2, BusyBox 1.35: dash stays in front of everything but exec; BusyBox steps aside for the last command unless
#   that is a pipeline; bash steps aside for the last simple command, in a sequence since 5.1.
package opslint.lib.dockerfile

image := input.image

# role of a command that runs by itself: not an argument of a program, not thrown away.
runs(command) if command.role in {"process", "passed", "unknown"}

# waits(analysis) are the ends at which the shell stays and waits for a program that nothing tells to stop.
waits(analysis) := [object.union(end, {"index": index}) |
	not analysis.traps
	not analysis.guarded
	some index, end in analysis.ends
	end.kind in {"program", "arguments", "wait"}
]

# unsettled(analysis) says why nothing can be said about a script.
unsettled(analysis) := "the shell is none that opslint knows; use the exec form" if {
	analysis.shell == "other"
} else := "the shell text cannot be read; simplify it" if {
	not analysis.parsed
	not analysis.guarded
} else := "what the shell runs last is known only at run time; start the program with exec" if {
	count(waits(analysis)) == 0
	not analysis.traps
	not analysis.guarded
	some end in analysis.ends
	end.kind == "unknown"
}

# stands(run) says what the shell of a text does when it comes to the program:
#   "always"   it stays process 1, whatever shell it is: pipelines, programs in the background
#   "stays"    this shell stays process 1
#   "depends"  some versions of the shell stay, or it is not known which shell it is
#   "aside"    it steps aside and the program gets the signal, until somebody changes the text or the base image
# Undefined if nothing is wrong: the text ends in exec, traps SIGTERM, or starts no program.
stands(run) := "always" if {
	some end in waits(run)
	_waits_always(run, end)
} else := _by_shell[run.shell][run.shape] if {
	count(waits(run)) > 0
}

_waits_always(_, end) if end.pipeline

_waits_always(_, end) if end.kind == "wait"

_waits_always(run, _) if run.shape == "background"

_by_shell := {
	"dash": {"simple": "stays", "chain": "stays", "sequence": "stays", "compound": "stays"},
	"bash": {"simple": "aside", "chain": "aside", "sequence": "depends", "compound": "stays"},
	"ash": {"simple": "aside", "chain": "aside", "sequence": "aside", "compound": "aside"},
	"unknown": {"simple": "depends", "chain": "depends", "sequence": "depends", "compound": "depends"},
}

# loses(run) is the sentence about the program that a message ends with.
loses(run) := sprintf("%s stays process 1 and SIGTERM never reaches %s", [shell_name(run), program(waits(run)[0])]) if {
	stands(run) in {"always", "stays"}
} else := sprintf("unless it is a shell that steps aside, it stays process 1 and SIGTERM never reaches %s", [program(waits(run)[0])]) if {
	stands(run) == "depends"
	run.shell == "unknown"
} else := sprintf("%s before 5.1 stays process 1 and SIGTERM never reaches %s", [shell_name(run), program(waits(run)[0])]) if {
	stands(run) == "depends"
} else := sprintf("SIGTERM reaches %s only because %s steps aside for it", [program(waits(run)[0]), shell_name(run)])

shell_name(run) := {
	"dash": "/bin/sh (dash)",
	"bash": "bash",
	"ash": "/bin/sh (BusyBox)",
	"unknown": "the shell",
	"none": "the shell",
	"other": "the shell",
}[run.shell]

# program(end) names what a script starts, quoted.
program(end) := `"$@"` if {
	end.kind == "arguments"
} else := "the programs in the background" if {
	end.kind == "wait"
} else := sprintf("%q", [end.program]) if {
	end.program != ""
} else := "the program"
