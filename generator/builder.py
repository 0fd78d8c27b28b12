"""The process that builds for `serve`, kept from one change to the next.

Its modules, and what it has read, are there already when a file changes. It answers as soon as the
changed pages are there, then makes all the rest; another change is looked at between two stages of
that. It only ever runs the code that it started with: when the code changes, it ends, and another one
starts.
"""

from __future__ import annotations

import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from generator.build import PAGES, Later, build_site, code_key, show_pages
from generator.content.load import Content
from generator.yaml_files.document import Document

#: What the process answers to a request: the pages are there, there is a mistake, the code has changed.
SHOWN, REFUSED, STALE = "shown", "refused", "stale"
PATIENCE = 2.0  # seconds for the process to end by itself, once nobody asks any more
#: What remains to be made after the pages could not be.
_PART = "Les pages sont à jour, mais pas le reste du site (recherche, hors connexion, atelier)."


class Builder:
    """The process, for those who ask: it starts when first asked, and again when it has ended.

    `command` starts it, with the `code_key` of `root` as its last argument.
    """

    def __init__(self, root: Path, command: Sequence[str]) -> None:
        self.root, self.command = root, command
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process: at once if it waits, between two stages if it builds."""
        if self.process is None:
            return
        with self.process as process:
            _close(process.stdin)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.terminate()

    def build(self) -> bool:
        """Build; return whether the pages are there: the rest follows. Mistakes are printed."""
        answer = self._ask() if self.process else STALE
        if answer in {STALE, ""}:  # it has ended: so does one whose code has changed
            self._start(code_key(self.root))
            answer = self._ask()
        if answer == STALE:  # our own way of telling code from code is that of another day
            self._start("")
            answer = self._ask()
        return answer == SHOWN

    def _start(self, key: str) -> None:
        if self.process:
            _close(self.process.stdin)
            _close(self.process.stdout)
            self.process.wait()
        self.process = subprocess.Popen(  # noqa: S603
            [*self.command, key],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self) -> str:
        """Return the answer of the process; an empty one if it has ended."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(file=self.process.stdin, flush=True)
        except BrokenPipeError:
            return ""
        return self.process.stdout.readline().strip()


def _close(stream: IO[str] | None) -> None:
    assert stream is not None
    with suppress(BrokenPipeError):  # a request that the process did not read
        stream.close()


#: The files of a check, by path, as they were read, and their content; none with a mistake.
type Checked = tuple[Mapping[str, Document], Content | None]


class _Ended(Exception):
    """Nobody asks any more, or another process is to answer."""


class Answers:
    """The process itself: each line on `requests` asks for a build, each line on `answers` says how it went.

    `key` is the `code_key` of its code, or empty for that of the first request. `check` reads and
    checks the data, given what was read before, and prints mistakes. `told` runs a build and returns
    its status; it prints what stops it.
    """

    def __init__(
        self,
        root: Path,
        key: str,
        check: Callable[[Mapping[str, Document]], Checked],
        told: Callable[[Callable[[], int]], int],
    ) -> None:
        self.root, self.key = root, key
        self.check, self.told = check, told
        self.requests, self.answers = sys.stdin, sys.stdout
        #: The files as they were read last, and those that all the pages tell.
        self.read: Mapping[str, Document] = {}
        self.shown: Mapping[str, Document] = {}
        #: What was checked, and is to be built.
        self.content: Content | None = None

    def run(self) -> int:
        """Answer until nobody asks any more."""
        with redirect_stdout(sys.stderr):  # our answers alone are on the other
            try:
                while True:
                    self._hear()
                    while self.content is not None:
                        self._build(self.content)
            except (_Ended, KeyboardInterrupt):
                return 0

    def _hear(self) -> None:
        """Wait for a request, and check the data; answer if there is nothing to build."""
        if not self.requests.readline():
            raise _Ended
        key = code_key(self.root)
        self.key = self.key or key
        if key != self.key:
            self._say(STALE)
            raise _Ended
        if self.told(self._check) != 0:
            self._say(REFUSED)

    def _check(self) -> int:
        self.read, self.content = self.check(self.read)
        return 1 if self.content is None else 0

    def _build(self, content: Content) -> None:
        """Make the changed pages, answer, and make the rest, unless another change comes."""
        self.content = None
        read, whole = self.read, False

        def show() -> int:
            nonlocal whole
            whole = not show_pages(content, self.root, self._changed())
            return complete() if whole else 0

        def complete() -> int:
            with suppress(Later):
                build_site(content, self.root, again=True, stage=self._stage)
            self.shown = read
            return 0

        if self.told(show) != 0:
            self._say(REFUSED)
            return
        self._say(SHOWN)
        if not whole and self.told(complete) != 0:
            print(_PART)

    def _changed(self) -> set[str]:
        """Return the files that are not as the pages tell them."""
        return {
            path
            for path in {*self.read, *self.shown}
            if path not in self.read
            or path not in self.shown
            or self.read[path].text != self.shown[path].text
        }

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Hear another request before a stage: if it changes anything, what is left is to wait."""
        if name not in PAGES and select.select([self.requests], [], [], 0)[0]:
            self._hear()
            if self.content is not None:
                raise Later
        yield

    def _say(self, answer: str) -> None:
        print(answer, file=self.answers, flush=True)
