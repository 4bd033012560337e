#!/usr/bin/env bash
# Checks the crates of the configuration, then what has changed in each of $SPECS since $BASE. Fails if either does; both run.
set -euo pipefail

flags=(--message-format github)
[ -z "${CONFIG:-}" ] || flags+=(--config "$CONFIG")
[ "${STRICT:-false}" != true ] || flags+=(--strict)
failed=0
specwright check "${flags[@]}" || failed=$?

fails=()
read -ra verdicts <<<"${FAIL_ON:-}"
for verdict in ${verdicts[@]+"${verdicts[@]}"}; do fails+=(--fail-on "$verdict"); done
read -ra specs <<<"${SPECS:-}"
for spec in ${specs[@]+"${specs[@]}"}; do
  if [ -z "${BASE:-}" ]; then
    echo "::notice title=specwright::nothing to compare \`$spec\` with: this is no pull request, and \`base\` isn't set"
    continue
  fi
  # A description that is new breaks nothing.
  git cat-file -e "$BASE:./$spec" 2>/dev/null || continue
  specwright diff "git:$BASE:$spec" "$spec" --message-format github ${fails[@]+"${fails[@]}"} || failed=$?
done
exit "$failed"
