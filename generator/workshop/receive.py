"""Turn a proposal that came by mail into a branch, which is read and merged like any other.

Only files that the workshop edits are taken. What main has changed since the proposal began is put
together with it, field by field, as drafts are; where the two contradict each other, nothing is
written, and both are shown.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from calculators import CALCULATORS
from generator.content import load
from generator.content.labels import KEYS
from generator.workshop import kinds
from generator.workshop.files import Refused
from generator.workshop.merge import Conflict
from generator.workshop.proposal import ProposedFile, Unreadable, base_of, read, told

#: The most that a message may weigh, in bytes.
MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Received:
    """The branch that was made, and the files that it changes."""

    branch: str
    files: list[str]


def receive(root: Path, message: Path, today: date, pictures: Sequence[Path] = ()) -> Received:
    """Make a branch of the message, from the version that `root` is at. The files of `root` stay.

    `pictures` are the files that were joined to it.
    Raises Refused, with what to do.
    """
    if message.stat().st_size > MOST:
        raise Refused(
            f"Ce fichier pèse plus de {MOST // 1_000_000} Mo : ce n'est pas une proposition."
        )
    try:
        files = read(message.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Refused("Ce fichier n'est pas un texte. Enregistrez le message en UTF-8.") from None
    except Unreadable as error:
        raise Refused(str(error)) from None
    for one in files:
        _refuse_path(one)
    if len({one.file for one in files}) != len(files):
        raise Refused("Cette proposition donne deux fois le même fichier. Demandez-en une autre.")
    branch = _branch(root, files, today)
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "proposition"
        _git(root, "worktree", "add", "--quiet", "-b", branch, str(tree), "HEAD")
        made = False
        try:
            for one in files:
                if one.text is None:
                    _take_away(tree, one)
                else:
                    _write(tree, one, _merged(root, tree, one, one.text))
            for picture in pictures:
                _add_picture(tree, picture)
            _check(tree, today)
            _git(tree, "add", "--all")
            if not _git(tree, "status", "--porcelain").strip():
                raise Refused("Le site contient déjà tout ce que dit cette proposition.")
            titles = ", ".join(PurePosixPath(one.file).stem for one in files)
            _git(tree, "commit", "--quiet", "-m", f"content: take a proposal on {titles}"[:72])
            made = True
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))
            if not made:
                _git(root, "branch", "-D", "--quiet", branch)
    added = [f"{load.PICTURES}{one.name}" for one in pictures]
    return Received(branch, [*(one.file for one in files), *added])


def _refuse_path(one: ProposedFile) -> None:
    """Refuse a file that the workshop does not edit, whatever its path says."""
    plain = ".." not in PurePosixPath(one.file).parts and not one.file.startswith("/")
    if not plain or not kinds.of(one.file).takes(one.file):
        raise Refused(
            f"« {one.file} » n'est pas un fichier que l'atelier modifie. La proposition est refusée "
            "en entier : rien n'est écrit."
        )


def _branch(root: Path, files: list[ProposedFile], today: date) -> str:
    """Return a name that no branch has: the day, and the first file."""
    base = f"proposition/{today.isoformat()}-{PurePosixPath(files[0].file).stem}"
    known = _git(root, "branch", "--all", "--format=%(refname:short)").split("\n")
    names = [base, *(f"{base}-{number}" for number in range(2, 100))]
    return next(name for name in names if name not in known)


def _place(tree: Path, one: ProposedFile) -> Path:
    path = tree / one.file
    if path.is_symlink() or any(parent.is_symlink() for parent in path.relative_to(tree).parents):
        raise Refused(f"« {one.file} » est un lien vers un autre endroit : il n'est pas suivi.")
    return path


def _take_away(tree: Path, one: ProposedFile) -> None:
    """Take a file away, unless somebody has changed it since: those words would be lost."""
    path = _place(tree, one)
    if not path.exists():
        return
    if base_of(path.read_text("utf-8")) != one.base:
        raise Refused(
            f"{one.file} a changé sur le site depuis que cette proposition le renomme ou l'enlève. "
            "Rien n'est écrit : demandez une nouvelle proposition, faite depuis le site d'aujourd'hui."
        )
    path.unlink()


def _merged(root: Path, tree: Path, one: ProposedFile, mine: str) -> str:
    """Return the text of a file: the proposal's, `mine`, with what main has changed since it began."""
    path = _place(tree, one)
    now = path.read_text("utf-8") if path.exists() else None

    def base() -> str:
        """Return the text that the proposal started from."""
        if base_of(now) == one.base:
            return now or ""
        known = _blob(root, one.base) if one.base else ""
        if known is None:
            raise Refused(
                f"La proposition part d'une version de {one.file} que ce dépôt n'a pas. Lancez « git fetch "
                "--all », puis recommencez."
            )
        if now is None:
            raise Refused(
                f"{one.file} n'est plus sur le site. Demandez pourquoi à qui l'a enlevé ; pour le remettre, "
                "copiez-le à la main."
            )
        return known

    text, conflicts = kinds.of(one.file).merged(one.file, base, mine, now or "")
    _refuse_conflicts(one, conflicts)
    return text


def _refuse_conflicts(one: ProposedFile, conflicts: list[Conflict]) -> None:
    if not conflicts:
        return
    lines = [
        f"{one.file} a changé aussi sur le site, aux mêmes endroits. Rien n'est écrit : choisissez, et "
        "écrivez-le dans l'atelier."
    ]
    for conflict in conflicts:
        named = [KEYS[str(part)].title for part in conflict.field if str(part) in KEYS]
        lines += [
            f"- {' > '.join(named) or one.file}",
            f"    la proposition : {told(conflict.mine) if conflict.mine is not None else 'rien'}",
            f"    le site : {told(conflict.theirs) if conflict.theirs is not None else 'rien'}",
        ]
    raise Refused("\n".join(lines))


def _write(tree: Path, one: ProposedFile, text: str) -> None:
    path = tree / one.file
    document = kinds.of(one.file).read(one.file, text)
    if document.mistakes:
        raise Refused("\n".join(map(str, document.mistakes)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _add_picture(tree: Path, picture: Path) -> None:
    target = tree / load.PICTURES / picture.name
    if target.exists():
        raise Refused(f"Le site a déjà une image « {picture.name} ».")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(picture, target)


def _check(tree: Path, today: date) -> None:
    checked = load.load(tree / "data", CALCULATORS, today)
    if checked.mistakes:
        lines = "\n".join(map(str, checked.mistakes))
        raise Refused(f"Le contrôle refuse cette proposition :\n{lines}")


def _blob(root: Path, name: str) -> str | None:
    try:
        return _git(root, "cat-file", "blob", name)
    except Refused:
        return None


def _git(folder: Path, *arguments: str) -> str:
    git = shutil.which("git") or "git"
    done = subprocess.run(  # noqa: S603 - a list of arguments: nothing is read as a command
        [git, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"git refuse : {done.stderr.strip() or arguments[0]}")
    return done.stdout
