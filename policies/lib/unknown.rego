# METADATA
# description: |
#   Tells a value that somebody has written from one that a tool will fill in later. What is unknown is
#   neither present nor absent: a rule asks here before it concludes anything.
package opslint.lib.unknown

# is(value) holds for text in which a placeholder stands: `${X}`, `$(X)`, `$X` alone, `<X>`, `@@X@@`, `%X%`,
# `{{ … }}`, `__X__`, `REPLACE_ME`, `INSERT_X`, `your-x`, `***`. Anything that is no string is known.
is(value) if {
	is_string(value)
	regex.match(_suspect, value)
	regex.match(_placeholder, value)
}

# Most values have none of these, and are done with in one step.
_suspect := `[$<@%{*]|__|(?i:replace|^your|^insert|^enter|^fill)`

_placeholder := concat("|", [
	`\$\{[^}]*\}`,
	`\$\([^)]*\)`,
	`^\$[A-Za-z_][A-Za-z0-9_]*$`,
	`<[A-Za-z][A-Za-z0-9 _.:-]*>`,
	`@@[^@]+@@`,
	`@[A-Z][A-Z0-9_]+@`,
	`%[A-Za-z_][A-Za-z0-9_]*%`,
	`\{\{.*\}\}`,
	`__[A-Z][A-Z0-9_]*__`,
	`(?i:(?:^|[^a-z])replace[_-]?(?:me|with|this)(?:$|[^a-z]))`,
	`\*{3}`,
	`^(?:(?i:your)|INSERT|ENTER|FILL)[_-][A-Za-z0-9_-]+$`,
])
