#!/bin/bash
# T5: transactions a second of 64 writers through platform/sql against one commit a row; target ≥ 8, worst wait ≤ 1/10.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build release santong_group_commit >/dev/null
build/santong_group_commit
