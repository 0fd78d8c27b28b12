"""A proposal that came by mail becomes a branch of a real Git repository, or is refused in French."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from calculators import CALCULATORS
from generator.content import in_force, load, rename
from generator.workshop import proposal, service
from generator.workshop.files import Refused
from generator.workshop.receive import receive
from tests.conftest import ROOT

TERM = "data/glossary/siae.yaml"
TODAY = date.today()


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@exemple.fr", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the check reads."""
    root = tmp_path_factory.mktemp("origin")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "A")
    git(root, "config", "user.email", "a@exemple.fr")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "start")
    return root


@pytest.fixture
def root(origin: Path, tmp_path: Path) -> Path:
    target = tmp_path / "site"
    git(tmp_path, "clone", "--quiet", str(origin), str(target))
    git(target, "config", "user.name", "A")
    git(target, "config", "user.email", "a@exemple.fr")
    return target


def proposed(
    root: Path, kind: str, change: dict[str, Any], *, before: str = "", **where: str
) -> str:
    """Return the message that the workshop writes for a change, as a mail program sends it."""
    shop = service.Workshop(root, TODAY)
    entry = json.loads(shop.run(json.dumps({"ask": "open", "kind": kind, **where})))
    assert entry["type"] == "opened", entry
    request = {name: entry[name] for name in ("kind", "file", "part")}
    request |= {"ask": "write", "value": entry["value"] | change}
    written = json.loads(shop.run(json.dumps(request)))
    assert (written["mistakes"], written["others"]) == ([], [])
    return f"{before}{written['message']['changes']}\n\n{written['message']['files']}"


def received(root: Path, message: str) -> str:
    path = root.with_name("message.txt")
    path.write_text(message, "utf-8", newline="")
    return receive(root, path, TODAY).branch


SUMMARY = "Une SIAE embauche, encadre et accompagne des personnes éloignées de l'emploi."


def test_a_proposal_becomes_a_branch_and_the_files_here_stay(root: Path) -> None:
    """With the ends of lines of Windows, under a sentence; the branch holds the change alone."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM, before="Bonjour,\n\n")
    assert "Résumé, après : Une SIAE embauche" in message
    branch = received(root, message.replace("\n", "\r\n"))
    assert branch == f"proposition/{TODAY}-siae"
    assert git(root, "diff", "--name-only", "main", branch).split() == [TERM]
    assert SUMMARY in " ".join(git(root, "show", f"{branch}:{TERM}").split())
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "branch", "--show-current").strip() == "main"
    assert git(root, "worktree", "list").count("\n") == 1
    assert received(root, message) == f"{branch}-2"


def test_what_main_has_changed_since_is_kept(root: Path) -> None:
    """The summary is the proposal's, the other name is a colleague's."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    path = root / TERM
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("\naliases:\n", "\naliases:\n  - une autre façon de le dire\n", 1), "utf-8"
    )
    git(root, "commit", "--quiet", "-am", "more")
    branch = received(root, message)
    text = git(root, "show", f"{branch}:{TERM}")
    assert SUMMARY in " ".join(text.split())
    assert "une autre façon de le dire" in text


def test_a_contradiction_is_shown_and_nothing_is_written(root: Path) -> None:
    """Both sentences are told; no branch stays."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    other = "Une SIAE est une structure que l'État a conventionnée, et qui embauche."
    branch = received(root, proposed(root, "term", {"summary": other}, file=TERM))
    git(root, "merge", "--quiet", branch)
    git(root, "branch", "-d", branch)
    with pytest.raises(Refused) as refused:
        received(root, message)
    assert SUMMARY in str(refused.value)
    assert other in str(refused.value)
    assert "Résumé" in str(refused.value)
    assert "proposition/" not in git(root, "branch")


def test_a_new_page_and_its_line_of_the_menu_are_taken(root: Path) -> None:
    """The configuration gets that line, and no other change."""
    page = {
        "title": "Une page d'essai",
        "description": "Une page pour essayer.",
        "text": "Un [terme](terme:siae).",
        "menu": "Comprendre > Les contrats",
    }
    message = proposed(root, "page", page, new="Une page d'essai")
    branch = received(root, message)
    changed = git(root, "diff", "--numstat", "main", branch)
    assert "1\t0\tmkdocs.yml" in changed
    assert "docs/comprendre/une_page_d_essai.md" in changed
    theme = message.replace("name: material", "name: readthedocs")
    files = [
        proposal.ProposedFile(one.file, one.text.replace("name: material", "name: autre"), one.base)
        for one in proposal.read(message)
        if one.text
    ]
    assert theme != message
    with pytest.raises(Refused, match="autre chose que le menu"):
        received(root, proposal.written(files))


@pytest.mark.parametrize(
    "file",
    [
        "build_site.py",
        ".github/workflows/checks.yml",
        "data/../build_site.py",
        "/etc/passwd",
        "docs/../mkdocs.yml",
        "docs/assets/scripts/site/menu.js",
        "data/glossary/index/x.yaml",
        "data/schemas/term.yaml",
    ],
)
def test_a_file_that_the_workshop_does_not_edit_is_refused(root: Path, file: str) -> None:
    """One such file refuses the whole proposal."""
    with pytest.raises(Refused, match="n'est pas un fichier que l'atelier modifie"):
        received(root, proposal.written([proposal.ProposedFile(file, "a: 1\n")]))


def test_a_damaged_message_is_told_from_a_whole_one(root: Path) -> None:
    """Wrapped by a mail program, without any file, or answered with « > » before each line."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    with pytest.raises(Refused, match="une messagerie l'a coupé"):
        received(root, message.replace("\nsummary", "\n\nsummary", 1))
    with pytest.raises(Refused, match="ne contient pas de proposition"):
        received(root, "Bonjour")
    answered = "\n".join(f"> {line}" for line in message.split("\n"))
    assert received(root, answered)


def test_what_the_check_refuses_makes_no_branch(root: Path) -> None:
    """Its mistakes are told, with their files and lines."""
    text = (root / TERM).read_text("utf-8")
    broken = proposal.ProposedFile(
        TERM, text.replace("basis: ", "basis: rien_"), proposal.base_of(text)
    )
    with pytest.raises(Refused, match=f"(?s)Le contrôle refuse.*{TERM}:"):
        received(root, proposal.written([broken]))
    assert "proposition/" not in git(root, "branch")


def merged(root: Path, message: str) -> None:
    """Take a proposal, as the maintainer does."""
    branch = received(root, message)
    git(root, "merge", "--quiet", branch)
    git(root, "branch", "-d", branch)


def ask(root: Path, **request: Any) -> dict[str, Any]:
    """Return what the workshop of the site answers, as it is now in the repository."""
    response = json.loads(service.Workshop(root, TODAY).run(json.dumps(request)))
    assert isinstance(response, dict)
    return response


def test_two_editors_of_one_term_lose_nothing(root: Path) -> None:
    """A's proposal is merged; B's draft keeps both, asks where both wrote, and is merged in turn."""
    start = ask(root, ask="open", kind="term", file=TERM)["value"]
    other = "Une SIAE est une structure que l'État a conventionnée, et qui embauche."
    a = {"summary": other, "aliases": [*start["aliases"], "entreprise à but social"]}
    merged(root, proposed(root, "term", a, file=TERM))
    draft = {"base": start, "value": start | {"summary": SUMMARY, "title": "Structure d'insertion"}}
    opened = ask(root, ask="open", kind="term", file=TERM, draft=draft)["draft"]
    assert opened["conflicts"] == [{"field": ["summary"], "mine": SUMMARY, "theirs": other}]
    assert opened["value"] == draft["value"] | {"aliases": a["aliases"]}
    merged(root, proposed(root, "term", opened["value"], file=TERM))
    now = ask(root, ask="open", kind="term", file=TERM, draft=draft)
    expected = (SUMMARY, "Structure d'insertion", a["aliases"])
    assert tuple(now["value"][one] for one in ("summary", "title", "aliases")) == expected
    assert git(root, "diff", "--name-only", "HEAD~2").split() == [TERM]


def test_a_value_of_next_year_is_merged_and_is_not_the_law_of_today(root: Path) -> None:
    """B's draft of another sentence of that rule, begun before, is merged with it."""
    where = {"file": "data/rules/carence.yaml", "part": "parameters.mois_suspension"}
    start = ask(root, ask="open", kind="rule", **where)["value"]
    old = start["values"][-1]
    assert old["since"] < "2027"
    coming = old | {"since": "1er janvier 2027"}
    title = {"title": f"{start['title']} et après"}
    message = proposed(root, "rule", title, **where)
    merged(root, proposed(root, "rule", {"values": [*start["values"], coming]}, **where))
    merged(root, message)
    content = load.load(root / "data", CALCULATORS, date(2026, 12, 31)).content
    assert content is not None
    parameter = content.rules["carence"].parameters["mois_suspension"]
    assert parameter.title == title["title"]
    assert parameter.values[-1].since == date(2027, 1, 1)
    for day, since in ((date(2026, 12, 31), old["since"]), (date(2027, 1, 1), "2027-01-01")):
        value = in_force.on(parameter.values, day)
        assert value is not None
        assert value.since.isoformat() == since


def moved(root: Path, move: dict[str, str], file: str, kind: str = "term") -> dict[str, Any]:
    """Return what the workshop proposes for another name, or the end, of an entry."""
    opened = ask(root, ask="open", kind=kind, file=file)
    request = {name: opened[name] for name in ("kind", "file", "part", "value")}
    written = ask(root, ask="write", **request, move=move)
    if written["type"] == "written" and written["files"]:
        assert (written["mistakes"], written["others"]) == ([], [])
    return written


def test_a_term_renamed_in_the_workshop_is_renamed_everywhere(root: Path) -> None:
    """The same files as by the command; a colleague's link made meanwhile is refused by the check."""
    written = moved(root, {"name": "Structure de l'IAE"}, TERM)
    before = git(root, "rev-parse", "HEAD").strip()
    merged(root, f"{written['message']['changes']}\n\n{written['message']['files']}")
    workshop = git(root, "diff", "--no-renames", before)
    assert {one["file"] for one in written["files"]} == {
        *git(root, "diff", "--no-renames", "--name-only", before).split()
    }
    assert not (root / TERM).exists()
    assert "structure_de_l_iae" in (root / "data/redirects.yaml").read_text("utf-8")
    git(root, "reset", "--quiet", "--hard", before)
    rename.rename(root, "term", "siae", "structure_de_l_iae", CALCULATORS)
    git(root, "add", ".")
    assert git(root, "diff", "--no-renames", "--cached", before) == workshop
    # A page that was written meanwhile names it as it was.
    git(root, "reset", "--quiet", "--hard", before)
    page = root / "docs/methode.md"
    page.write_text(page.read_text("utf-8") + "\nUne [structure](terme:siae).\n", "utf-8")
    git(root, "commit", "--quiet", "-am", "more")
    with pytest.raises(Refused, match=r"(?s)Le contrôle refuse.*siae"):
        received(root, written["message"]["files"])


def test_an_entry_that_somebody_has_changed_is_not_taken_away(root: Path) -> None:
    """Those words would be lost: the proposal is to be made again."""
    file = "data/networks/avise.yaml"
    written = moved(root, {"instead": ""}, file, "network")
    path = root / file
    path.write_text(f"{path.read_text('utf-8')}# Une remarque.\n", "utf-8")
    git(root, "commit", "--quiet", "-am", "more")
    with pytest.raises(Refused, match="a changé sur le site"):
        received(root, written["message"]["files"])


@pytest.mark.parametrize(
    ("kind", "file", "instead", "leads"),
    [
        ("network", "data/networks/reseau_cocagne.yaml", "", "reseaux/"),
        ("term", TERM, "aci", "glossaire/aci/"),
        ("term", "data/glossary/asp.yaml", "", "glossaire/"),
    ],
)
def test_an_entry_that_goes_leaves_nothing_that_leads_to_nothing(
    root: Path, kind: str, file: str, instead: str, leads: str
) -> None:
    """What named it names another, or no longer does; its address leads on; `check` accepts all."""
    written = moved(root, {"instead": instead}, file, kind)
    merged(root, written["message"]["files"])
    assert not (root / file).exists()
    name = Path(file).stem
    pattern = rf"(terme|reseau):{name}\)|^ *- {name}$|networks: .*\b{name}\b"
    command = ["git", "grep", "-E", pattern, "--", "data/*.yaml", "docs/*.md"]
    assert subprocess.run(command, cwd=root, check=False, capture_output=True).stdout == b""
    folder = "reseaux" if kind == "network" else "glossaire"
    moved_ = f"{{ old: {folder}/{name}/, new: {leads} }}"
    assert moved_ in (root / "data/redirects.yaml").read_text("utf-8")


def test_what_cannot_go_says_why(root: Path) -> None:
    """A portrait's structure, a rule's only term, a name that is taken, an entry known to the code."""
    garden = "data/directory/jardin_de_cocagne_lozere.yaml"
    for kind, file, move, words in (
        ("directory", garden, {"instead": ""}, "» ne peut pas s'en passer. Choisissez"),
        (
            "term",
            "data/glossary/aide_au_poste.yaml",
            {"instead": ""},
            "Retirer « Aide au poste » laisserait la liste « Termes » de « Les sorties que compte l'État »",
        ),
        ("term", TERM, {"name": "aci"}, "existe déjà"),
        ("term", TERM, {"name": "…"}, "Donnez un nom"),
        ("sector", "data/sectors.yaml", {"instead": ""}, "garde son nom"),
    ):
        written = moved(root, move, file, kind)
        assert written["type"] == "refused"
        assert words in written["message"]


def test_a_picture_goes_beside_the_message(root: Path, tmp_path: Path) -> None:
    """The workshop names it and asks what it shows; the command puts it in its place, or refuses it."""
    shop = service.Workshop(root, TODAY)

    def shop_ask(**request: Any) -> dict[str, Any]:
        response: dict[str, Any] = json.loads(shop.run(json.dumps(request)))
        return response

    chosen = {"ask": "picture", "weight": 1000, "width": 300, "height": 200}
    assert shop_ask(**chosen, given="Été.heic")["type"] == "refused"
    assert shop_ask(**chosen | {"weight": 10**8}, given="a.png")["type"] == "refused"
    assert shop_ask(**chosen, given="La serre, été.PNG")["name"] == "la_serre_ete.png"
    file = "data/networks/coorace.yaml"
    opened = shop_ask(ask="open", kind="network", file=file)
    where = {name: opened[name] for name in ("kind", "file", "part")}
    assert shop_ask(ask="write", **where, value=opened["value"])["pictures"] == []
    logo = {"file": "la_serre_ete.png", "alt": "Une serre.", "licence": "Licence Ouverte 2.0"}
    written = shop_ask(ask="write", **where, value=opened["value"] | {"logo": logo})
    assert (written["mistakes"], written["others"]) == ([], [])
    assert [one["name"] for one in written["pictures"]] == ["la_serre_ete.png"]
    assert [one["file"] for one in written["files"]] == [file]
    assert "Image à joindre : la_serre_ete.png" in written["message"]["changes"]
    message = tmp_path / "message.txt"
    message.write_text(written["message"]["files"], "utf-8")
    with pytest.raises(Refused, match="L'image"):
        receive(root, message, TODAY)
    picture = tmp_path / "la_serre_ete.png"
    Image.new("RGB", (300, 200)).save(picture)
    branch = receive(root, message, TODAY, [picture]).branch
    shown = git(root, "diff", "--name-only", "main", branch).split()
    assert shown == [file, "data/pictures/la_serre_ete.png"]
