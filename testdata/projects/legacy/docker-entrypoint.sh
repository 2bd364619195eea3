#!/bin/sh
set -e

if [ -z "$DATABASE_HOST" ]; then
	DATABASE_HOST=localhost
	export DATABASE_HOST
fi

"$@"
