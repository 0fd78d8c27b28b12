"""A bounded load on the real nginx, on the loopback address: the whole site, compressed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.calculation import Row
from tools.nginx import serving

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
THREADS, CONNECTIONS, SECONDS = 2, 64, 5


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
            return [
                row
                for path in ("", "glossaire/aci/", engine.relative_to(site).as_posix())
                for row in _load(wrk, f"http://127.0.0.1:{port}/{path}", path)
            ]


def _load(wrk: str, address: str, path: str) -> list[Row]:
    bounds = [f"--threads={THREADS}", f"--connections={CONNECTIONS}", f"--duration={SECONDS}s"]
    accepted = ["--latency", "--header", "Accept-Encoding: gzip, deflate, br"]
    done = subprocess.run(  # noqa: S603
        [wrk, *bounds, *accepted, address], capture_output=True, text=True, check=True
    )
    failures = re.search(r"Non-2xx.*|Socket errors.*", done.stdout)
    if failures:
        raise RuntimeError(failures[0])
    (answered,) = re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)
    (slowest,) = re.findall(r"99%\s+(\S+)", done.stdout)
    (sent,) = re.findall(r"Transfer/sec:\s+(\S+)", done.stdout)
    name = f"nginx, {CONNECTIONS} connections: /{path.rpartition('/')[2] or path}"
    return [(name, f"{float(answered):.0f} requests/s", f"99 % under {slowest}, {sent}/s", "")]
