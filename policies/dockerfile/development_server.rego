# METADATA
# title: Development server in an image
# description: |
#   Servers made for development reload code, serve one request at a time or drop them all at once when they end. Their own
#   manuals say not to use them in production: they neither drain connections on SIGTERM nor stand real load.
#
#   What counts: what the effective ENTRYPOINT or CMD runs in the end, through wrappers, shells, scripts of the build context,
#   `npx`, `python -m` and the like: flask run, manage.py runserver, nodemon, ts-node-dev, next dev, nuxt dev, vite, ng serve,
#   webpack serve, react-scripts start, vue-cli-service serve, air, uvicorn and gunicorn with --reload, fastapi dev, php -S, artisan serve, rails
#   server in the development environment, node --watch, and scripts called dev (`npm run dev`).
#
#   Not reported: a stage, file or folder named dev, development, local, test and the like.
# custom:
#   id: dockerfile/development-server
#   severity: warning
#   clauses: [OPS-9.3, OPS-3.1]
#   kinds: [image]
#   remedy: start the production server, and keep the development server in a stage named dev
package opslint.rules.dockerfile.development_server

import data.opslint.lib.dockerfile

subject contains ["image"] if {
	count(dockerfile.image.programs) > 0
	not dockerfile.image.development
}

deny contains finding if {
	not dockerfile.image.development
	some index, program in dockerfile.image.programs
	server := _server(_line(program))

	finding := {
		"msg": sprintf("%s is a development server", [server]),
		"path": ["image", "programs", index, "arguments", 0],
	}
}

# _line(program) is the command line with the program's plain name first.
_line(program) := concat(" ", array.concat([program.name], array.slice(program.arguments, 1, count(program.arguments))))

# _command(line) leaves launchers out.
_command(line) := regex.replace(line, _launchers, "")

_launchers := `^(?:(?:npx|pnpx|bunx|yarn|pnpm exec|pnpm dlx|npm exec(?: --)?|poetry run|pipenv run|uv run|bundle exec|python[0-9.]*(?: -[a-zA-Z]+)*? -m|python[0-9.]*(?: -[uBOEs]+)*)\s+(?:--yes |-y )?)+`

_server(line) := name if {
	some name, pattern in _servers
	regex.match(pattern, _command(line))
}

_server(line) := "rails server" if {
	regex.match(`^(?:\S*/)?rails s(?:erver)?(?:\s|$)`, _command(line))
	_rails_development(line)
}

_server(line) := script if {
	some script in regex.find_n(`^(?:npm|pnpm|bun|yarn)(?: run| run-script)? (?:dev|develop|start:dev|serve:dev|dev:[a-z]+)\b`, line, 1)
}

_rails_development(line) if regex.match(`\s(?:-e|--environment)[ =]development`, line)

_rails_development(line) if {
	not regex.match(`\s(?:-e|--environment)[ =]`, line)
	some variable in dockerfile.image.environment
	variable.name in {"RAILS_ENV", "RACK_ENV"}
	variable.value == "development"
}

_servers := {
	"flask run": `^flask(?: .*)? run(?:\s|$)`,
	"manage.py runserver": `^(?:\S*/)?manage\.py runserver(?:\s|$)`,
	"nodemon": `^nodemon(?:\s|$)`,
	"ts-node-dev": `^(?:ts-node-dev|tsnd)(?:\s|$)`,
	"tsx watch": `^tsx watch(?:\s|$)`,
	"node --watch": `^node (?:.* )?--watch(?:[\s=]|$)`,
	"next dev": `^next dev(?:\s|$)`,
	"nuxt dev": `^nuxi? dev(?:\s|$)|^nuxt dev(?:\s|$)`,
	"vite": `^vite(?:$| (?:dev|serve|preview|-))`,
	"ng serve": `^ng (?:serve|s)(?:\s|$)`,
	"webpack serve": `^webpack serve(?:\s|$)|^webpack-dev-server(?:\s|$)`,
	"react-scripts start": `^react-scripts start(?:\s|$)`,
	"vue-cli-service serve": `^vue-cli-service serve(?:\s|$)`,
	"air": `^air(?:$| -)`,
	"uvicorn --reload": `^uvicorn .*--reload(?:\s|$)`,
	"gunicorn --reload": `^gunicorn .*--reload(?:\s|$)`,
	"fastapi dev": `^fastapi dev(?:\s|$)`,
	"php -S": `^php[0-9.]* (?:.* )?-S(?:\s|$)`,
	"artisan serve": `^php[0-9.]* (?:\S*/)?artisan serve(?:\s|$)`,
	"dotnet watch": `^dotnet watch(?:\s|$)`,
}
