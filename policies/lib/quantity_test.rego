package opslint.lib.quantity_test

import data.opslint.lib.quantity

test_reads_integers if {
	quantity.integer(30) == 30
	quantity.integer("30") == 30
	quantity.integer("-1") == -1
	quantity.integer(0) == 0
}

test_reads_percentages if {
	quantity.percentage("50%") == 50
	quantity.scaled("50%", 3) == 2
	quantity.scaled("0%", 3) == 0
	quantity.scaled("100%", 3) == 3
	quantity.scaled(2, 3) == 2
	quantity.scaled("2", 3) == 2
}

test_ignores_unknown_numbers if {
	every value in ["${X}", "", "1.5", 1.5, "3s", null, true, {}, "1e3", "99999999999999999999"] {
		not quantity.integer(value)
	}
	every value in ["${X}%", "%", "50", 50, "1.5%", null] {
		not quantity.percentage(value)
	}
}
