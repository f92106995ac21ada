#!/usr/bin/python3
"""T15: resident memory of a hub with the demo district after a load of reads; target ≤ 200 MB."""
import served

ours = served.Served(served.demo_folder())
print(f"idle {ours.memory_mb():.0f} MB")
for role, path in (("leader", "/api/v1/cockpit"), ("info_office", "/api/v1/people?limit=50"), ("teacher", "/api/v1/today"),
                   ("teacher", "/api/v1/resources?q=%E9%9D%A2%E7%A7%AF")):
    served.wrk(ours.origin + path, {"Cookie": ours.cookie(role)}, 5, 32)
print(f"T15 value {ours.memory_mb():.0f}")
