#!/usr/bin/python3
"""T2: a one-row read through the HTTP API on PostgreSQL against pgbench -S on the same server: ratio of requests a
second at 16 connections; target ≥ 0.5."""
import json
import os
import re
import subprocess

import served

place = served.temporary()
url = os.environ.get("SANTONG_TEST_DATABASE") or subprocess.run(["tools/test_postgres", "start", place], check=True, capture_output=True, text=True).stdout.strip()
database = url.rsplit("/", 1)[0] + f"/bench_{os.getpid()}"
subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE bench_{os.getpid()}"], check=True)
try:
    subprocess.run(["pgbench", "-q", "-i", "-s", "10", database], check=True, capture_output=True)
    text = subprocess.run(["pgbench", "-S", "-M", "prepared", "-c", "16", "-j", "1", "-T", "10", database], check=True, capture_output=True, text=True).stdout
    peer = float(re.search(r"tps = ([\d.]+)", text).group(1))
    ours = served.Served(served.demo_folder(database), database)
    headers = {"Cookie": ours.cookie("teacher")}
    address = f"{ours.origin}/api/v1/me/sessions"  # one statement, one row: nothing of it is kept between requests
    assert len(json.loads(served.fetch(address, headers))["items"]) == 1
    figures = sorted(served.wrk(address, headers, 5)[1] for _ in range(3))
    print(f"ours {figures[1]:.0f} a second, pgbench -S {peer:.0f} a second")
    print(f"T2 ratio {figures[1] / peer:.2f}")
    ours.stop()
finally:
    subprocess.run(["psql", "-q", url, "-c", f"DROP DATABASE bench_{os.getpid()} WITH (FORCE)"], check=False)
    if not os.environ.get("SANTONG_TEST_DATABASE"):
        subprocess.run(["tools/test_postgres", "stop", place], check=False)
