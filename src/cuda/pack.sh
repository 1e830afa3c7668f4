#!/usr/bin/env bash
# Packs jsearch and a Java runtime for a machine that has PyTorch but no JDK and no network.
#   mvn clean package && src/cuda/pack.sh OUT.tar.xz
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$(cd "$here/../.." && pwd)
out=$(realpath -m "${1:?usage: pack.sh OUT.tar.xz}")
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
# Without the native libraries of other systems, which are most of these jars.
for jar in "$work"/jsearch/lib/{tokenizers,zstd-jni,snappy-java,pytorch-jni}-*.jar; do
  zip -q -d "$jar" '*.dll' '*.dylib' '*.jnilib' '*aarch64*.so' '*s390x*.so' '*ppc64*.so' '*riscv64*.so' \
    '*aix*.so' '*freebsd*.so' '*loongarch64*.so' '*i386*.so' >/dev/null
done
mkdir -p "$work/jsearch/src"
cp -r "$home/evals" "$home/search-spaces" "$work/jsearch/"
cp -r "$home/src/demo" "$work/jsearch/src/demo"
cp "$here/jsearch" "$here/check.py" "$work/jsearch/"

# Its warnings stand before the list: the jar's manifest names the libraries a second time. commons-compress asks as a
# module for a library that DJL leaves out, and needs no more of Java than the others.
modules=$(find "$work/jsearch" -name '*.jar' ! -name 'commons-compress-*' -print0 |
  xargs -0 jdeps --ignore-missing-deps --multi-release 17 --print-module-deps | tail -n 1)
jlink --strip-debug --no-header-files --no-man-pages --compress=0 \
  --add-modules "$modules,jdk.zipfs" --output "$work/jsearch/java"
tar -C "$work" -cJf "$out" jsearch
bytes=$(stat -c %s "$out")
echo "$out: $bytes bytes"
[ "$bytes" -lt $((64 * 1024 * 1024)) ] || { echo "larger than 64 MiB" >&2; exit 1; }
