#!/bin/bash
# T16: minutes for a cold build of the whole program (release, two cores, no compiler cache); target ≤ 5.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d /tmp/santong-build-XXXXXX)
trap 'rm -rf "$folder"' EXIT
export CCACHE_DISABLE=1
began=$(date +%s.%N)
cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSANTONG_TESTS=OFF -DSANTONG_TOGETHER=ON >/dev/null
ninja -C "$folder" -j2 santong >/dev/null
/usr/bin/python3 -c "import sys; print(f'T16 value {(float(sys.argv[2]) - float(sys.argv[1])) / 60:.1f}')" "$began" "$(date +%s.%N)"
