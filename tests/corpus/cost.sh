#!/bin/sh
# What each large document costs, as a table: `tests/corpus/cost.sh FOLDER > tests/corpus/COST.md`, where FOLDER holds descriptions.
# Our figures, and those of openapi-to-rust where it is installed (OTHER=path), of one run: compare within it, as machines differ.
# CPU is user seconds, memory the largest process; dependencies are built before anything is measured.
set -eu
folder=${1:?the folder with the descriptions}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$(mktemp -d)}
other=${OTHER:-}
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target"
unset RUSTFLAGS || true

cargo build --quiet --release --package specwright --manifest-path "$root/Cargo.toml"

# measure FILE COMMAND…: user seconds and megabytes, or a dash, to FILE
measure() {
    into=$1
    shift
    if /usr/bin/time --quiet --format '%U %M' --output "$into" "$@" >"$work/out.log" 2>&1; then
        awk '{ printf "%.1f s, %.0f MB", $1, $2 / 1024 }' "$into" >"$into.text"
    else
        printf '–' >"$into.text"
    fi
}

# compiled FOLDER PACKAGE: check and debug build of a package and, beside it, of the types that it needs
compiled() {
    for what in check build; do
        if ! cargo "$what" --quiet --manifest-path "$1/Cargo.toml" --package "$2" >"$work/out.log" 2>&1; then
            printf ' – |'
            continue
        fi
        find "$1" -path '*/src/lib.rs' -exec touch {} +
        measure "$work/cost" nice cargo "$what" --quiet --manifest-path "$1/Cargo.toml" --package "$2"
        printf ' %s |' "$(cat "$work/cost.text")"
    done
}

lines() {
    find "$1" -name '*.rs' -not -path '*/target/*' -exec cat {} + | wc -l
}

echo '# Cost'
echo
echo "Written by \`tests/corpus/cost.sh\` on $(date -u +%F). Types and client; the server stub is generated, not compiled here."
echo
echo '| document | tool | generate | lines | check | debug build |'
echo '| --- | --- | --- | --- | --- | --- |'
for document in "$folder"/*; do
    name=$(basename "$document" | sed 's/\.[a-z]*$//; s/[^a-zA-Z0-9]/-/g')
    out="$work/ours/$name"
    measure "$work/generate" nice "$CARGO_TARGET_DIR/release/specwright" generate "$document" --name "$name" --out "$out"
    printf '| %s | specwright | %s |' "$name" "$(cat "$work/generate.text")"
    if [ -d "$out/client" ]; then
        printf '[workspace]\nresolver = "3"\nmembers = ["types", "client"]\n' >"$out/Cargo.toml"
        cp "$root/Cargo.lock" "$out/Cargo.lock"
        printf ' %s |' "$(lines "$out")"
        compiled "$out" "$name-client"
    else
        printf ' – | – | – |'
    fi
    echo
    [ -n "$other" ] || continue
    out="$work/other/$name"
    mkdir -p "$out"
    measure "$work/generate" nice "$other" generate "$document" --output "$out"
    printf '| | openapi-to-rust | %s | %s |' "$(cat "$work/generate.text")" "$(lines "$out")"
    if [ -f "$out/Cargo.toml" ]; then
        compiled "$out" "$(sed -n 's/^name = "\(.*\)"/\1/p' "$out/Cargo.toml" | head -1)"
    else
        printf ' – | – |'
    fi
    echo
done
