#!/usr/bin/python3
"""T1: a typed JSON list of 20 rows (session, permission, SQL, JSON) against nginx serving the same bytes from a file.
Ratio of CPU per request, nginx ÷ ours; target ≥ 0.5 (≥ 0.3 uncached: nothing here is cached)."""
import served

folder = served.demo_folder()
ours = served.Served(folder)
headers = {"Cookie": ours.cookie("info_office")}
url = f"{ours.origin}/api/v1/people?kind=staff&limit=20"
body = served.fetch(url, headers)
root = served.temporary()
with open(f"{root}/list.json", "wb") as file:
    file.write(body)
peer, origin = served.nginx(root)
mine = served.cpu_per_request(ours, url, headers)
theirs = served.cpu_per_request(peer, f"{origin}/list.json", {})
print(f"{len(body)} bytes; ours {mine:.0f} µs, nginx {theirs:.0f} µs of CPU a request")
print(f"T1 ratio {theirs / mine:.2f}")
