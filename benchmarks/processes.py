"""The processes of a browser: their memory, their processor, and a processor made slower for them."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page

TICK = 1 / os.sysconf("SC_CLK_TCK")
#: Of a processor that is made slower, the seconds that its processes run in one go.
TURN = 0.005
COLLECT = json.dumps({"id": 1, "method": "HeapProfiler.collectGarbage"})
#: Milliseconds for a page to name its workers, and for them to collect their garbage.
ATTACHED, COLLECTED = 200, 1000


def renderers(chromium: Browser) -> list[int]:
    """Return the processes of the pages."""
    told = chromium.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return [one["id"] for one in told["processInfo"] if one["type"] == "renderer"]


def memory(chromium: Browser, page: Page) -> int:
    """Return the bytes of memory that the process of the only page holds, garbage collected.

    That of the page and of its workers, which nothing else presses to collect theirs. Of what several
    processes share, such as the program itself, each holds its part. The others that Chromium counts
    among those of pages are smaller: its own windows, and one for a page to come.
    """
    session = page.context.new_cdp_session(page)
    workers: list[str] = []
    session.on("Target.attachedToTarget", lambda told: workers.append(told["sessionId"]))
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False})
    page.wait_for_timeout(ATTACHED)
    session.send("HeapProfiler.collectGarbage")
    for worker in workers:
        session.send("Target.sendMessageToTarget", {"sessionId": worker, "message": COLLECT})
    page.wait_for_timeout(COLLECTED)
    session.detach()
    told = [Path(f"/proc/{one}/smaps_rollup").read_text("utf-8") for one in renderers(chromium)]
    return max(int(re.findall(r"^Pss:\s+(\d+)", one, re.MULTILINE)[0]) * 1024 for one in told)


def processor(chromium: Browser) -> float:
    """Return the seconds of processor that the processes of the pages have used."""
    used = 0.0
    for one in renderers(chromium):
        fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) * TICK
    return used


@contextmanager
def slowed(times: float) -> Iterator[None]:
    """Give the processes that this one has started one part of the time in `times`, some ms in a row.

    Chromium's own throttling reaches the page, and not its workers, where Python runs.
    """
    ended = threading.Event()

    def alternate() -> None:
        while not ended.wait(TURN):
            stopped = _descendants(os.getpid())
            _send(stopped, signal.SIGSTOP)
            ended.wait(TURN * (times - 1))
            _send(stopped, signal.SIGCONT)

    thread = threading.Thread(target=alternate)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _send(processes: list[int], sign: signal.Signals) -> None:
    for one in processes:
        with suppress(ProcessLookupError):
            os.kill(one, sign)


def _descendants(process: int) -> list[int]:
    """Return the processes of a browser that this one has started; the driver of tests is left alone."""
    found = []
    for task in (Path("/proc") / str(process) / "task").iterdir():
        with suppress(OSError):
            for child in map(int, (task / "children").read_text().split()):
                name = (Path("/proc") / str(child) / "comm").read_text()
                own = [child] if name.startswith(("chrom", "headless")) else []
                found += [*own, *_descendants(child)]
    return found
