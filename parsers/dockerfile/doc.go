// Package dockerfile reads Dockerfiles and finds out how a container of the
// image starts: what process 1 is, and what stands between it and the program.
//
// Start with [Parse], then [Assemble], which needs the build context for
// entrypoint scripts. Buildkit's parser decides what a file means; the bytes of
// every word are found here, because buildkit knows only lines.
//
// # Documents
//
// One per Dockerfile: Kind "image", Name is the name of the final stage or
// "image". A final stage FROM scratch that holds nothing but files has none.
// Each file is a group of its own; Group.Refs holds its document by name, and
// Group.Artifacts the entrypoint scripts for the directives in their comments.
//
// # Input
//
// Nodes keep the range of the place where they were written, also in the
// effective configuration and also when that is another file (an entrypoint
// script). Facts that opslint found out have no range. Keys that do not apply
// are absent.
//
//	name, file                           # file is the path in the workspace
//	global: [INSTRUCTION]                # ARG before the first FROM
//	stages: [{
//	  index: number, name,               # name only with AS
//	  final: bool,
//	  inherited: bool,                   # the final stage starts from it, or is it
//	  instructions: [INSTRUCTION],       # FROM first
//	}]
//	image: {                             # effective configuration of the final stage; shown at its FROM
//	  stage: {index, name},
//	  development: bool,                 # the file, a folder or the stage is named dev, test, …
//	  base: {image, known: bool,         # the image outside the file at the end of the chain of FROMs
//	    shell: SHELL,                    # what its /bin/sh is
//	    entrypoint: "none" | "passes" | "own" | "unknown"},  # passes: ends in exec "$@"; own: takes CMD as arguments
//	  images: [{image, known: bool,      # images outside the file that end up in this one
//	    use: "base" | "stage" | "copy"}],  # its base; base of a stage it copies from; COPY --from=image
//	  entrypoint: COMMAND, command: COMMAND,   # shown at the keyword; absent: the base's own
//	  init,                              # name of the init on the way to the program: tini and the like
//	  wrapped: RUN,                      # a shell with -c in the exec form
//	  scripts: [SCRIPT],                 # entrypoint scripts, in the order in which they start each other
//	  programs: [{                       # what runs in the end, wrappers (env, gosu, nice, …) left out
//	    name,                            # without folders; "" if unknown
//	    arguments: [...],                # the program first; each at its own place
//	    instruction,                     # "entrypoint" | "command": where it began
//	    guarded: bool}],                 # an init above it signals all processes below itself
//	  user, stopsignal,                  # shown at the value
//	  healthcheck: {none: bool, interval, timeout, start-period, start-interval, retries},  # options as written
//	  ports: [...],                      # of EXPOSE
//	  environment: [{name, value, known: bool, instruction: "ENV" | "ARG"}],  # each that is set on the way
//	}
//
//	INSTRUCTION: {
//	  instruction,                       # in upper case
//	  flags: [{name, value}],            # --from=builder
//	  form: "exec" | "shell",            # of CMD, ENTRYPOINT, RUN, SHELL, HEALTHCHECK; "exec" also for JSON lists
//	  arguments: [...],                  # words as written, JSON items decoded; the shell form is one argument
//	  pairs: [{name, value}],            # of ENV, LABEL and ARG, as written
//	  onbuild: INSTRUCTION,
//	  heredocs: [{name, content}],
//	}
//
//	COMMAND: {
//	  form: "exec" | "shell", stage: number,
//	  inherited: bool,                   # from an earlier stage
//	  arguments: [...],                  # of the exec form
//	  text,                              # of the shell form, continuations joined
//	  malformed: true,                   # shell form because it is no JSON, though it looks like it
//	  run: RUN,                          # of the shell form, if it runs
//	  role: "process" | "passed" | "argument" | "discarded" | "unknown",   # of CMD, see below
//	}
//
//	RUN: {shell: SHELL, instruction: "entrypoint" | "command", guarded: bool,
//	  text, ANALYSIS}                    # text only in image.wrapped
//	SCRIPT: {path, shell: SHELL, instruction, guarded: bool,           # path in the image
//	  found: bool, ANALYSIS}             # ANALYSIS if found
//	SHELL: "dash" | "bash" | "ash" | "none" | "unknown" | "other"      # other: PowerShell, cmd
//
//	ANALYSIS:
//	  parsed: bool,                      # false: opslint cannot read the shell text
//	  shape: "empty" | "simple" | "chain" | "sequence" | "compound" | "pipeline" | "background",
//	  traps: bool,                       # does something on SIGTERM
//	  ends: [{                           # the last statements, one for each way through
//	    kind: "exec" | "program" | "arguments" | "utility" | "idle" | "wait" | "loop" | "unknown",
//	    branch: bool,                    # only on some ways
//	    pipeline: bool, program,         # name of its program
//	    statement}],                     # as written, at its place
//
// The role of CMD: "process" it is run itself (also behind tini), "passed" a
// script runs it by exec "$@", "argument" a program takes it, "discarded" the
// shell form of ENTRYPOINT drops it, "unknown" an entrypoint that cannot be seen
// decides.
//
// A value is unknown (Kind Unknown, "known": false) if it depends on a build
// argument without default or on a variable of the base image.
package dockerfile
