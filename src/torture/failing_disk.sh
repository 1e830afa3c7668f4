#!/usr/bin/env bash
# Runs searches on a small file system that fails, and prints what a user sees, what is on disk, and whether the
# search, gone on with, ends as an undisturbed one. Needs root (a loop mount) and Linux; no test needs this.
#
#     sudo src/torture/failing_disk.sh WORK [WORDS OF THE SEARCH...]
#
# WORK is a new directory; the words are those of a short search of the bundled pair unless given.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(realpath -m "$1")
shift
words=("$@")
if [ ${#words[@]} -eq 0 ]; then
  words=(--budget 6 --seed 1 --device cpu)
fi
disk="$work/disk"
study="$disk/study"
journal="$study/journal.log"
pid=
failures=0

cleanup() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  fsfreeze -u "$disk" 2>/dev/null || true
  umount "$disk" 2>/dev/null || true
}
trap cleanup EXIT

begin() { # a case on a fresh disk of 4 MB
  printf '\n== %s\n' "$1"
  umount "$disk" 2>/dev/null || true
  truncate -s 0 "$work/image"
  truncate -s 4M "$work/image"
  mkfs.ext4 -q -m 0 -e remount-ro "$work/image"
  mount -o loop "$work/image" "$disk"
}

start() { # in the background; the search, or resume where there is a spec
  if [ -f "$study/study.yaml" ]; then
    "$home/jsearch" resume "$study" >"$work/out" 2>"$work/err" &
  else
    "$home/jsearch" "${words[@]}" --out "$study" >"$work/out" 2>"$work/err" &
  fi
  pid=$!
}

finished() { # trials that the journal has finished
  if [ -f "$1" ]; then
    grep -c '"op_code":6' "$1" || true
  else
    echo 0
  fi
}

lines() {
  if [ -f "$1" ]; then
    wc -l <"$1"
  else
    echo 0
  fi
}

await() { # until so many trials are finished
  while [ "$(finished "$journal")" -lt "$1" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.05
  done
}

fill() { # to the last block
  dd if=/dev/zero of="$disk/filler" bs=64k 2>/dev/null || true
  dd if=/dev/zero of="$disk/filler" bs=1k oflag=append conv=notrunc 2>/dev/null || true
  sync -f "$disk"
}

tell() { # what is there now
  echo "-- on disk: $(cd "$study" 2>/dev/null && find . -type f -printf '%f %s B, ' || echo 'no study')"
  echo "-- journal: $(lines "$journal") lines, $(finished "$journal") trials finished"
  sed 's/^/   err| /' "$work/err"
}

ended() { # waits for the end, prints the exit code
  local code=0
  wait "$pid" || code=$?
  pid=
  echo "-- exit code $code"
  if [ "$1" != any ] && [ "$code" -ne "$1" ]; then
    failures=$((failures + 1))
    echo "-- FAILED: expected $1"
  fi
}

timeless() { # a file without its times; nothing where there is none
  [ ! -f "$1" ] || sed -E 's/"datetime_(start|complete)":"[^"]*",?//g; /"user_attr":\{"(seconds|timing)"/d; /"timing" ?: \{/,/\}/d; /"seconds"/d' "$1"
}

compare() { # with the undisturbed search
  local name
  for name in journal.log items.log summary.json recipe.yaml; do
    if ! diff -q <(timeless "$work/undisturbed/study/$name") <(timeless "$study/$name") >/dev/null; then
      failures=$((failures + 1))
      echo "-- FAILED: $name is not the undisturbed search's"
    fi
  done
  echo "-- compared with the undisturbed search: $(finished "$journal") trials; left over:" \
    "$(comm -13 <(ls -A "$work/undisturbed/study") <(ls -A "$study" 2>/dev/null) | tr '\n' ' ')"
}

go_on() {
  echo "-- goes on:"
  start
  ended 0
  compare
}

mkdir "$work" "$disk" "$work/undisturbed"
"$home/jsearch" "${words[@]}" --out "$work/undisturbed/study" >"$work/out" 2>"$work/err"
all=$(finished "$work/undisturbed/study/journal.log")
echo "undisturbed: $all trials"

begin "The disk is full before the search begins"
fill
start
ended 3
tell
rm "$disk/filler"
go_on

begin "The disk becomes full after five trials, and has room again after 20 s"
start
await 5
fill
sleep 20
tell
rm "$disk/filler"
ended 0
compare

begin "The disk is full, and the search is stopped while it waits"
start
await 5
fill
sleep 10
kill -TERM "$pid" || true
ended 3 # it could not write what it stopped with
tell
rm "$disk/filler"
go_on

begin "The disk is full when the results are written"
start
await "$all"
fill
sleep 15
tell
rm "$disk/filler"
ended 0
compare

begin "The file system becomes read-only after five trials"
start
await 5
echo failing >"/sys/fs/ext4/$(basename "$(findmnt -n -o SOURCE "$disk")")/trigger_fs_error"
ended 3
tell
umount "$disk"
fsck.ext4 -fy "$work/image" >/dev/null 2>&1 || true
mount -o loop "$work/image" "$disk"
go_on

begin "The study's directory is removed after five trials"
start
await 5
rm -r "$study"
ended 3
tell

begin "The disk does not answer for 20 s after five trials"
start
await 5
fsfreeze -f "$disk"
sleep 20
echo "-- frozen: $(finished "$journal") trials finished"
fsfreeze -u "$disk"
ended 0
sed 's/^/   err| /' "$work/err"
compare

echo
echo "$failures failures"
[ "$failures" -eq 0 ]
