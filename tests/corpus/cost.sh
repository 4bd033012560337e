#!/bin/sh
# What each large document costs, as a table: `tests/corpus/cost.sh FOLDER > tests/corpus/COST.md`, where FOLDER holds descriptions; and what
# the programs of some cost, which is to follow: `tests/corpus/cost.sh --programs FILE... >> tests/corpus/COST.md`.
# Our figures, and those of openapi-to-rust where it is installed (OTHER=its path), of one run: compare within it, as machines differ.
# CPU is user seconds, memory the largest process; dependencies are built before anything is measured.
set -eu
folder=${1:?the folder with the descriptions, or --programs}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$(mktemp -d)}
other=${OTHER:-}
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target"
unset RUSTFLAGS || true

cargo build --quiet --release --package specwright --manifest-path "$root/Cargo.toml"

# measure COMMAND…: "seconds megabytes" to $work/cost; fails as the command does
measure() {
    /usr/bin/time --quiet --format '%U %M' --output "$work/cost" "$@" >"$work/out.log" 2>&1
}

cost() {
    awk '{ printf "%.1f s, %.0f MB", $1, $2 / 1024 }' "$work/cost"
}

lines() {
    find "$1" -name '*.rs' -exec cat {} + | wc -l
}

# compile FOLDER COMMAND ARGUMENT…: measures what a cargo command takes for the crates of a folder, without what they depend on
compile() {
    crates=$1
    shift
    # With nothing in them, the crates cost nothing: dependencies are all that the first run builds.
    find "$crates" -path '*/src/lib.rs' -exec sh -c 'mv "$1" "$1.real" && : >"$1"' - {} \;
    built=0
    cargo "$@" --quiet --manifest-path "$crates/Cargo.toml" >"$work/out.log" 2>&1 || built=$?
    find "$crates" -path '*/src/lib.rs' -exec sh -c 'mv "$1.real" "$1" && touch "$1"' - {} \;
    [ $built -eq 0 ] && measure cargo "$@" --quiet --manifest-path "$crates/Cargo.toml"
}

# compiled FOLDER COMMAND ARGUMENT…: the cost as a cell of the table
compiled() {
    if compile "$@"; then printf ' %s |' "$(cost)"; else printf ' fails |'; fi
}

# dearest FOLDER CLIENT: the feature of a client that costs most to check, as a cell
dearest() {
    features=$(sed -n 's/^full = \[\(.*\)\]/\1/p' "$1/client/Cargo.toml" | tr -d '",')
    [ -n "$features" ] || return 0
    : >"$work/features"
    # The dependencies of the first are those of all.
    compile "$1" check --package "$2" --no-default-features --features "${features%% *}"
    for feature in $features; do
        find "$1" -path '*/src/lib.rs' -exec touch {} +
        measure cargo check --quiet --manifest-path "$1/Cargo.toml" --package "$2" --no-default-features --features "$feature"
        echo "$(cat "$work/cost") $feature" >>"$work/features"
    done
    sort -g "$work/features" | tail -n 1 | awk '{ printf "%.1f s, %.0f MB (`%s`)", $1, $2 / 1024, $3 }'
}

ours() {
    out="$work/ours/$2"
    if ! measure "$CARGO_TARGET_DIR/release/specwright" generate "$1" --name "$2" --out "$out"; then
        printf '| %s | specwright | fails | | | | |\n' "$2"
        return
    fi
    printf '[workspace]\nresolver = "3"\nmembers = ["types", "client"]\n' >"$out/Cargo.toml"
    cp "$root/Cargo.lock" "$out/Cargo.lock"
    printf '| %s | specwright | %s | %s |' "$2" "$(cost)" "$(lines "$out")"
    compiled "$out" check --package "$2-client"
    compiled "$out" build --package "$2-client"
    printf ' %s |\n' "$(dearest "$out" "$2-client")"
}

theirs() {
    out="$work/other/$2"
    mkdir -p "$out/src"
    if ! measure "$other" generate "$1" --output-dir "$out/src/api"; then
        printf '| | openapi-to-rust | fails | | | | |\n'
        return
    fi
    printf '[package]\nname = "%s"\nedition = "2024"\n\n[workspace]\n\n' "$2" >"$out/Cargo.toml"
    cat "$out/src/api/REQUIRED_DEPS.toml" >>"$out/Cargo.toml"
    echo 'pub mod api;' >"$out/src/lib.rs"
    printf '| | openapi-to-rust | %s | %s |' "$(cost)" "$(lines "$out")"
    compiled "$out" check
    compiled "$out" build
    printf ' |\n'
}

# started PROGRAM FLAG: how long the program takes from start to end, as the mean of many times
started() {
    begin=$(date +%s%N)
    for _ in $(seq 50); do "$1" "$2" >/dev/null; done
    awk "BEGIN { printf \"%.1f ms\", ($(date +%s%N) - $begin) / 50 / 1e6 }"
}

# program DOCUMENT NAME KIND: a row about a command line (cli) or tools (mcp)
program() {
    out="$work/programs/$2-$3"
    "$CARGO_TARGET_DIR/release/specwright" generate "$1" --name "$2" --emit "$3" --out "$out" >"$work/out.log" 2>&1
    printf '[workspace]\nresolver = "3"\nmembers = ["types", "client", "%s"]\n' "$3" >"$out/Cargo.toml"
    cp "$root/Cargo.lock" "$out/Cargo.lock"
    manifest="$out/Cargo.toml"
    cargo check --quiet --manifest-path "$manifest" --package "$2-$3" >"$work/out.log" 2>&1
    touch "$out/$3/src/lib.rs"
    measure cargo check --quiet --manifest-path "$manifest" --package "$2-$3"
    checked=$(cost)
    cargo build --release --quiet --manifest-path "$manifest" --package "$2-$3" >"$work/out.log" 2>&1
    built="$CARGO_TARGET_DIR/release/$2-$3"
    size=$(stat -c %s "$built" | awk '{ printf "%.1f MB", $1 / 1e6 }')
    printf '| `%s-%s` | %s | %s | %s | %s | %s |\n' "$2" "$3" "$(lines "$out/$3")" "$checked" "$size" "$(started "$built" --version)" "$(started "$built" --help)"
}

# named FILE: the name of a description
named() {
    basename "$1" | sed 's/\.[a-z]*$//; s/[^a-zA-Z0-9]/-/g'
}

programs() {
    cat <<END

## Programs

Written by \`tests/corpus/cost.sh --programs\` on $(date -u +%F): the lines of a command line or of tools, user CPU and peak memory of \`cargo check\`
of that crate alone, and in release mode the size of the program, and how long it takes from start to end.

| program | lines | check | size | \`--version\` | \`--help\` |
| --- | --: | --- | --: | --: | --: |
END
    for document in "$@"; do
        for kind in cli mcp; do program "$document" "$(named "$document")" "$kind"; done
    done
}

if [ "$folder" = --programs ]; then
    shift
    programs "$@"
    exit
fi

cat <<END
# Cost

Written by \`tests/corpus/cost.sh\` on $(date -u +%F): user CPU and peak memory of generation (types, client and server), then of
\`cargo check\` and \`cargo build\` (dev profile) of types and client with their default features, and of \`cargo check\` with the one
feature that takes longest. Lines are those of all that was generated.

| document | tool | generate | lines | check | debug build | check, one feature |
| --- | --- | --- | --: | --- | --- | --- |
END
for document in "$folder"/*; do
    name=$(named "$document")
    ours "$document" "$name"
    [ -z "$other" ] || theirs "$document" "$name"
done
