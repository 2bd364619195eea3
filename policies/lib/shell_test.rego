package opslint.lib.shell_test

import data.opslint.lib.shell

test_adds_constant_sleeps[name] if {
	some name, [argv, want] in {
		"argv": [["sleep", "10"], 10],
		"argv with a number": [["sleep", 10], 10],
		"path and unit": [["/bin/sleep", "2m"], 120],
		"fraction": [["sleep", "0.5"], 0.5],
		"shell": [["sh", "-c", "sleep 15"], 15],
		"sequence": [["/bin/bash", "-ec", "nginx -s quit; sleep 5 && sleep 10s"], 15],
		"lines": [["sh", "-c", "echo stopping\nsleep 20\n"], 20],
		"before a loop": [["sh", "-c", "sleep 20; while pgrep app; do sleep 1; done"], 20],
		"env": [["env", "sh", "-c", "sleep 3"], 3],
		"redirected": [["sh", "-c", "sleep 3 >/dev/null"], 3],
	}
	shell.pause(argv).seconds == want
}

test_ignores_unknown_sleeps if {
	every argv in [
		["sleep"], ["sleep", "$SECONDS"], ["sleep", "infinity"], ["sh", "-c", "sleep ${N}"], ["sh", "-c", "sleep 100 &"],
		["sh", "-c", "while true; do sleep 1; done"], ["sh", "-c", "if true; then sleep 60; fi"], ["sh", "-c", "drain || sleep 60"],
		["sh", "-c", "echo sleep 60"], ["/stop.sh", "60"], ["sh", "/stop.sh"], [], ["sh", "-c"],
	] {
		not shell.pause(argv)
	}
}

test_knows_idle_commands if {
	every argv in [
		["sleep", "infinity"], ["/pause"], ["cat"], ["tail", "-f", "/dev/null"], ["sh", "-c", "sleep infinity"],
		["/bin/sh", "-c", "while true; do sleep 30; done;"], ["bash", "-c", "trap : TERM INT; sleep infinity & wait"],
		["sh", "-c", "exec tail -f /dev/null"],
	] {
		shell.idle(argv)
	}
}

test_knows_busy_commands if {
	every argv in [["cat", "/etc/motd"], ["tail", "-f", "/var/log/app.log"], ["sh", "-c", "sleep 5; exec app"], ["app"], [], ["sh", "run.sh"]] {
		not shell.idle(argv)
	}
}
