#!/bin/bash
# T4: events on disk a second through the feed against raw SQLite in the same batches, and against COPY on a PostgreSQL of
# its own that waits for the disk; target ≥ 0.6.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${SANTONG_INTAKE:-}" ] || tools/build release santong_event_intake >/dev/null
place=$(mktemp -d)
chmod 755 "$place"
trap 'tools/test_postgres stop "$place" >/dev/null; rm -rf "$place"' EXIT
url=$(tools/test_postgres start "$place" | tail -n 1)
psql -q "$url" -c "ALTER SYSTEM SET fsync = on" -c "SELECT pg_reload_conf()" >/dev/null
psql -q "$url" -c "CREATE DATABASE intake"
"${SANTONG_INTAKE:-build/santong_event_intake}" "${url%/*}/intake"
