#!/bin/sh
# Validates SARIF files as the format and as GitHub code scanning demand it, with
# Microsoft's own validator. Needs Node; the validator is installed from npm into
# a cache directory the first time.
#
#	scripts/validate-sarif.sh FILE…
#
# Exits 1 if any file has a result of level error, 2 if it could not be checked.
# Warnings are shown and change nothing; notes, which are matters of taste, are
# counted.
set -eu

version=5.7.0
rules='Sarif;Ghas'

if [ $# -eq 0 ]; then
	echo "usage: $0 FILE…" >&2
	exit 2
fi

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/opslint/sarif-multitool-$version
case $(uname -s) in
Linux) tool=$cache/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool ;;
Darwin) tool=$cache/node_modules/@microsoft/sarif-multitool-darwin/Sarif.Multitool ;;
*)
	echo "$0: runs on Linux and macOS only" >&2
	exit 2
	;;
esac
if [ ! -f "$tool" ]; then
	npm install --prefix "$cache" --silent --no-audit --no-fund --ignore-scripts "@microsoft/sarif-multitool@$version" >&2 || exit 2
fi
chmod u+x "$tool"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for file in "$@"; do
	# The tool exits 0 whatever it finds, and it says nothing of a file that it
	# skips: one that is not there, has another extension, or is large.
	if [ ! -f "$file" ]; then
		echo "$file: no such file" >&2
		exit 2
	fi
	rm -f "$work/out.sarif"
	cp "$file" "$work/in.sarif"
	DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$tool" validate "$work/in.sarif" --rule-kind "$rules" --level 'Error;Warning;Note' \
		--max-file-size-in-kb 1000000 --output "$work/out.sarif" --log ForceOverwrite >"$work/log" 2>&1 || true
	if [ ! -s "$work/out.sarif" ]; then
		cat "$work/log" >&2
		exit 2
	fi
	node - "$file" "$work/out.sarif" <<'JS' || status=$?
const [file, log] = process.argv.slice(2);
const run = JSON.parse(require("fs").readFileSync(log, "utf8").replace(/^\ufeff/, "")).runs[0];
const rules = run.tool.driver.rules || [];
const count = { error: 0, warning: 0, note: 0 };
for (const result of run.results || []) {
  const rule = rules[result.ruleIndex] || {};
  // A result of the rule's own level does not state it.
  const level = result.level || rule.defaultConfiguration?.level || "warning";
  count[level]++;
  const text = result.message.text ||
    (rule.messageStrings?.[result.message.id]?.text || result.message.id)
      .replace(/\{(\d+)\}/g, (_, i) => result.message.arguments?.[i] ?? "");
  const region = result.locations?.[0]?.physicalLocation?.region || {};
  if (level === "error" || level === "warning") console.log(`${file}:${region.startLine ?? 1}: ${level}: ${result.ruleId}: ${text}`);
}
const trouble = (run.invocations || []).flatMap((i) => [...(i.toolExecutionNotifications || []), ...(i.toolConfigurationNotifications || [])])
  .filter((n) => n.level === "error");
for (const n of trouble) console.log(`${file}: error: ${n.message.text}`);
console.log(`${file}: ${count.error} errors, ${count.warning} warnings, ${count.note} notes`);
process.exit(trouble.length ? 2 : count.error ? 1 : 0);
JS
done
exit "$status"
