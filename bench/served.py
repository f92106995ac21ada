"""What the figures share: a served demo district, CPU time of processes, a load of wrk, an nginx beside ours."""
import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

PROGRAM = os.environ.get("SANTONG", "build/santong")
NGINX_CONF = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ application/json json; }}
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
scgi_temp_path {folder}/e; server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def temporary() -> str:
    folder = tempfile.mkdtemp(prefix="santong-bench-")
    os.chmod(folder, 0o755)
    atexit.register(shutil.rmtree, folder, True)
    return folder


class Process:
    """A child that ends with the benchmark."""

    def __init__(self, command: list[str]):
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(self.stop)

    def stop(self) -> None:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            self.child.wait(15)

    def tree(self) -> list[int]:
        found, waiting = [], [self.child.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            try:
                with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                    waiting += [int(word) for word in file.read().split()]
            except FileNotFoundError:
                pass
        return found

    def cpu_seconds(self) -> float:
        """User and system time of the process and its children so far."""
        total = 0
        for pid in self.tree():
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory now, of the process alone."""
        with open(f"/proc/{self.child.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def demo_folder(database: str = "") -> str:
    folder = temporary()
    extra = ["--database", database] if database else []
    subprocess.run([PROGRAM, "demo", "--data", folder, *extra], check=True, stdout=subprocess.DEVNULL)
    return folder


class Served(Process):
    """The program serving a folder."""

    def __init__(self, folder: str, database: str = ""):
        self.port, extra = free_port(), ["--database", database] if database else []
        self.folder, self.extra = folder, extra
        self.origin = f"http://127.0.0.1:{self.port}"
        super().__init__([PROGRAM, "serve", "--data", folder, "--port", str(self.port), "--package-port", str(free_port()), "--teach-on", "false", *extra])
        until_answers(f"{self.origin}/healthz")

    def cookie(self, role: str) -> str:
        table = subprocess.run([PROGRAM, "demo", "--data", self.folder, *self.extra, "--accounts"], check=True, capture_output=True, text=True).stdout
        row = next(line.split(",") for line in table.splitlines() if line.startswith(role + ","))
        body = json.dumps({"login": row[1], "password": row[2]}).encode()
        request = urllib.request.Request(f"{self.origin}/api/v1/session", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return answer.headers["Set-Cookie"].split(";")[0]


def nginx(root: str) -> tuple[Process, str]:
    folder, port = temporary(), free_port()
    with open(f"{folder}/nginx.conf", "w", encoding="ascii") as file:
        file.write(NGINX_CONF.format(folder=folder, port=port, root=root))
    process = Process(["/usr/sbin/nginx", "-p", folder, "-c", f"{folder}/nginx.conf"])
    until_answers(f"http://127.0.0.1:{port}/", any_status=True)
    return process, f"http://127.0.0.1:{port}"


def until_answers(url: str, any_status: bool = False) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except urllib.error.HTTPError:
            if any_status:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"no answer at {url}")


def fetch(url: str, headers: dict[str, str]) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.read()


def wrk(url: str, headers: dict[str, str], seconds: int = 5, connections: int = 16) -> tuple[int, float]:
    """Requests answered and requests a second; every answer must be a success. "{n}" in the address is another number
    in each request."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    if "{n}" in url:
        script = os.path.join(temporary(), "numbers.lua")
        with open(script, "w", encoding="ascii") as file:
            path = "/" + url.split("/", 3)[3].replace("{n}", '" .. n .. "')
            file.write(f'local n = os.time() % 1000000 * 100000\nrequest = function() n = n + 1 return wrk.format("GET", "{path}") end\n')
        command += ["-s", script]
    command.append(url.replace("{n}", "0"))
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text:
        raise SystemExit(text)
    return int(re.search(r"(\d+) requests in", text).group(1)), float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def cpu_per_request(process: Process, url: str, headers: dict[str, str], rounds: int = 5) -> float:
    """Median over rounds of the server's CPU microseconds for one request."""
    figures = []
    for _ in range(rounds):
        before = process.cpu_seconds()
        requests, _ = wrk(url, headers, 3)
        figures.append((process.cpu_seconds() - before) / requests * 1e6)
    return sorted(figures)[rounds // 2]
