"""A small Chromium driver over --remote-debugging-pipe; standard library only."""
import base64
import fcntl
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe",
    "--autoplay-policy=no-user-gesture-required", "--lang=zh-CN",
]


class Chromium:
    """One browser with one page. Use as a context manager."""

    def __init__(self, binary="chromium"):
        self.profile = tempfile.mkdtemp(prefix="demo-content-")
        to_child, self.write_fd = os.pipe()
        self.read_fd, from_child = os.pipe()
        high_in = fcntl.fcntl(to_child, fcntl.F_DUPFD, 60)
        high_out = fcntl.fcntl(from_child, fcntl.F_DUPFD, 60)

        def place():
            os.dup2(high_in, 3)
            os.dup2(high_out, 4)

        self.process = subprocess.Popen(
            [binary, *FLAGS, "--user-data-dir=" + self.profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=place, pass_fds=(3, 4))
        for fd in (to_child, from_child, high_in, high_out):
            os.close(fd)
        self.buffer, self.next_id, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self):
        while b"\0" not in self.buffer:
            chunk = os.read(self.read_fd, 1 << 20)
            if not chunk:
                raise RuntimeError("chromium ended")
            self.buffer += chunk
        raw, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(raw)

    def call(self, method, **params):
        """Send one command and return its result."""
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_fd, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self.next_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def problems(self):
        """Script errors and console errors seen so far; empties the list."""
        names = ("Runtime.exceptionThrown", "Log.entryAdded")
        found = [e["params"] for e in self.events if e.get("method") in names]
        self.events = []
        return found

    def size(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=False)

    def open(self, path):
        """Open a local file and wait until it and its fonts are ready."""
        self.events = [e for e in self.events if e.get("method") != "Page.loadEventFired"]
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._message())
        self.evaluate("document.fonts.ready.then(() => 1)")

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"])[:600])
        return result["result"].get("value")

    def shot(self, kind="png", **more):
        return base64.b64decode(self.call("Page.captureScreenshot", format=kind, **more)["data"])

    def pdf(self):
        """Print the open page; the dates are fixed so that two runs give the same bytes."""
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True,
                         generateTaggedPDF=False)["data"]
        raw = base64.b64decode(data)
        raw = re.sub(rb"/Creator \((?:[^()\\]|\\.)*\)", lambda m: (b"/Creator (Santong demo content".ljust(len(m[0]) - 1) + b")"), raw)
        return re.sub(rb"\(D:\d{14}", b"(D:20240901080000", raw)

    def drag(self, start, end, steps=12):
        """A mouse drag from start to end, in page pixels."""
        x0, y0 = start
        x1, y1 = end
        self.mouse("mousePressed", x0, y0)
        for i in range(1, steps + 1):
            self.mouse("mouseMoved", x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps)
        self.mouse("mouseReleased", x1, y1)
        time.sleep(0.05)

    def mouse(self, kind, x, y):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)
