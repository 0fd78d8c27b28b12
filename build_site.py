"""The command of the project: check the data, build the site, serve it.

A command imports what it alone needs: with all of it, `check` would take half as long again.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from calculators import CALCULATORS
from generator.content import compiled_rules, load, rename, scaffold, schemas
from generator.content.models import TEXT, LegalText
from generator.content.quotes import Citation
from generator.content.worked_cases import load as worked_cases
from generator.pyodide.engine import BuildError
from generator.review import (
    changes,
    gone_pages,
    host_check,
    law_changes,
    legal_texts,
    link_check,
    moved_sources,
    report,
    to_reread,
)
from generator.yaml_files import formatter
from generator.yaml_files.document import Document, Mistake
from generator.yaml_files.reader import read

ROOT = Path(__file__).parent
DATA = ROOT / "data"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _told(lambda: int(options.run(options)))
    except KeyboardInterrupt:
        print("Arrêté.", file=sys.stderr)
        return 130


def _told(run: Callable[[], int]) -> int:
    """Return the exit status of `run`; say in one sentence what stops it."""
    try:
        return run()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads us has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        place = f"{error.filename} : " if error.filename else ""
        print(f"{place}la machine refuse ce fichier ({error.strerror}).", file=sys.stderr)
        return 1


class _Parser(argparse.ArgumentParser):
    """A parser of arguments whose every sentence is in French."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "commandes et arguments", "options"
        self.add_argument("-h", "--help", action="help", help="montre ce texte")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, how to write it, and stop with the status 2."""
        print(f"{_in_french(message)}\n{self.format_usage()}", end="", file=sys.stderr)
        sys.exit(2)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Écrivez : " if prefix is None else prefix)


#: What the library says, by a pattern, and the same in French.
_ARGUMENT_ERRORS = {
    r"the following arguments are required: (.+)": "Il manque : {}.",
    r"unrecognized arguments: (.+)": "De trop : {}.",
    r"argument .+?: invalid choice: '?(.*?)'? \(choose from (.+)\)": "« {} » n'est pas connu. Choisissez : {}.",
    r"argument (.+?): invalid int value: '(.*)'": "{} : « {} » n'est pas un nombre entier.",
    r"argument (.+?): expected one argument": "{} : il manque sa valeur.",
}


def _in_french(message: str) -> str:
    for pattern, french in _ARGUMENT_ERRORS.items():
        if found := re.fullmatch(pattern, message):
            return french.format(*(one.replace("'", "") for one in found.groups()))
    return "Cette commande ne se lit pas."


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build_site.py", description="Contrôle les données, construit le site et le sert."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMANDE", parser_class=_Parser)
    checker = commands.add_parser(
        "check", help="contrôle data/ et docs/, et dit chaque faute avec sa place"
    )
    checker.add_argument(
        "--production",
        nargs="?",
        const="",
        metavar="ADRESSE",
        help="refuse aussi ce qu'un site public ne peut pas laisser vide ; avec l'adresse du site "
        "publié, un hébergeur qui ne compresse pas",
    )
    checker.set_defaults(run=check)
    builder = commands.add_parser("build", help="construit le site dans build/site/")
    builder.add_argument(
        "--again",
        action="store_true",
        help="seulement ce qui a changé depuis la dernière construction",
    )
    builder.add_argument(
        "--preview",
        type=int,
        metavar="NUMÉRO",
        help="l'aperçu d'une proposition : chaque page dit qu'elle n'est pas relue",
    )
    builder.set_defaults(run=build)
    for name, run, text in (
        (
            "rules",
            rules,
            "écrit calculators/rules.json : les règles de data/ que lisent les simulateurs",
        ),
        ("schema", schema, "écrit les schémas JSON de data/ dans data/schemas/"),
        ("format", layout, "met en page les fichiers de data/ ; les commentaires restent"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    server = commands.add_parser(
        "serve", help="construit, sert, et reconstruit à chaque changement"
    )
    server.add_argument("--port", type=int, default=8000, help="8000, sinon un autre")
    server.set_defaults(run=serve)
    kept = commands.add_parser(
        "builder"
    )  # `serve` runs it, and nobody else: the help leaves it out
    kept.add_argument("key", metavar="CODE", help="ce qui dit de quel code il s'agit")
    kept.set_defaults(run=answer)
    watcher = commands.add_parser(
        "veille", help="suit les liens du site construit, et dit ce qu'il faut relire"
    )
    watcher.add_argument(
        "--offline",
        action="store_true",
        help="ne suit aucun lien : seulement ce que disent les dates",
    )
    watcher.set_defaults(run=veille)
    differ = commands.add_parser(
        "diff", help="dit ce qui change depuis BASE, dans le site et dans les réponses"
    )
    differ.add_argument("base", metavar="BASE", help="une branche ou une version : main, HEAD~1")
    differ.add_argument(
        "--preview",
        default="",
        metavar="ADRESSE",
        help="de l'aperçu, où mènent les pages qui changent",
    )
    differ.add_argument(
        "--files",
        default="",
        metavar="ADRESSE",
        help="des fichiers sur la forge, où mènent les fautes",
    )
    differ.set_defaults(run=diff)
    texts = commands.add_parser(
        "articles", help="va chercher les textes de loi cités, dans data/articles/"
    )
    texts.add_argument(
        "--package", default=legal_texts.VERSION, metavar="VERSION", help="du paquet des textes"
    )
    texts.set_defaults(run=articles)
    places = commands.add_parser(
        "annuaire", help="lit l'annuaire publié par l'État, que la construction suivante montre"
    )
    places.add_argument(
        "source",
        metavar="SOURCE",
        nargs="?",
        help="un fichier JSON, CSV ou Parquet au schéma data·inclusion, ou son adresse https ; sinon, "
        "« directory_source » de data/site.yaml",
    )
    places.add_argument(
        "--moins",
        action="store_true",
        help="accepte un annuaire qui perd plus de la moitié de ses structures",
    )
    places.set_defaults(run=annuaire)
    listed = commands.add_parser(
        "zones", help="lit la liste publiée des communes FRR, que la construction suivante montre"
    )
    listed.add_argument("file", metavar="FICHIER", type=Path, help="un CSV : code, classe, depuis")
    for name, metavar, text in (
        (
            "--text",
            "JORFTEXT…",
            "l'arrêté qui classe, là où le fichier n'a pas de colonne « texte »",
        ),
        ("--signed", "AAAA-MM-JJ", "le jour de cet arrêté, sans colonne « texte_du »"),
        ("--since", "AAAA-MM-JJ", "le premier jour du classement, sans colonne « depuis »"),
    ):
        listed.add_argument(name, metavar=metavar, default="", help=text)
    listed.add_argument(
        "--moins",
        action="store_true",
        help="accepte une liste qui perd plus de la moitié de ses communes",
    )
    listed.set_defaults(run=zones)
    entry = commands.add_parser(
        "new", help="crée une fiche de data/, ou un simulateur, depuis un modèle"
    )
    entry.add_argument(
        "kind",
        metavar="SORTE",
        choices=[*scaffold.KINDS, scaffold.CALCULATOR],
        help=f"ce qu'il faut créer : {', '.join([*scaffold.KINDS, scaffold.CALCULATOR])}",
    )
    entry.add_argument("id", help="minuscules sans accent : pass_iae")
    entry.set_defaults(run=new)
    receiver = commands.add_parser(
        "receive", help="fait une branche de la proposition reçue par courriel"
    )
    receiver.add_argument(
        "file", metavar="FICHIER", type=Path, help="le message, ou le fichier joint"
    )
    receiver.add_argument(
        "pictures", metavar="IMAGE", type=Path, nargs="*", help="les images jointes au message"
    )
    receiver.set_defaults(run=receive_proposal)
    renamer = commands.add_parser(
        "rename",
        help="change le nom d'une fiche, partout ; son ancienne adresse mène à la nouvelle",
    )
    renamer.add_argument(
        "kind",
        metavar="SORTE",
        choices=[*rename.KINDS],
        help=f"la sorte de fiche : {', '.join(rename.KINDS)}",
    )
    renamer.add_argument("old", metavar="ANCIEN", help="le nom de son fichier, sans « .yaml »")
    renamer.add_argument("new", metavar="NOUVEAU", help="minuscules sans accent : pass_iae")
    renamer.set_defaults(run=rename_entry)
    return parser


def _load() -> load.Content | None:
    return _check(load.read_all(DATA))


def _check(documents: Mapping[str, Document]) -> load.Content | None:
    checked = load.check(documents, CALCULATORS, date.today())
    print_mistakes([*checked.mistakes, *checked.warnings])
    return checked.content


def _load_all() -> tuple[load.Content | None, list[Mistake]]:
    """Read and check everything, what git tells included; print and return the mistakes.

    With a mistake there is no content.
    """
    checked = load.load(DATA, CALCULATORS, date.today())
    content, mistakes, warnings = checked.content, checked.mistakes, checked.warnings
    if content is not None:
        root, branch = DATA.parent, content.site.branch
        mistakes = [*gone_pages.gone(root, content), *schemas.first_lines(content.documents)]
        moved = moved_sources.left_behind(root, branch, content.documents)
        warnings = sorted([*warnings, *moved])
    print_mistakes([*mistakes, *warnings])
    return (None if mistakes else content), mistakes


def print_mistakes(mistakes: list[Mistake]) -> None:
    """Print one line per mistake or warning on standard error, and annotations on the forge."""
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(mistake.annotation())


def check(options: argparse.Namespace) -> int:
    """Validate `data/`, what has aged in `docs/` and, for production, the legal notice and the host."""
    content, _ = _load_all()
    if content is None:
        return 1
    if options.production is not None:
        missing = load.unfit_for_production(DATA.parent, content)
        print_mistakes(missing)
        faults = host_check.uncompressed(options.production) if options.production else []
        for fault in faults:
            print(fault, file=sys.stderr)
        if missing or faults:
            return 1
    print("Aucune faute.")
    return 0


def build(options: argparse.Namespace) -> int:
    """Build the site, unless the data has a mistake."""
    from generator.build import build_site

    content = _load()
    if content is None:
        return 1
    build_site(content, ROOT, options.again, preview=options.preview)
    return 0


def serve(options: argparse.Namespace) -> int:
    """Build, serve on this machine only, and build again on every change."""
    from generator import dev_server
    from generator.builder import Builder

    with Builder(ROOT, [sys.executable, __file__, "builder"]) as kept:
        return dev_server.serve(ROOT, kept.build, options.port)


def answer(options: argparse.Namespace) -> int:
    """Build for `serve` each time that it asks."""
    from generator.builder import Answers

    def check(known: Mapping[str, Document]) -> tuple[Mapping[str, Document], load.Content | None]:
        documents = load.read_all(DATA, known)
        return documents, _check(documents)

    return Answers(ROOT, options.key, check, _told).run()


def rules(_options: argparse.Namespace) -> int:
    """Compile the rules, unless the data has a mistake: the calculators and their tests need no more."""
    content = _load()
    if content is None:
        return 1
    compiled_rules.write(content, ROOT)
    return 0


def schema(_options: argparse.Namespace) -> int:
    """Write the JSON Schemas that editors complete and underline with."""
    folder = DATA / "schemas"
    folder.mkdir(exist_ok=True)
    for name, text in schemas.schemas().items():
        (folder / f"{name}.json").write_text(text, "utf-8")
    return 0


def layout(_options: argparse.Namespace) -> int:
    """Lay out every file of `data/`, and name those that change; leave those that cannot be read."""
    mistakes = []
    for path in sorted(DATA.rglob("*.yaml")):
        if path.parent.name in load.OTHERS:
            continue  # worked cases keep the layout of those who write them
        document = read(path, path.relative_to(ROOT))
        mistakes += document.mistakes
        # Compared with the file itself: reading joins the accents that stand apart.
        written = path.read_bytes().decode("utf-8", "replace")
        if not document.mistakes and (text := formatter.formatted(document.text)) != written:
            path.write_text(text, "utf-8")
            print(path.relative_to(ROOT))
    print_mistakes(mistakes)
    return 1 if mistakes else 0


def diff(options: argparse.Namespace) -> int:
    """Print what changes since a version, in the content and in the answers to the worked cases.

    With a mistake, print the mistakes instead, and return 1.
    """
    content, mistakes = _load_all()
    if content is None:
        print(report.mistakes(mistakes, options.files), end="")
        return 1
    compiled_rules.write(content, ROOT)
    cases = worked_cases()
    requests = [{"calculator": case.calculator, "situation": case.situation} for case in cases]
    with TemporaryDirectory() as folder:
        base = Path(folder)
        try:
            changes.checkout(ROOT, options.base, base)
        except changes.UnknownBase as error:
            print(error, file=sys.stderr)
            return 1
        texts = legal_texts.known(base / "data" / "articles")
        known = legal_texts.known(DATA / "articles")
        law = law_report(texts, known, legal_texts.citations(ROOT))
        former = load.read_all(base / "data", content.documents)
        current = load.read_all(DATA, content.documents)
        versions = changes.content(former), changes.content(current)
        old = load.check(former, CALCULATORS, date.today()).content
        if old:
            compiled_rules.write(old, base)
        before = changes.answers(requests, base) if old else None
    answers = (cases, before, changes.answers(requests, ROOT))
    reader = report.Reader(content, CALCULATORS, options.preview)
    print(report.write(*versions, answers, law, reader), end="")
    return 0


def veille(options: argparse.Namespace) -> int:
    """Print what to reread: links, dates, articles. The state of each link is kept for the next run."""
    from generator.build import address

    content = _load()
    if content is None:
        return 1
    pages: dict[str, list[str]] = {}
    checked: list[link_check.CheckedLink] = []
    if not options.offline and not (ROOT / "build" / "site").is_dir():
        print("Le site n'est pas construit : lancez « make site », ou --offline.", file=sys.stderr)
        return 1
    if not options.offline:
        pages = link_check.collect(ROOT / "build" / "site", address(ROOT))
        kept = ROOT / "build" / "links.json"
        by_hand = {one.url for one in content.links.opened}
        known = link_check.read_known(kept)
        checked = link_check.check(set(pages) - by_hand, known, date.today())
        link_check.write_known(kept, checked)
    print(to_reread.weekly_list(content, checked, pages, date.today()), end="")
    return 0


def articles(options: argparse.Namespace) -> int:
    """Extract the articles that are cited from the ministry's package, and name what moved."""
    folder = DATA / "articles"
    known = legal_texts.known(folder)
    citations = legal_texts.citations(ROOT)
    wanted = {one.number for one in citations if not TEXT.match(one.number)}
    try:
        archive = legal_texts.fetch(ROOT / "build" / "legi-data", options.package)
        found = legal_texts.extract(archive, wanted)
    except legal_texts.FetchError as error:
        print(error, file=sys.stderr)
        return 1
    for line in legal_texts.write_texts(folder, known, found, {one.number for one in citations}):
        print(line)
    print(law_report(known, legal_texts.known(folder), citations), end="")
    missing = sorted(wanted - found.keys() - known.keys())
    for number in missing:
        print(f"{number} : le paquet n'a pas cet article en vigueur.", file=sys.stderr)
    return 1 if missing else 0


def annuaire(options: argparse.Namespace) -> int:
    """Read the published directory, and tell what it holds and what was refused."""
    from generator.directory.source_files import Unreadable
    from generator.directory.update import update

    source = options.source
    if source is None:
        content = _load()
        if content is None:
            return 1
        source = content.site.directory_source
    if source is None:
        print(
            "Aucune source. Donnez un fichier ou une adresse https, ou écrivez « directory_source » dans "
            "data/site.yaml.",
            file=sys.stderr,
        )
        return 1
    try:
        told = update(ROOT, source, shrink=options.moins)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    print(*told, sep="\n")
    return 0


def zones(options: argparse.Namespace) -> int:
    """Read the published list of the FRR communes, and tell what it holds and what was refused."""
    from generator.directory import zones as zone_list
    from generator.directory.source_files import Unreadable

    given = options.text, options.signed, options.since
    try:
        told = zone_list.update(ROOT, options.file, *given, shrink=options.moins)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    print(*told, sep="\n")
    return 0


def law_report(
    before: dict[str, LegalText], after: dict[str, LegalText], citations: list[Citation]
) -> str:
    """Write what changes in the texts of law, with the number of worked cases to reckon again."""
    cases = Counter(case.calculator for case in worked_cases())
    return law_changes.texts_report(before, after, citations, cases, date.today())


def new(options: argparse.Namespace) -> int:
    """Create an entry or a calculator from its templates, and say where it is."""
    try:
        if options.kind == scaffold.CALCULATOR:
            written = scaffold.create_calculator(ROOT, options.id, date.today())
        else:
            written = [scaffold.create(DATA, options.kind, options.id, date.today())]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(path.relative_to(ROOT))
    return 0


def rename_entry(options: argparse.Namespace) -> int:
    """Rename an entry, name the files that change, and check the whole."""
    try:
        written = rename.rename(ROOT, options.kind, options.old, options.new, CALCULATORS)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(path)
    for place in rename.left_over(ROOT, options.kind, options.old):
        print(f"À changer à la main : {place}")
    return 1 if _load() is None else 0


def receive_proposal(options: argparse.Namespace) -> int:
    """Make a branch of a proposal, and say what to do with it."""
    from generator.workshop import receive
    from generator.workshop.files import Refused

    try:
        made = receive.receive(ROOT, options.file, date.today(), options.pictures)
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    for file in made.files:
        print(file)
    print(f"La branche « {made.branch} » est prête. Pour la relire : build_site.py diff main.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
