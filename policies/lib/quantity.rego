# METADATA
# description: |
#   Numbers as manifests write them: as numbers, as text, as percentages. A function is undefined for what is no
#   such number, so that a placeholder stops the arithmetic instead of entering it as zero.
package opslint.lib.quantity

# integer(value) is the whole number that a value spells: 30 or "30".
integer(value) := value if {
	is_number(value)
	value == floor(value)
}

integer(value) := to_number(value) if {
	is_string(value)
	regex.match(`^[+-]?[0-9]{1,15}$`, value)
}

# percentage(value) is the number before the sign of a percentage: 50 for "50%".
percentage(value) := to_number(trim_suffix(value, "%")) if {
	is_string(value)
	regex.match(`^[0-9]{1,9}%$`, value)
}

# scaled(value, total) resolves a whole number or a percentage of total, rounded up, as disruption budgets do.
scaled(value, _) := integer(value)

scaled(value, total) := ceil((percentage(value) * total) / 100)
