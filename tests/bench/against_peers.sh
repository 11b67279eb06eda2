#!/usr/bin/env bash
# Timberline beside the search tools and log viewers that are installed, on the same file: times and ratios as a
# markdown table.
#
#   tests/bench/against_peers.sh [FILE]    without FILE, a log of 1 GB is made (and kept in target/bench)
#   tests/bench/against_peers.sh --growth  the rows of Timberline for 100 MB, 1 GB and 5 GB
#
# RUNS=7 sets the number of runs; TIMBERLINE names the program, by default target/release/timberline, which is built.
# The file is read once before, so that all tools find it in the page cache; tools take turns, run by run. Times of one
# machine cannot be compared with those of another: compare the ratios.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${RUNS:-7}
target=${CARGO_TARGET_DIR:-target}
program=${TIMBERLINE:-$target/release/timberline}
logs=$target/bench

make_log() { # BYTES: prints the name of a log of this size
    local file=$logs/$1.log
    if [[ ! -s $file ]]; then
        mkdir -p "$logs"
        cargo run --quiet --release --example make_log -- "$1" "$file.part" >&2
        mv "$file.part" "$file"
    fi
    echo "$file"
}

if [[ -z ${TIMBERLINE:-} ]]; then
    cargo build --quiet --release
fi
mode=peers
if [[ ${1:-} == --growth ]]; then
    mode=growth
    files=("$(make_log 100000000)" "$(make_log 1000000000)" "$(make_log 5000000000)")
elif [[ $# -gt 0 ]]; then
    files=("$1")
else
    files=("$(make_log 1000000000)")
fi
for file in "${files[@]}"; do
    [[ -r $file ]] || { echo "$0: $file cannot be read" >&2; exit 2; }
done

exec python3 tests/bench/against_peers.py "$mode" "$runs" "$program" "${files[@]}"
