#!/usr/bin/env bash
# Packs jsearch and a Java runtime for a machine that has PyTorch but no JDK and no network.
#   mvn package && src/cuda/pack.sh OUT.tar.gz
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(cd "$here/../.." && pwd)
out=$(realpath -m "${1:?usage: pack.sh OUT.tar.gz}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/jsearch/lib"
cp "$home/target/jsearch.jar" "$work/jsearch/"
for jar in "$home"/target/lib/*.jar; do
  case "$jar" in
    */pytorch-native-cpu-*) ;; # libtorch is that of the machine
    *) cp "$jar" "$work/jsearch/lib/" ;;
  esac
done
mkdir -p "$work/jsearch/src"
cp -r "$home/evals" "$home/search-spaces" "$work/jsearch/"
cp -r "$home/src/demo" "$work/jsearch/src/demo"
cp "$here/jsearch" "$here/check.py" "$work/jsearch/"

modules=$(jdeps --ignore-missing-deps --multi-release 17 --print-module-deps \
  --class-path "$work/jsearch/lib/*" "$work/jsearch/jsearch.jar" "$work"/jsearch/lib/*.jar)
jlink --strip-debug --no-header-files --no-man-pages --compress=2 \
  --add-modules "$modules,jdk.zipfs" --output "$work/jsearch/java"
tar -C "$work" -czf "$out" jsearch
bytes=$(stat -c %s "$out")
echo "$out: $bytes bytes"
[ "$bytes" -lt $((64 * 1024 * 1024)) ] || { echo "larger than 64 MiB" >&2; exit 1; }
