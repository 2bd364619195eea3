package opslint.rules.dockerfile.development_server_test

import data.opslint.rules.dockerfile.development_server as rule

_program(line) := {"name": regex.replace(words[0], `^.*/`, ""), "arguments": words} if words := split(line, " ")

_image(line) := {"image": {"development": false, "programs": [_program(line)], "environment": []}}

_reported(line) := {finding.path | some finding in found} if {
	found := rule.deny with input as _image(line)
}

test_reports_development_servers if {
	every line in [
		"flask run", "flask --app shop run --host=0.0.0.0", "python -m flask run", "python manage.py runserver 0.0.0.0:8000", "python3 -u manage.py runserver",
		"poetry run python manage.py runserver", "./manage.py runserver", "nodemon server.js", "npx nodemon", "ts-node-dev src/main.ts", "next dev", "npx next dev", "vite",
		"yarn vite --host", "vite preview", "ng serve --host 0.0.0.0", "npx webpack serve", "react-scripts start", "air", "air -c .air.toml",
		"uvicorn app:app --reload", "python -m uvicorn app:app --reload", "php -S 0.0.0.0:80 -t public", "php artisan serve", "rails server -e development",
		"npm run dev", "yarn dev", "pnpm dev", "bun run dev", "node --watch server.js", "fastapi dev main.py", "/usr/local/bin/flask run",
	] {
		_reported(line) == {["image", "programs", 0, "arguments", 0]}
	}
}

test_reports_rails_by_its_environment if {
	image := {"image": {"development": false, "programs": [_program("bundle exec rails s")], "environment": [{"name": "RAILS_ENV", "value": "development"}]}}
	count(rule.deny) == 1 with input as image
	count(rule.deny) == 0 with input as _image("bundle exec rails s")
	count(rule.deny) == 0 with input as _image("rails server -e production")
}

test_accepts_production_servers if {
	every line in [
		"gunicorn shop:app", "uvicorn app:app --workers 4", "flask db upgrade", "python manage.py migrate", "next start", "vite build", "node server.js", "npm start",
		"npm run device", "dev server", "php-fpm", "php app.php", "airflow webserver", "ng build", "fastapi run main.py", "python app.py run", "webpack --mode production",
	] {
		_reported(line) == set()
	}
	rule.subject == {["image"]} with input as _image("node server.js")
}

test_accepts_development_images if {
	image := {"image": {"development": true, "programs": [_program("npm run dev")], "environment": []}}
	count(rule.deny) == 0 with input as image
	rule.subject == set() with input as image
}

test_ignores_unknown_programs if {
	count(rule.deny) == 0 with input as {"image": {"development": false, "programs": [{"name": "", "arguments": ["$CMD", "run"]}], "environment": []}}
}
