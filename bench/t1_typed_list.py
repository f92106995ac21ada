#!/usr/bin/python3
"""T1: a typed JSON list of 20 rows (session, permission, SQL, JSON) against nginx serving the same bytes from a file.
Ratio of CPU per request, nginx ÷ ours; target ≥ 0.5, and ≥ 0.3 where no answer was kept: there each request begins
behind another name, so that every page is made anew."""
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
made = served.cpu_per_request(ours, f"{url}&after=a{{n}}.00000000-0000-7000-8000-000000000000", headers)
print(f"{len(body)} bytes; ours {mine:.0f} µs, made anew {made:.0f} µs, nginx {theirs:.0f} µs of CPU a request")
print(f"T1-uncached ratio {theirs / made:.3f}")
print(f"T1 ratio {theirs / mine:.2f}")
