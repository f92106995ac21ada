#!/usr/bin/python3
"""T3: a file of 100 KB against nginx, by CPU per request: nginx ÷ ours; target ≥ 1.2."""
import json
import os
import pathlib
import urllib.request

import served

folder = served.demo_folder()
ours = served.Served(folder)
cookie = ours.cookie("teacher")
root = served.temporary()
data = b"%PDF-1.4\n" + os.urandom(100 * 1024 - 9)
with open(f"{root}/file.pdf", "wb") as file:
    file.write(data)


def call(method: str, path: str, body: bytes | None, headers: dict[str, str]):
    request = urllib.request.Request(ours.origin + path, body, {"Cookie": cookie, **headers}, method=method)
    return urllib.request.urlopen(request)


csrf = json.loads(call("GET", "/api/v1/session", None, {}).read())["csrf"]
made = call("POST", "/api/v1/uploads", b"", {"X-CSRF-Token": csrf, "Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)),
                                             "Upload-Metadata": "filename ZmlsZS5wZGY="})
done = call("PATCH", made.headers["Location"].replace(ours.origin, ""), data,
            {"X-CSRF-Token": csrf, "Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})
url = f"{ours.origin}/api/v1/files/{done.headers['Santong-File-Id']}"
# A file that everybody may fetch: the part of the screens that is nearest to 100 KB.
asset = min(pathlib.Path("web/dist/assets").iterdir(), key=lambda file: abs(file.stat().st_size - len(data)))
with open(f"{root}/{asset.name}", "wb") as file:
    file.write(served.fetch(f"{ours.origin}/assets/{asset.name}", {}))
peer, origin = served.nginx(root)
private = served.cpu_per_request(ours, url, {"Cookie": cookie})
beside = served.cpu_per_request(peer, f"{origin}/file.pdf", {})
print(f"100 KB with session and permission: ours {private:.0f} µs, nginx without either {beside:.0f} µs, ratio {beside / private:.2f}")
mine = served.cpu_per_request(ours, f"{ours.origin}/assets/{asset.name}", {})
theirs = served.cpu_per_request(peer, f"{origin}/{asset.name}", {})
print(f"{asset.stat().st_size} bytes for everybody: ours {mine:.0f} µs, nginx {theirs:.0f} µs of CPU a request")
print(f"T3 ratio {theirs / mine:.2f}")
