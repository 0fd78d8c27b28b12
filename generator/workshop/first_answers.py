"""What the page is told before the engine is there: the forms, answered by the build.

The engine takes megabytes and seconds. Until it is ready, the page reads the same answers from these
files, and shows a form; whatever is checked waits for the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from generator.workshop import service
from generator.yaml_files.document import Document


def written(root: Path, documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the files: `catalogue.json`, and `KIND.json` for each kind.

    That of a kind holds the answers to `open` for its entries, `{"entries": […], "schemas": […]}`: the
    `schema` of an entry is the place of its own among the schemas, which entries share.
    """
    # No form holds the day.
    shop = service.Workshop(root, date.today(), {one.path.as_posix(): one for one in documents})
    catalogue = _asked(shop, ask="catalogue")
    yield "catalogue.json", _text(catalogue)
    for kind in catalogue["kinds"]:
        schemas: list[Any] = []
        entries = []
        for one in kind["entries"]:
            opened = _asked(shop, ask="open", kind=kind["kind"], **one)
            if opened["schema"] not in schemas:
                schemas.append(opened["schema"])
            entries.append(opened | {"schema": schemas.index(opened["schema"])})
        if entries:
            yield f"{kind['kind']}.json", _text({"entries": entries, "schemas": schemas})


def _asked(shop: service.Workshop, **request: Any) -> Any:
    return json.loads(shop.run(json.dumps(request)))


def _text(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()
