"""The local server: it tells a newcomer what happens, and nothing of browsers that leave."""

from __future__ import annotations

import socket
import struct
import subprocess
import threading
from pathlib import Path
from time import sleep

import pytest
from watchdog.events import FileCreatedEvent, FileModifiedEvent, FileMovedEvent

from generator import dev_server
from tests.conftest import ROOT


def test_a_port_that_is_taken_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the command that takes another one, before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert dev_server.serve(tmp_path, lambda: pytest.fail("built"), port) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"Le port {port} est déjà pris" in printed.err
    assert "make serve PORT=8001" in printed.err


def test_a_port_that_does_not_exist_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev_server.serve(tmp_path, lambda: pytest.fail("built"), 99_999) == 1
    assert "Le port 99999 ne peut pas être ouvert" in capsys.readouterr().err


def test_make_serve_takes_a_port() -> None:
    command = ["make", "--dry-run", "serve", "PORT=8123"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "build_site.py serve --port 8123" in done.stdout


def test_a_browser_that_leaves_leaves_no_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It asks for a large file, and closes before it has read it."""
    (tmp_path / "large.bin").write_bytes(bytes(20_000_000))
    httpd = dev_server.server(tmp_path, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    for _ in range(3):
        client = socket.create_connection(("127.0.0.1", httpd.server_port))
        # Closed at once: the server hears that the connection was reset.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        client.recv(1000)
        client.close()
    sleep(0.5)
    httpd.shutdown()
    httpd.server_close()
    assert capfd.readouterr().err == ""


def test_an_error_of_the_server_is_still_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    httpd = dev_server.server(tmp_path, 0)
    try:
        raise ValueError("ours")
    except ValueError:
        httpd.handle_error(None, ("127.0.0.1", 1))
    httpd.server_close()
    assert "ValueError: ours" in capfd.readouterr().err


def test_what_python_compiles_is_no_change() -> None:
    """It writes under a name of its own first, and renames it: neither builds the site again."""
    changed = threading.Event()
    notice = dev_server._Notice(changed)
    kept = "generator/__pycache__/build.cpython-313.pyc"
    notice.on_any_event(FileCreatedEvent(f"{kept}.140234567890"))
    notice.on_any_event(FileMovedEvent(f"{kept}.140234567890", kept))
    notice.on_any_event(FileModifiedEvent("calculators/rules.json"))
    assert not changed.is_set()
    notice.on_any_event(FileModifiedEvent("generator/build.py"))
    assert changed.is_set()
