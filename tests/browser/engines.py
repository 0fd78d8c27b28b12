"""Firefox and WebKitGTK, driven alike: the W3C's WebDriver commands, by the wire each one speaks.

Firefox answers over a socket (Marionette, which geckodriver only translates), WebKitGTK's driver
over HTTP. The commands and their parameters are the same, and a dozen are enough here: two short
functions stand where Selenium (fifteen packages) and a geckodriver that Debian does not have would.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from io import BufferedRWPair
from pathlib import Path
from typing import Any, Protocol

#: Seconds. A cold start of Python takes a few on a slow machine, a browser's own as many.
PATIENCE = 45
CAPABILITIES = {"timeouts": {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000}}
#: The name under which WebDriver hands an element over.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
#: Keys, as WebDriver writes them.
ENTER, SPACE = "\ue007", " "
#: What was in sight when something was waited for in vain.
FAILURE = Path(__file__).parent.parent.parent / "build" / "engine.png"

#: The elements that a person sees and may use, by selector and by their whole text, whatever its spaces.
SEEN = """
const [selector, text] = arguments;
const plain = (node) => node.textContent.replace(/\\s+/g, " ").trim();
return [...document.querySelectorAll(selector)].find((node) =>
  node.getClientRects().length > 0 && !node.disabled && (text === null || plain(node) === text)) ?? null;
"""
#: Whether the focus is on what says a text, and not on the whole page.
FOCUSED = """
const node = document.activeElement;
return node !== document.body && node.textContent.replace(/\\s+/g, " ").includes(arguments[0]);
"""
#: Where a window stands, for the words of a failure.
WHERE = """
const text = (document.querySelector("article") ?? document.body).innerText;
return [location.href, text.slice(0, 2000)];
"""


class Refused(Exception):
    """The browser could not do what it was told; the message is its own."""


def wait[T](ready: Callable[[], T], otherwise: Callable[[], str]) -> T:
    """Return what `ready` returns as soon as it is true; fail with the words of `otherwise`."""
    end = time.monotonic() + PATIENCE
    while not (value := ready()):
        assert time.monotonic() < end, f"not within {PATIENCE} s: {otherwise()}"
        time.sleep(0.05)
    return value


class Send(Protocol):
    """Send a command of WebDriver by its name; return its value or raise `Refused`."""

    def __call__(self, command: str, **parameters: object) -> Any: ...


class Window:
    """A browser window. Whatever looks for something waits for it, and says so when it is vain."""

    def __init__(self, send: Send, site: str) -> None:
        """Take over the window that `send` drives; `site` is the address of the built site."""
        self.send = send
        self.site = site

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        # From one fragment of a page to another, no browser loads anything.
        self.send("Navigate", url="about:blank")
        self.send("Navigate", url=self.site + path)

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Return what a script returns (`return …;`, its arguments in `arguments`)."""
        return self.send("ExecuteScript", script=script, args=list(arguments))

    def until(self, script: str, *arguments: object) -> Any:
        """Wait until a script returns something true, and return it."""

        def state() -> str:
            where, text = self.evaluate(WHERE)
            FAILURE.write_bytes(base64.b64decode(self.send("TakeScreenshot", full=False)))
            return f"{script} {arguments}\nat {where}, see {FAILURE}:\n{text}"

        return wait(lambda: self.evaluate(script, *arguments), state)

    def find(self, selector: str, text: str | None = None) -> Any:
        """Return the first element in sight that matches, and whose whole text this is."""
        return self.until(SEEN, selector, text)

    def click(self, selector: str, text: str | None = None) -> None:
        """Click in the middle of an element, as a pointer does: nothing may lie over it."""
        self.send("ElementClick", id=self.find(selector, text)[ELEMENT])

    def text(self, selector: str) -> str:
        """Return an element's text as it is shown, with plain spaces only."""
        shown = self.evaluate("return arguments[0].innerText", self.find(selector))
        return " ".join(shown.split())

    def press(self, keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def type(self, selector: str, keys: str) -> None:
        """Focus a control and press keys in it."""
        self.evaluate("arguments[0].focus()", self.find(selector))
        self.press(keys)

    def type_date(self, selector: str, day: str) -> None:
        """Type an ISO date in a date control, in the order of the browsers' language here."""
        year, month, day_of_month = day.split("-")
        self.type(selector, f"{month}/{day_of_month}/{year}")

    def focused(self, text: str) -> None:
        """Wait until the focus is on what says this, as on the heading of a new step."""
        self.until(FOCUSED, text)


@contextmanager
def firefox(program: str, folder: Path) -> Iterator[Send]:
    """Start Firefox without a screen, with a profile of its own in `folder`."""
    (folder / "user.js").write_text('user_pref("marionette.port", 0);\n')  # any that is free
    command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(folder)]
    with _running(command, folder) as process:
        port = folder / "MarionetteActivePort"
        _started(process, folder, lambda: port.exists() and port.read_text())
        wire = socket.create_connection(("127.0.0.1", int(port.read_text())), PATIENCE + 15)
        with wire, wire.makefile("rwb") as stream:
            send = _marionette(stream)
            send("NewSession", capabilities={"alwaysMatch": CAPABILITIES})
            yield send
            send("DeleteSession")


def _marionette(stream: BufferedRWPair) -> Send:
    """Write and read Marionette's messages: `LENGTH:JSON`, see Firefox's source docs."""

    def receive() -> Any:
        length = b""
        while (byte := stream.read(1)) != b":":
            if not byte:
                msg = "Firefox closed the connection"
                raise Refused(msg)
            length += byte
        return json.loads(stream.read(int(length)))

    receive()  # its greeting
    number = 0

    def send(command: str, **parameters: object) -> Any:
        nonlocal number
        number += 1
        body = json.dumps([0, number, f"WebDriver:{command}", parameters]).encode()
        stream.write(b"%d:%b" % (len(body), body))
        stream.flush()
        _, answered, error, result = receive()
        assert answered == number
        if error:
            msg = f"{command}: {error['message']}"
            raise Refused(msg)
        return result["value"] if isinstance(result, dict) and "value" in result else result

    return send


@contextmanager
def webkit(driver: str, folder: Path) -> Iterator[Send]:
    """Start WebKitGTK's driver, which starts the browser, on a screen that nobody sees."""
    # As narrow as the window: the pointer, in the middle, lies in it and gives it the focus.
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "480x800x24", "-nolisten", "tcp"]
    with _running(command, folder, stdout=subprocess.PIPE) as screen:
        assert screen.stdout
        number = screen.stdout.readline().decode().strip()
        assert number, f"Xvfb did not start:\n{_log(folder)}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [driver, f"--port={port}"]
        with _running(command, folder, display=f":{number}") as process:
            send = _http(port)
            _started(process, folder, lambda: _listens(port))
            send("NewSession", capabilities={"alwaysMatch": CAPABILITIES})
            yield send
            send("DeleteSession")


def _http(port: int) -> Send:
    """Speak to a WebDriver server, one session at a time."""
    session = ""

    def send(command: str, **parameters: object) -> Any:
        nonlocal session
        method, path = COMMANDS[command]
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE + 15)
        with closing(connection):
            connection.request(
                method,
                path.format(session=session, **parameters),
                json.dumps(parameters) if method == "POST" else None,
            )
            response = connection.getresponse()
            value = json.load(response)["value"]
        if response.status != 200:
            msg = f"{command}: {value['message']}"
            raise Refused(msg)
        if command == "NewSession":
            session = value["sessionId"]
        return value

    return send


COMMANDS = {
    "NewSession": ("POST", "/session"),
    "DeleteSession": ("DELETE", "/session/{session}"),
    "GetWindowHandle": ("GET", "/session/{session}/window"),
    "NewWindow": ("POST", "/session/{session}/window/new"),
    "SwitchToWindow": ("POST", "/session/{session}/window"),
    "SetWindowRect": ("POST", "/session/{session}/window/rect"),
    "CloseWindow": ("DELETE", "/session/{session}/window"),
    "Navigate": ("POST", "/session/{session}/url"),
    "ExecuteScript": ("POST", "/session/{session}/execute/sync"),
    "ElementClick": ("POST", "/session/{session}/element/{id}/click"),
    "PerformActions": ("POST", "/session/{session}/actions"),
    "TakeScreenshot": ("GET", "/session/{session}/screenshot"),
}


@contextmanager
def _running(
    command: list[str], folder: Path, display: str = "", stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program and what it starts in a group of their own, and leave none of them behind."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "LC_ALL": "C.UTF-8",  # else dates are typed in the order of the machine's own language
        "MOZ_CRASHREPORTER_DISABLE": "1",
        "DISPLAY": display,
    }
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(
            command, env=environment, stdout=stdout or log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with suppress(ProcessLookupError):  # whatever of the group is still there
                os.killpg(process.pid, signal.SIGKILL)


def _started(process: subprocess.Popen[bytes], folder: Path, ready: Callable[[], object]) -> None:
    """Wait until a program is ready; say what it said if it ends before."""

    def check() -> object:
        assert process.poll() is None, f"{process.args!r} ended:\n{_log(folder)}"
        return ready()

    wait(check, lambda: f"{process.args!r}:\n{_log(folder)}")


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]


def _listens(port: int) -> bool:
    with socket.socket() as wire:
        return wire.connect_ex(("127.0.0.1", port)) == 0
