"""The real nginx on the loopback address, with the configuration of `deploy/`: for tests and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parent.parent

#: Places that the configuration names: each run gets its own instead.
PLACES = ("/tmp/", "/srv/site", "8080")  # noqa: S108


@contextmanager
def serving(site: Path, program: str, build: Path = ROOT / "build") -> Iterator[int]:
    """Serve the folder `site`, which anyone may read; yield the port. `build` holds what a build wrote.

    nginx runs as nobody when the caller is root: it needs no right, as in the container.
    """
    with tempfile.TemporaryDirectory() as own, socket.socket() as free:
        folder = Path(own)
        folder.chmod(0o755)
        (folder / "tmp").mkdir()
        (folder / "tmp").chmod(0o777)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        texts = {path.name: path.read_text("utf-8") for path in (ROOT / "deploy").glob("*.conf")}
        for name in ("security_headers.conf", "redirects.conf"):
            texts[name] = (build / name).read_text("utf-8")
        here = (f"{folder}/tmp/", str(site), f"127.0.0.1:{port}")  # noqa: S108
        for place, instead in zip(PLACES, here, strict=True):
            assert any(place in text for text in texts.values()), f"deploy/ names no {place}"
            texts = {name: text.replace(place, instead) for name, text in texts.items()}
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
        process = subprocess.Popen(  # noqa: S603
            [program, "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
            user="nobody" if os.geteuid() == 0 else None,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait(process, port)
            yield port
        finally:
            process.terminate()
            _, complaints = process.communicate(timeout=10)
        assert complaints == "", complaints


def _wait(process: subprocess.Popen[str], port: int) -> None:
    until = monotonic() + 10
    while monotonic() < until and process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.02)
    process.kill()
    raise AssertionError(process.communicate()[1])
