"""A bounded load on the real nginx, on the loopback address: the whole site, compressed.

First one file as fast as it goes, then what readers really ask for, at a steady rate, for a minute: no
answer may be an error, and the memory of nginx may not grow.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks.calculation import Row
from benchmarks.growth import memory
from tools.nginx import serving

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
THREADS, CONNECTIONS, SECONDS = 2, 64, 5
#: The steady load: requests a second in all, from as many connections, each waiting between two.
RATE, READERS, MINUTE = 1_000, 250, 60
VISITS, SEED = 2_000, 1
#: Of those who open a calculator, how many have no engine yet; of all, how many search.
NEWCOMERS, SEARCHES = 0.3, 0.1
#: Milliseconds a second that a connection waits: the rest is for the answers.
WAIT = 600
_MIX = """
local paths = {{ {paths} }}
local place = 0
function setup(thread) thread:set("start", math.random(#paths)) end
function init() place = start end
function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end
function delay() return {delay} end
"""


def rows() -> list[Row]:
    """Ask for the home page, a word and the largest file of the engine, for five seconds each."""
    server, wrk = os.environ.get("WEB_SERVER"), os.environ.get("WRK")
    if not server or not wrk:
        missing = "nginx" if not server else "wrk"
        return [("load on nginx", "skipped", f"no {missing} here: see tools/program", "")]
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        site.chmod(0o755)
        shutil.copytree(SITE, site, dirs_exist_ok=True)
        command = ["node", str(ROOT / "deploy" / "compress.mjs"), name]
        subprocess.run(command, check=True)  # noqa: S603
        engine = max(site.rglob("*.wasm"), key=lambda path: path.stat().st_size)
        with serving(site, server) as port:
            found = [
                row
                for path in ("", "glossaire/aci/", engine.relative_to(site).as_posix())
                for row in _load(wrk, f"http://127.0.0.1:{port}/{path}", path)
            ]
        with serving(site, server) as port:
            return [*found, *_steady(wrk, f"http://127.0.0.1:{port}/", site)]


def _steady(wrk: str, address: str, site: Path) -> list[Row]:
    """Ask for the real mix of files at a steady rate, and look at the memory of nginx each second."""
    paths = [path for visit in _visits(site) for path in visit]
    script = site / "mix.lua"
    listed = ", ".join(f'"/{path}"' for path in paths)
    script.write_text(_MIX.format(paths=listed, delay=READERS * WAIT // RATE), "utf-8")
    bounds = [f"--threads={THREADS}", f"--connections={READERS}", f"--duration={MINUTE}s"]
    command = [wrk, *bounds, "--latency", "--header", "Accept-Encoding: gzip, deflate, br"]
    seen: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(1):
            seen.append(sum(memory(one) for one in _children("nginx")))

    watcher = threading.Thread(target=watch)
    watcher.start()
    done = subprocess.run(  # noqa: S603
        [*command, "--script", str(script), address], capture_output=True, text=True, check=True
    )
    ended.set()
    watcher.join()
    _refuse_failures(done.stdout)
    (asked,) = re.findall(r"(\d+) requests in", done.stdout)
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)
    (slowest,) = re.findall(r"99%\s+(\S+)", done.stdout)
    steady = seen[len(seen) // 6 :]  # once each worker has served its first files
    name = f"nginx, {len(paths)} requests of {VISITS} visits, {MINUTE} s"
    return [
        (name, f"{float(rate):.0f} requests/s", f"99 % under {slowest}, no error", f"≥ {RATE}"),
        (
            f"{name}: requests answered, memory",
            asked,
            f"{min(steady):.1f} to {max(steady):.1f} MB",
            "",
        ),
    ]


def _visits(site: Path) -> Iterator[list[str]]:
    """Yield what the browser of a reader asks for in a visit: a page, its files, more for some."""
    chance = random.Random(SEED)  # noqa: S311 - the same visits each time
    pages = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    engine = [path.relative_to(site).as_posix() for path in (site / "runtime").rglob("*")]
    engine = [
        path for path in engine if (site / path).is_file() and not path.endswith((".gz", ".br"))
    ]
    index = [path.relative_to(site).as_posix() for path in site.glob("pagefind/*/*.pf_*")]
    for _ in range(VISITS):
        page = chance.choice([".", "glossaire/aci", *pages])
        folder = site / page
        text = (folder / "index.html").read_text("utf-8")
        files = re.findall(r'(?:src|href)="([^"#?:]+\.(?:css|js|svg|png|webmanifest))"', text)
        visit = [f"{page}/" if page != "." else ""]
        for file in dict.fromkeys(files):
            path = (folder / file).resolve()
            if path.is_file() and path.is_relative_to(site.resolve()):
                visit.append(path.relative_to(site.resolve()).as_posix())
        if "data-calculator-root" in text and chance.random() < NEWCOMERS:
            visit += engine
        if chance.random() < SEARCHES:
            visit += ["pagefind/pagefind.js", *chance.sample(index, 3)]
        yield visit


def _children(name: str) -> list[int]:
    """Return the processes of that name that this one started."""
    children = (Path("/proc/self/task") / str(os.getpid()) / "children").read_text().split()
    found = []
    for child in children:
        command = Path("/proc") / child / "comm"
        if command.exists() and command.read_text().strip() == name:
            found.append(int(child))
    return found


def _refuse_failures(printed: str) -> None:
    if failures := re.search(r"Non-2xx.*|Socket errors.*", printed):
        raise RuntimeError(failures[0])


def _load(wrk: str, address: str, path: str) -> list[Row]:
    bounds = [f"--threads={THREADS}", f"--connections={CONNECTIONS}", f"--duration={SECONDS}s"]
    accepted = ["--latency", "--header", "Accept-Encoding: gzip, deflate, br"]
    done = subprocess.run(  # noqa: S603
        [wrk, *bounds, *accepted, address], capture_output=True, text=True, check=True
    )
    _refuse_failures(done.stdout)
    (answered,) = re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)
    (slowest,) = re.findall(r"99%\s+(\S+)", done.stdout)
    (sent,) = re.findall(r"Transfer/sec:\s+(\S+)", done.stdout)
    name = f"nginx, {CONNECTIONS} connections: /{path.rpartition('/')[2] or path}"
    return [(name, f"{float(answered):.0f} requests/s", f"99 % under {slowest}, {sent}/s", "")]
