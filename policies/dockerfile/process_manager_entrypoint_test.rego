package opslint.rules.dockerfile.process_manager_entrypoint_test

import data.opslint.rules.dockerfile.process_manager_entrypoint as rule

_program(line) := {"name": regex.replace(words[0], `^.*/`, ""), "arguments": words, "guarded": false} if words := split(line, " ")

_image(programs) := {"image": {"development": false, "programs": programs}}

_reported(line) := {finding.path | some finding in found} if {
	found := rule.deny with input as _image([_program(line)])
}

test_reports_tools_in_front_of_the_program if {
	every line in [
		"npm start", "npm run serve", "npm --silent start", "pnpm run start:prod", "yarn start", "yarn serve", "npx ts-node server.ts", "bun run start",
		"make run", "./mvnw spring-boot:run", "mvn -q exec:java", "/app/gradlew bootRun", "go run ./cmd/api", "sudo -u app server", "su app -c server", "script -q x",
	] {
		_reported(line) == {["image", "programs", 0, "arguments", 0]}
	}
}

test_accepts_programs_and_one_off_work if {
	every line in [
		"node server.js", "npm test", "npm run test:e2e", "npm ci", "npm run migrate", "npm run dev", "yarn", "yarn install", "yarn test", "bun server.ts", "bun run server.ts",
		"mvn verify", "gradle build", "make test", "go version", "bundle exec puma", "poetry run gunicorn", "uv run app", "su app", "nohup server",
	] {
		_reported(line) == set()
	}
	rule.subject == {["image"]} with input as _image([_program("node server.js")])
}

test_accepts_group_signals_and_development if {
	count(rule.deny) == 0 with input as _image([object.union(_program("npm start"), {"guarded": true})])
	count(rule.deny) == 0 with input as {"image": {"development": true, "programs": [_program("npm start")]}}
}

test_ignores_unknown_programs if {
	unknown := {"name": "", "arguments": ["$CMD"], "guarded": false}
	count(rule.deny) == 0 with input as _image([unknown])
	count(rule.undetermined) == 1 with input as _image([unknown])
}
