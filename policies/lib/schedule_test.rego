package opslint.lib.schedule_test

import data.opslint.lib.schedule

test_reports_the_longest_gap if {
	every text, hours in {
		"rate(30 minutes)": 0.5,
		"rate(1 hour)": 1,
		"rate(7 days)": 168,
		"cron(0 5 * * ? *)": 24,
		"cron(0 5,17 * * ? *)": 12,
		"cron(0 0,6 * * ? *)": 18,
		"cron(0 */6 * * ? *)": 6,
		"cron(0 * * * ? *)": 1,
		"cron(0 2 ? * MON-FRI *)": 72,
		"cron(0 2 ? * SUN *)": 168,
		"cron(0 2 ? * FRI-MON *)": 96,
		"cron(0 2 ? * * *)": 24,
		"cron(0 2 ? * SUN-SAT *)": 24,
		"cron(0 3 1 * ? *)": 744,
		"0 3 * * *": 24,
		"15 */4 * * *": 4,
		"0 3 * * 1,4": 96,
	} {
		schedule.longest_gap(text) == hours
	}
}

test_ignores_unknown_forms if {
	every text in ["", "daily", "cron(0 5 * * ?)", "cron(0 5 * * ? 2030)", "rate(x hours)", "0 3 * 1 *", "0 x * * *"] {
		not schedule.longest_gap(text)
	}
}
