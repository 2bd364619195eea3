# METADATA
# description: |
#   How often a schedule comes round: five-field cron, and the cron(…) and rate(…) of AWS.
package opslint.lib.schedule

# longest_gap(text) is the longest time between two runs, in hours. It is undefined for a schedule that cannot be read.
longest_gap(text) := to_number(parts[1]) * _hours[parts[2]] if {
	parts := regex.find_all_string_submatch_n(`^\s*rate\(\s*([0-9]+)\s+(minute|hour|day)s?\s*\)\s*$`, text, 1)[0]
} else := _gap(fields) if {
	inner := regex.find_all_string_submatch_n(`^\s*cron\((.*)\)\s*$`, text, 1)[0][1]
	fields := regex.split(`\s+`, trim_space(inner))
	count(fields) == 6
	fields[5] in {"*", "?"}
} else := _gap(fields) if {
	not startswith(text, "cron")
	fields := regex.split(`\s+`, trim_space(text))
	count(fields) == 5
}

_hours := {"minute": 1 / 60, "hour": 1, "day": 24}

# The longest gap is that of the coarsest field that is not free.
_gap(fields) := 744 if {
	fields[3] in _any
	not fields[2] in _any
} else := _week(fields[4]) if {
	fields[3] in _any
	not fields[4] in _any
	_week(fields[4]) > 24
} else := _day(fields) if {
	fields[3] in _any
	_every_day(fields[4])
}

_every_day(field) if field in _any

_every_day(field) if _week(field) <= 24

_any := {"*", "?"}

# Hours between the days of the week that a field names; the clock is left out.
_week(field) := 24 * _widest(numbers, 7) if numbers := _set(field, 7)

_weekday := {"SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6}

_day(fields) := 1 if {
	fields[1] in _any
} else := _widest(numbers, 24) if {
	numbers := _set(fields[1], 24)
}

# _set(field, size) are the numbers that a field of a cron expression means.
_set(field, size) := numbers if {
	numbers := {n | some part in split(upper(field), ","); some n in _part(part, size)}
	every part in split(upper(field), ",") {
		count(_part(part, size)) > 0
	}
}

_part(part, size) := {_number(part) % size} if {
	regex.match(`^[A-Z0-9]+$`, part)
} else := {m | some n in numbers.range(_number(ends[0]), _end(ends, size)); m := n % size} if {
	regex.match(`^[A-Z0-9]+-[A-Z0-9]+$`, part)
	ends := split(part, "-")
} else := {n | some n in numbers.range_step(_start(steps[0]), size - 1, to_number(steps[1]))} if {
	regex.match(`^(\*|[A-Z0-9]+)/[1-9][0-9]*$`, part)
	steps := split(part, "/")
} else := set()

# A range may run over the end of the week: FRI-MON.
_end(ends, size) := last if {
	last := _number(ends[1])
	last >= _number(ends[0])
} else := _number(ends[1]) + size

_start("*") := 0

_start(text) := _number(text) if text != "*"

_number(text) := to_number(text) if {
	regex.match(`^[0-9]{1,2}$`, text)
} else := _weekday[text]

# _widest(numbers, size) is the widest gap on a circle of that size.
_widest(points, size) := max(gaps) if {
	sorted := sort([n | some n in points])
	gaps := [gap |
		some i, n in sorted
		following := object.get({j: m | some j, m in sorted}, i + 1, sorted[0] + size)
		gap := following - n
	]
}
