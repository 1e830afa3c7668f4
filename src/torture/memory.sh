#!/usr/bin/env bash
# Runs a long search and prints, every so many trials: resident memory, open files, threads, and what a trial took in
# seconds by the clock and in seconds of CPU time, which other work on the machine disturbs less.
# Linux; no test needs this.
#
#     src/torture/memory.sh OUT EVERY [WORDS OF THE SEARCH...]     e.g. OUT 100 --budget 2000 --seed 1 --device cpu
#
# The resident size (VmRSS, and its part that is no file's: RssAnon) is read right after the trial is finished.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$1
every=$2
shift 2

field() { # of /proc/PID/status, in MB or as a number
  awk -v name="$1:" '$1 == name { print ($3 == "kB") ? sprintf("%.1f", $2 / 1024) : $2 }' "/proc/$pid/status"
}

cpu() { # seconds so far; the process name, in brackets, has no space
  awk -v hertz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hertz }' "/proc/$pid/stat"
}

"$home/jsearch" --version >/dev/null # builds, if need be
"$home/jsearch" "$@" --out "$out" >"$out.out" 2>"$out.err" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true' EXIT
echo "trials  rss_mb  anon_mb  peak_mb  files  threads  seconds  cpu_seconds"
next=$every
began=$(date +%s.%N)
used=0
while kill -0 "$pid" 2>/dev/null; do
  count=0
  if [ -f "$out/journal.log" ]; then
    count=$(grep -c '"op_code":6' "$out/journal.log" || true)
  fi
  if [ "$count" -ge "$next" ]; then
    now=$(date +%s.%N)
    spent=$(cpu)
    printf '%6d  %6s  %7s  %7s  %5d  %7s  %7.3f  %11.3f\n' "$count" "$(field VmRSS)" "$(field RssAnon)" "$(field VmHWM)" \
      "$(find "/proc/$pid/fd" -mindepth 1 | wc -l)" "$(field Threads)" \
      "$(awk -v a="$began" -v b="$now" -v n="$every" 'BEGIN { print (b - a) / n }')" \
      "$(awk -v a="$used" -v b="$spent" -v n="$every" 'BEGIN { print (b - a) / n }')"
    began=$now
    used=$spent
    next=$((next + every))
  fi
  sleep 0.1
done
trap - EXIT
wait "$pid"
