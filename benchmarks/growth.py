"""The build with many more entries, stage by stage, beside the renderer alone on the same tree.

What we add is all that our build takes, less what MkDocs takes alone: as `mkdocs.yml` has it, then
with its own search too, which it makes by default and which Pagefind replaces here.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, sleep

import yaml
from playwright.sync_api import sync_playwright

from benchmarks.calculation import Row, spread
from calculators import CALCULATORS
from generator import dev_server
from generator.build import PINNED, RENDERER, build_site
from generator.content import load
from generator.content.markdown import LONGEST
from generator.publish.service_worker import short_hash

ROOT = Path(__file__).parent.parent
#: Built again after each: one of many pages, and others.
CHANGED = ("aci", "clause_sociale", "deld", "fle", "rsa")
ENTRIES = (100, 1_000, 5_000)
#: What readers type: a word of many pages, an acronym, a sentence, a misspelling, two rare words.
QUERIES = ("contrat", "ACI", "combien de temps dure un contrat", "prescipteur", "levure bocage")
SEEN_EVERY = 0.02  # seconds between two looks at the memory, or at a page
PATIENCE = 300  # seconds for a page that never comes
PAGE = os.sysconf("SC_PAGE_SIZE")
#: The renderer alone, by what its index is made with: ours is Pagefind's.
YARDSTICKS: dict[str, list[str]] = {
    RENDERER: [],
    f"{RENDERER} with its own search": ["search"],
}
#: Ask a query of the function that the search box calls, and time it; the first loads the index.
ASK = """async query => {
  const { find } = await import("/assets/scripts/site/find.js");
  const start = performance.now();
  const { count } = await find(query);
  return [performance.now() - start, count];
}"""
_WORDS = [
    "atelier",
    "bocage",
    "cantine",
    "chantier",
    "charpente",
    "cordage",
    "couture",
    "cuisine",
    "enclos",
    "fournil",
    "garage",
    "haie",
    "jardin",
    "laverie",
    "levure",
    "lisière",
    "maraîchage",
    "menuiserie",
    "mobilier",
    "outillage",
    "peinture",
    "plateforme",
    "quai",
    "recyclerie",
    "réemploi",
    "ressourcerie",
    "rivière",
    "serre",
    "sentier",
    "textile",
    "transport",
    "tri",
    "verger",
    "vélo",
]


def rows() -> list[Row]:
    """Build with 100, 1,000 and 5,000 more entries: seconds and peak memory of each stage."""
    found: list[Row] = []
    ours, alone = {}, {}
    for count in ENTRIES:
        name = f"{count} entries more"
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            generate(root, count)
            before = _processor()
            (*stages, whole) = _measured([sys.executable, "-m", __name__, folder], ROOT)
            whole_processor = _processor() - before
            found += [_shown(f"{name}: {stage[0]}", *stage[1:]) for stage in stages]
            found.append(_shown(f"{name}: the whole build", *whole[1:]))
            for yardstick, plugins in YARDSTICKS.items():
                before = _processor()
                (lone,) = _measured(_renderer(root, plugins), root)
                processor = _processor() - before
                added = (whole[1] - lone[1]) / lone[1]
                found += [
                    _shown(f"{name}: {yardstick}, alone", *lone[1:]),
                    (
                        f"{name}: what we add / {yardstick}, alone",
                        f"{added:.2f}",
                        f"{(whole_processor - processor) / processor:.2f} of processor",
                        "≤ 0.25" if yardstick == RENDERER else "",
                    ),
                ]
                if yardstick == RENDERER:
                    ours[count], alone[count] = whole[1] - lone[1], lone[1]
            if count == max(ENTRIES):
                found += _search(root / "build" / "site")
    _, fewer, most = ENTRIES
    for name, seconds, goal in (("ours", ours, "≤ 1.30"), (f"{RENDERER} alone", alone, "")):
        ratio = (seconds[most] / most) / (seconds[fewer] / fewer)
        found.append((f"seconds an entry, {most} / {fewer}: {name}", f"{ratio:.2f}", "", goal))
    return found


def _shown(name: str, seconds: float, memory: float) -> Row:
    return name, f"{seconds:.1f} s", f"{memory:.0f} MB", ""


def _processor() -> float:
    """Return the seconds of processor of all that was run, and has ended."""
    used = os.times()
    return used.children_user + used.children_system


def _renderer(root: Path, plugins: list[str]) -> list[str]:
    """Return the command that renders the tree with these plugins, beside our site."""
    known = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    config = root / "yardstick.yml"
    config.write_text(yaml.safe_dump(known | {"plugins": plugins}), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    return [*command, "--site-dir", str(root / "build" / "alone")]


def again() -> list[Row]:
    """Time `serve` after one entry has changed: until its page is served, then all that follows it."""
    shown: list[float] = []
    whole: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root, 0)
        command = [sys.executable, "-u", "build_site.py", "serve", "--port", "0"]
        # A shell that measures in the background has told us to ignore it, as `serve` then would.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            assert process.stdout is not None
            process.stdout.readline()  # what it does
            home = process.stdout.readline().split()[0]
            worker = f"{home}sw.js"
            for number, entry in enumerate(CHANGED):
                path = root / "data" / "glossary" / f"{entry}.yaml"
                text = path.read_text("utf-8")
                words = f"Essai {number}, "  # other pages tell those of the last changes
                path.write_text(text.replace("title: ", f"title: {words}", 1), "utf-8")
                page = f"{home}glossaire/{entry}/"
                start = perf_counter()
                while words.encode() not in _served(page):
                    _wait(start)
                shown.append(perf_counter() - start)
                # The worker is written last, and lists every page.
                while short_hash(_served(page)).encode() not in _served(worker):
                    _wait(start)
                whole.append(perf_counter() - start)
            used = memory(process.pid)
            process.send_signal(signal.SIGINT)
    return [
        ("serve, after one changed entry: its page", *spread(shown, "s"), "≤ 1.5 s"),
        ("serve, after one changed entry: everything", *spread(whole, "s"), ""),
        ("serve: memory, the server and the builder", f"{used:.0f} MB", "", ""),
    ]


def _wait(start: float) -> None:
    """Wait a little, unless it has lasted for too long since `start`."""
    if perf_counter() - start > PATIENCE:
        raise TimeoutError
    sleep(SEEN_EVERY)


def _served(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - of this machine
        return bytes(answer.read())


def generate(root: Path, count: int) -> None:
    """Copy the project into `root`, with `count` entries more in its glossary.

    Each takes its shape from an entry of the project, its paragraphs from all of them; its words
    for a title are its own; it leads to three others.
    """
    for name in ("calculators", "data", "docs", "generator"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "build_site.py", "pyproject.toml", *PINNED):
        shutil.copy(ROOT / name, root)
    for name in (
        "runtime",
        "runtime.key",
        "workshop-compiled",
        "workshop-wheel",
    ):  # the engine does not depend on the entries
        copy = shutil.copytree if (ROOT / "build" / name).is_dir() else shutil.copy
        (root / "build").mkdir(exist_ok=True)
        copy(ROOT / "build" / name, root / "build" / name)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    glossary = root / "data" / "glossary"
    outdated = yaml.safe_load((root / "data" / "outdated.yaml").read_text("utf-8"))
    owners = {name.get("term") for name in outdated["names"]}  # only they may tell their own past
    models = [
        yaml.safe_load(path.read_text("utf-8"))
        for path in sorted(glossary.glob("*.yaml"))
        if path.stem not in owners
    ]
    paragraphs = [text for model in models for text in model["definition"].strip().split("\n\n")]
    chance = random.Random(count)  # noqa: S311 - the same entries each time
    for number in range(count):
        entry = dict(chance.choice(models))
        words = chance.sample(_WORDS, 2)
        entry["title"] = f"{' '.join(words).capitalize()} {number}"
        entry["aliases"] = [f"{words[1]} {number}"]
        if entry.pop("acronym", None):
            entry["acronym"] = (
                "".join(chr(65 + number // 26**place % 26) for place in range(4)) + "X"
            )
        count_of_paragraphs = entry["definition"].count("\n\n") + 1
        others = [f"essai_{chance.randrange(count)}" for _ in range(3)]
        links = ", ".join(f"[un autre essai](terme:{other})" for other in others)
        told = [*chance.sample(paragraphs, count_of_paragraphs), f"Voir aussi {links}."]
        while len("\n\n".join(told)) >= LONGEST:
            del told[0]
        entry["definition"] = "\n\n".join(told) + "\n"
        text = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)
        (glossary / f"essai_{number}.yaml").write_text(text, "utf-8")


def _measured(command: list[str], folder: Path) -> Iterator[tuple[str, float, float]]:
    """Run `command`, which prints each stage with its seconds as it ends; yield them.

    The third value is the peak of memory in MB: of the process, and of those that it started.
    The last stage is the whole command, whose name is empty.
    """
    start = perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    peaks = [0.0, 0.0]  # of this stage, of all

    def watch() -> None:
        while process.poll() is None:
            now = memory(process.pid)
            peaks[:] = [max(peak, now) for peak in peaks]
            sleep(SEEN_EVERY)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in process.stdout:
        name, seconds = json.loads(line)
        yield name, seconds, peaks[0]
        peaks[0] = 0
    watcher.join()
    if process.returncode != 0:
        raise RuntimeError(f"{command} failed")
    yield "", perf_counter() - start, peaks[1]


def memory(process: int) -> float:
    """Return the memory of a process and of those that it started, in MB."""
    own = Path("/proc") / str(process)
    try:
        pages = int((own / "statm").read_text().split()[1])
        children = (own / "task" / str(process) / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0
    return pages * PAGE / 1e6 + sum(memory(int(child)) for child in children)


def _search(folder: Path) -> list[Row]:
    """Time the search of the built site, in Chromium, each query in a page of its own."""
    httpd = dev_server.server(folder, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    times, firsts = [], []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for query in QUERIES:
            page = chromium.new_page()
            page.goto(f"http://127.0.0.1:{httpd.server_port}/404.html")
            firsts.append(page.evaluate(ASK, query)[0])
            times += [page.evaluate(ASK, query)[0] for _ in range(5)]
            page.close()
        chromium.close()
    httpd.shutdown()
    name = f"{max(ENTRIES)} entries more: search"
    return [
        (
            f"{name}, once the index is there, slowest",
            f"{max(times):.0f} ms",
            *spread(times, "ms")[1:],
            "< 200 ms",
        ),
        (f"{name}, first query of a page", *spread(firsts, "ms"), ""),
    ]


def main(root: Path) -> None:
    """Build in `root`, and print each stage with its seconds as it ends."""

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        print(json.dumps([name, perf_counter() - start]), flush=True)

    with stage("check"):
        checked = load.load(root / "data", CALCULATORS, date.today())
        assert checked.content, "\n".join(map(str, checked.mistakes))
    build_site(checked.content, root, stage=stage)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
