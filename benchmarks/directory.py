"""The directory of a file as large as the State's: real communes, made-up names, made-up places.

Read by `build_site.py annuaire` in a process of its own, whose time and memory are measured.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.calculation import Row
from generator.content import communes
from generator.content.carriers import EMPLOYERS, PRESCRIBERS, Carrier

ROOT = Path(__file__).parent.parent
SIZE = 100_000
_WORDS = (
    "Arbre",
    "Brise",
    "Colline",
    "Dune",
    "Étang",
    "Forge",
    "Grange",
    "Halle",
    "Îlot",
    "Jardin",
)
_STREETS = ("rue des Essais", "place du Modèle", "chemin de la Mesure", "avenue des Exemples")


def generated(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield rows of data·inclusion's schema; a third are employers, a third prescribers.

    Places are drawn around one point a commune, within France: they are not where the communes are.
    """
    draw = random.Random(seed)  # noqa: S311  # the same file each time
    places = communes.read(ROOT / "node_modules")
    listed = [one for one in places.communes.values() if len(one.department) == 2]
    centres = {
        code: (draw.uniform(-0.5, 6.0), draw.uniform(44.0, 49.0)) for code in places.departments
    }
    others = [one for one in Carrier if one not in EMPLOYERS and one not in PRESCRIBERS]
    for number in range(count):
        one = draw.choice(listed)
        longitude, latitude = centres[one.department]
        around = random.Random(one.code)  # noqa: S311
        kinds = draw.choice([[*EMPLOYERS], [*PRESCRIBERS], others])
        yield {
            "source": "essai",
            "id": f"essai--{number}",
            "nom": f"{draw.choice(_WORDS)} et {draw.choice(_WORDS)} de {one.name} {number}"[:150],
            "date_maj": f"2026-{draw.randint(1, 10):02}-{draw.randint(1, 28):02}",
            "siret": f"{number:014}",
            "adresse": f"{draw.randint(1, 200)} {draw.choice(_STREETS)}",
            "complement_adresse": None,
            "code_postal": one.postcodes[0] if one.postcodes else None,
            "commune": one.name,
            "code_insee": one.code,
            "longitude": longitude + around.uniform(-0.4, 0.4) + draw.uniform(-0.01, 0.01),
            "latitude": latitude + around.uniform(-0.3, 0.3) + draw.uniform(-0.01, 0.01),
            "telephone": f"01 00 {draw.randint(0, 99):02} {draw.randint(0, 99):02} 00",
            "courriel": f"contact@essai-{number}.example.org",
            "site_web": f"https://essai-{number}.example.org/",
            "description": "Une structure inventée pour mesurer. " * 8,
            "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:00",
            "reseaux_porteurs": [draw.choice(kinds).value],
            "lien_source": f"https://essai.example.org/structures/{number}",
        }


def write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows as one list of JSON, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            file.write("[" if number == 0 else ",\n")
            file.write(json.dumps(row, ensure_ascii=False))
        file.write("]")


#: What is run apart: a root of its own, so that the directory of this machine is left as it is.
_COMMAND = (
    "import sys; from pathlib import Path; from generator.directory.update import update; "
    "update(Path(sys.argv[1]), sys.argv[2])"
)


def rows() -> list[Row]:
    """Measure one reading of 100,000 rows, and of 50,000: the ratio says whether it is linear."""
    seconds: dict[int, float] = {}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "node_modules").symlink_to(ROOT / "node_modules")
        for count in (SIZE // 2, SIZE):
            file = root / f"essai-{count}-2026-11-01.json"
            write(file, generated(count))
            start = time.perf_counter()
            subprocess.run(  # noqa: S603
                [sys.executable, "-c", _COMMAND, str(root), str(file)],
                check=True,
                cwd=ROOT,
            )
            seconds[count] = time.perf_counter() - start
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        (kept,) = (root / "build" / "directory").glob("2026-*")
        sizes = sorted(one.stat().st_size for one in kept.glob("*.json"))
    ratio = seconds[SIZE] / seconds[SIZE // 2]
    return [
        ("directory of 100,000 rows", f"{seconds[SIZE]:.1f} s", "", "< 60 s"),
        ("its memory, at most", f"{most:.0f} MB", "", "< 500 MB"),
        ("time of 100,000 rows over that of 50,000", f"{ratio:.2f}", "", "< 2.4"),
        (
            "a département, at most",
            f"{sizes[-1] / 1000:.0f} kB",
            f"half of them under {sizes[len(sizes) // 2] / 1000:.0f} kB",
            "",
        ),
    ]
