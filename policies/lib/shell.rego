# METADATA
# description: |
#   As much of the shell as the rules need: what a command waits for, and whether it does nothing but wait. It is no
#   parser: what it does not recognise it leaves out, and says so.
package opslint.lib.shell

# base(word) is the program's name without its folder.
base(word) := elements[count(elements) - 1] if {
	is_string(word)
	elements := split(word, "/")
}

shells := {"sh", "bash", "ash", "dash", "ksh", "zsh"}

# script(argv) is {"text", "index"}: the text that a shell in argv runs with -c, and its place in argv.
script(argv) := {"text": argv[i + 1], "index": i + 1} if {
	base(argv[0]) in shells
	some i in [1, 2]
	regex.match(`^-[a-z]*c$`, argv[i])
	is_string(argv[i + 1])
}

script(argv) := {"text": argv[3], "index": 3} if {
	base(argv[0]) == "env"
	base(argv[1]) in shells
	regex.match(`^-[a-z]*c$`, argv[2])
	is_string(argv[3])
}

# pause(argv) is {"seconds", "index"}: for how long a command certainly waits with sleep, the constant sleeps of its
# leading simple statements added up, and the place in argv that says so. It may wait longer.
pause(argv) := {"seconds": seconds, "index": 1} if {
	base(argv[0]) == "sleep"
	seconds := sum([s | some i, word in argv; i > 0; s := _seconds(word)])
	seconds > 0
}

pause(argv) := {"seconds": seconds, "index": found.index} if {
	found := script(argv)
	seconds := _script_pause(found.text)
	seconds > 0
}

_script_pause(text) := sum([s |
	statements := _statements(text)
	limit := min({count(statements)} | {i | some i, statement in statements; regex.match(_control, statement)})
	some i, statement in statements
	i < limit
	some s in _sleeps(statement)
])

_statements(text) := [trim_space(s) | some s in regex.split(`;|\n|&&`, text)]

# From the first loop, branch, alternative, group or function on, nothing is certain.
_control := `^(?:while|for|until|if|case|function|\{|\(|exit|return)\b|^[{(]|\|\||\(\)`

_sleeps(statement) := [s |
	some m in regex.find_all_string_submatch_n(`^(?:exec\s+)?(?:/usr)?(?:/bin/)?sleep((?:\s+[0-9.]+[smhd]?)+)\s*(?:[0-9]?>\S+)?$`, statement, 1)
	some word in split(trim_space(m[1]), " ")
	s := _seconds(word)
]

_seconds(word) := to_number(m[1]) * _units[m[2]] if {
	is_string(word)
	some m in regex.find_all_string_submatch_n(`^([0-9]{1,9}(?:\.[0-9]+)?)([smhd]?)$`, word, 1)
}

_seconds(word) := word if is_number(word)

_units := {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

# idle(argv) holds for a command that does nothing but wait, as pods of tools do.
idle(argv) if {
	program := base(argv[0])
	program in _may_wait
	_waits(program, argv)
}

_may_wait := {"sleep", "pause", "cat", "tail", "env", "sh", "bash", "ash", "dash", "ksh", "zsh"}

_waits(program, _) if program in {"sleep", "pause"}

_waits("cat", argv) if count(argv) == 1

_waits("tail", argv) if argv[count(argv) - 1] == "/dev/null"

_waits(_, argv) if regex.match(_idle, trim_space(script(argv).text))

_idle := concat("", [
	`^(?:trap\s+[^;]*;\s*)?`,
	`(?:while\s+(?:true|:|\[\s*1\s*\]|sleep\s+[0-9]+[smhd]?)\s*;\s*do\s+(?:sleep\s+[0-9]+[smhd]?|:|true)\s*;?\s*done`,
	`|(?:exec\s+)?sleep\s+(?:infinity|inf|[0-9]+[smhd]?)`,
	`|(?:exec\s+)?tail\s+-[fF]\s+/dev/null)`,
	`\s*(?:&\s*wait)?\s*;?$`,
])
