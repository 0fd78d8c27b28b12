"""The files of the forge: workflows, forms and scripts, held by their schemas and really run."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import load
from generator.pages import edit_links, metadata
from generator.pages.tree import pages
from tests.conftest import ROOT

FORGE = ROOT / ".github"
SCRIPTS = sorted((FORGE / "scripts").iterdir())
WORKFLOWS = sorted((FORGE / "workflows").iterdir())
FORMS = sorted(path for path in (FORGE / "ISSUE_TEMPLATE").iterdir() if path.stem != "config")
SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "github-workflows"),
    **dict.fromkeys(FORMS, "github-issue-forms"),
    FORGE / "ISSUE_TEMPLATE" / "config.yml": "github-issue-config",
    FORGE / "dependabot.yml": "dependabot",
}
TOOLS = Path(sys.executable).parent
HEAD = "b" * 40
#: A command that replaces the forge's: it answers from files, and records the requests.
GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$FAKE/asked"
case "$1 $2" in
  "pr view") case "$*" in *"--json state"*) cat "$FAKE/state-$3" ;; *) cat "$FAKE/head" ;; esac ;;
  "issue list"|"pr list") cat "$FAKE/open" ;;
  "api repos/"*) cat "$FAKE/pages" 2>/dev/null ;;
esac
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cp "$2" "$FAKE/body"; fi
  shift
done
"""


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_file_of_the_forge_follows_its_schema(path: Path) -> None:
    """The forge would refuse, in silence or late, a file that its schema refuses."""
    schema = f"vendor.{SCHEMAS[path]}"
    assert _run(TOOLS / "check-jsonschema", "--builtin-schema", schema, path) == ""


def test_the_workflows_are_safe_for_forks() -> None:
    """No secret where foreign code runs, no text of others in a script, actions pinned."""
    assert _run(TOOLS / "zizmor", "--offline", "--quiet", "--persona", "pedantic", FORGE) == ""


def test_the_scripts_of_the_forge_are_sound() -> None:
    """Shellcheck finds no fault."""
    assert _run(TOOLS / "shellcheck", *SCRIPTS) == ""


def test_what_the_workflows_call_exists() -> None:
    """Each script, each target of the Makefile and each command that a workflow runs is there."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    scripts = set(re.findall(r"sh (\.github/scripts/\w+)", text))
    assert scripts
    assert all((ROOT / script).is_file() for script in scripts)
    targets = set(re.findall(r"make (\w+)$", text, re.MULTILINE))
    assert {"check", "site", "test"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    for command in set(re.findall(r"build_site\.py (\w+)", text)):
        help_text = subprocess.run(
            [sys.executable, "build_site.py", command, "--help"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert help_text.returncode == 0, command


def test_the_labels_of_the_forms_exist() -> None:
    """A form may only give a label that labels.tsv makes."""
    rows = (FORGE / "labels.tsv").read_text("utf-8").splitlines()
    labels = {row.split("\t")[0] for row in rows}
    assert all(len(row.split("\t")) == 3 for row in rows)
    for path in FORMS:
        assert set(yaml.safe_load(path.read_text("utf-8"))["labels"]) <= labels
    assert "veille" in labels


def test_the_paths_of_codeowners_exist() -> None:
    """A path that has moved would have no effect."""
    for line in (FORGE / "CODEOWNERS").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            path, *owners = line.split()
            assert owners
            assert path == "*" or (ROOT / path.strip("/")).exists(), path


def test_a_proposal_is_asked_for_its_text_its_day_and_its_place() -> None:
    """The pull request, and both forms, ask where it is read, since when, and where it holds."""
    template = (FORGE / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    assert all(word in template for word in ("Le texte", "Depuis quand", "Où"))
    for path in FORMS:
        if path.stem == "avis":
            continue  # an opinion on a page proposes nothing
        asked = {part.get("id") for part in yaml.safe_load(path.read_text("utf-8"))["body"]}
        assert {"source", "depuis", "territoire"} <= asked


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the forge; `gh` is the program above."""
    folder = tmp_path / "forge"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "gh").write_text(GH, "utf-8")
    (folder / "bin" / "gh").chmod(0o755)
    (folder / "head").write_text(HEAD, "utf-8")
    (folder / "open").write_text("", "utf-8")
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE", str(folder))
    monkeypatch.setenv("HEAD", HEAD)
    monkeypatch.setenv("GITHUB_REPOSITORY", "editeur/site")
    for name in ("PREVIEW_REPOSITORY", "PREVIEW_DOMAIN", "DEPLOY_KEY", "PREVIEW_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    """The artifact of the first step of a preview."""
    folder = tmp_path / "preview"
    (folder / "site" / "a").mkdir(parents=True)
    (folder / "site" / "a" / "index.html").write_text("une page", "utf-8")
    (folder / "number").write_text("12\n", "utf-8")
    (folder / "summary.md").write_text("### Fiches\n\n- bonjour @tout-le-monde\n", "utf-8")
    return folder


def _script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", FORGE / "scripts" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _asked(forge: Path) -> list[str]:
    return (forge / "asked").read_text("utf-8").splitlines()


def test_the_issue_to_reread_is_opened_once_and_then_kept_up_to_date(forge: Path) -> None:
    """The first week opens it, the next ones change its text."""
    text = forge / "veille.md"
    text.write_text("à relire", "utf-8")
    assert _script("rolling_issue", text).returncode == 0
    assert _asked(forge)[-1] == f"issue create --title À relire --label veille --body-file {text}"
    (forge / "open").write_text("7\n", "utf-8")
    assert _script("rolling_issue", text).returncode == 0
    assert _asked(forge)[-1] == f"issue edit 7 --body-file {text}"


def test_the_texts_that_moved_are_proposed_once_and_then_kept_up_to_date(
    forge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a change, nothing; then one branch and one proposal, edited in later weeks."""
    remote, work = tmp_path / "depot.git", tmp_path / "depot"
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", remote], check=True)
    subprocess.run(["git", "clone", "--quiet", remote, work], check=True, capture_output=True)
    texts = work / "data" / "articles"
    texts.mkdir(parents=True)
    (texts / "R5132-1.yaml").write_text("avant", "utf-8")
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    subprocess.run(["git", "add", "."], cwd=work, check=True)
    subprocess.run(["git", *identity, "commit", "-qm", "Avant"], cwd=work, check=True)
    body = tmp_path / "loi.md"
    body.write_text("## La loi a changé", "utf-8")
    monkeypatch.chdir(work)
    assert "La loi n'a pas changé." in _script("propose_texts", body).stdout
    assert not (forge / "asked").exists()
    (texts / "R5132-1.yaml").write_text("après", "utf-8")
    done = _script("propose_texts", body)
    assert done.returncode == 0, done.stderr
    assert _asked(forge)[-1].startswith("pr create --head loi --title Textes de loi")
    proposed = ["git", "--git-dir", str(remote), "show", "loi:data/articles/R5132-1.yaml"]
    assert subprocess.run(proposed, capture_output=True, text=True, check=True).stdout == "après"
    (forge / "open").write_text("7\n", "utf-8")
    (texts / "R5132-1.yaml").write_text("plus tard", "utf-8")
    assert _script("propose_texts", body).returncode == 0
    assert _asked(forge)[-1].startswith("pr edit 7 --body-file")


def test_every_label_is_made(forge: Path) -> None:
    """One call a line, with its colour and its description."""
    assert _script("labels").returncode == 0
    rows = (FORGE / "labels.tsv").read_text("utf-8").splitlines()
    assert len(_asked(forge)) == len(rows)
    assert _asked(forge)[0].startswith("label create erreur --color b00020 --description Une page")


def test_the_comment_says_what_changes_and_calls_nobody(forge: Path, preview: Path) -> None:
    """One comment, edited each time; a name in the summary is not a call."""
    assert _script("comment_preview", preview).returncode == 0
    body = (forge / "body").read_text("utf-8")
    assert body.startswith("## Ce que change cette proposition\n")
    assert "bonjour @<!-- -->tout-le-monde" in body
    assert "github.io" not in body
    assert _asked(forge)[-1].startswith("pr comment 12 --edit-last --create-if-none")


LINKS = "- [**Un \\[titre\\]**](apercu:glossaire/aci/), [x.yaml, ligne 2](fichier:data/x.yaml#L2)\n"


@pytest.mark.parametrize(
    ("repository", "page"),
    [
        ("", "- **Un \\[titre\\]**,"),
        (
            "reseau/apercus",
            "- [**Un \\[titre\\]**](https://reseau.github.io/apercus/12/glossaire/aci/),",
        ),
    ],
)
def test_the_comment_leads_to_the_changed_pages_and_to_the_lines(
    forge: Path, preview: Path, repository: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages lead to the preview, if there is one; lines to the files of the proposal."""
    monkeypatch.setenv("PREVIEW_REPOSITORY", repository)
    (preview / "summary.md").write_text(LINKS, "utf-8")
    done = _script("comment_preview", preview)
    assert done.returncode == 0, done.stderr
    body = (forge / "body").read_text("utf-8")
    line = f"[x.yaml, ligne 2](https://github.com/editeur/site/blob/{HEAD}/data/x.yaml#L2)"
    assert f"{page} {line}\n" in body


def test_with_a_mistake_the_comment_tells_it_and_there_is_no_preview(
    forge: Path, preview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mistakes, without a link to a site that was not built."""
    monkeypatch.setenv("PREVIEW_REPOSITORY", "reseau/apercus")
    shutil.rmtree(preview / "site")
    assert _script("comment_preview", preview).returncode == 0
    body = (forge / "body").read_text("utf-8")
    assert "bonjour" in body
    assert "github.io" not in body


def test_a_closed_proposal_is_told_nothing_more(forge: Path, preview: Path) -> None:
    (preview / "summary.md").unlink()
    assert _script("comment_preview", preview).returncode == 0
    assert not (forge / "body").exists()


def test_the_comment_leads_to_the_preview_and_stays_short(
    forge: Path, preview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a repository of previews, the link; and never more than a comment holds."""
    monkeypatch.setenv("PREVIEW_REPOSITORY", "reseau/apercus")
    (preview / "summary.md").write_text("é" * 100_000, "utf-8")
    assert _script("comment_preview", preview).returncode == 0
    body = (forge / "body").read_text("utf-8")
    assert "https://reseau.github.io/apercus/12/" in body
    assert len(body) < 65_536


@pytest.mark.parametrize(
    ("repository", "domain", "site", "expected"),
    [
        ("reseau/apercus", "", "", "https://reseau.github.io/apercus/12/"),
        ("editeur/apercus", "", "", None),
        ("Editeur/apercus", "", "https://editeur.github.io/site/", None),
        ("editeur/apercus", "", "https://www.exemple.fr/", "https://editeur.github.io/apercus/12/"),
        ("editeur/apercus", "apercus.exemple.fr", "", "https://apercus.exemple.fr/12/"),
        ("reseau/apercus", "WWW.exemple.fr", "https://www.exemple.fr/", None),
    ],
)
def test_previews_never_share_the_origin_of_the_site(
    forge: Path,
    preview: Path,
    repository: str,
    domain: str,
    site: str,
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All repositories of one owner have one origin, unless one of the two has a domain of its own."""
    monkeypatch.setenv("PREVIEW_REPOSITORY", repository)
    monkeypatch.setenv("PREVIEW_DOMAIN", domain)
    (forge / "pages").write_text(site, "utf-8")
    done = _script("comment_preview", preview)
    assert done.returncode == (0 if expected else 1)
    if expected:
        assert f"]({expected})" in (forge / "body").read_text("utf-8")
    else:
        assert "l'origine du site public" in done.stderr
        assert done.stderr.count("\n") == 1
        assert _script("publish_preview", preview).returncode == 1


@pytest.mark.parametrize("number", ["", "12; rm -rf /", "../..", "$(id)", "12\n13"])
def test_a_number_that_is_not_that_of_the_proposal_is_refused(
    forge: Path, preview: Path, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The output of foreign code is data: it names its own proposal, or nothing happens."""
    (preview / "number").write_text(number, "utf-8")
    if number == "12\n13":  # digits, but of another proposal
        (forge / "head").write_text("c" * 40, "utf-8")
    monkeypatch.setenv("PREVIEW_REPOSITORY", "reseau/apercus")
    for script in ("comment_preview", "publish_preview"):
        assert _script(script, preview).returncode == 1
    assert not (forge / "body").exists()


@pytest.mark.usefixtures("forge")
def test_the_preview_is_published_at_its_number(
    preview: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of the proposal replace those of its last preview; links are left out."""
    remote = tmp_path / "apercus.git"
    seed = tmp_path / "seed"
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", remote], check=True)
    subprocess.run(["git", "clone", "--quiet", remote, seed], check=True, capture_output=True)
    (seed / "12").mkdir()
    (seed / "12" / "old.html").write_text("ancienne", "utf-8")
    subprocess.run(["git", "add", "."], cwd=seed, check=True)
    subprocess.run(["git", *identity, "commit", "-qm", "Avant"], cwd=seed, check=True)
    subprocess.run(["git", "push", "-q"], cwd=seed, check=True)
    (preview / "site" / "lien").symlink_to("/etc/passwd")
    monkeypatch.setenv("PREVIEW_REPOSITORY", "reseau/apercus")
    monkeypatch.setenv("PREVIEW_REMOTE", str(remote))
    monkeypatch.setenv("DEPLOY_KEY", "essai")
    for _ in range(2):  # twice the same is once
        done = _script("publish_preview", preview)
        assert done.returncode == 0, done.stderr
    shutil.rmtree(seed)
    subprocess.run(["git", "clone", "--quiet", remote, seed], check=True, capture_output=True)
    files = {path.relative_to(seed).as_posix() for path in seed.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith(".git/")} == {
        ".nojekyll",
        "12/a/index.html",
    }


def test_the_previews_of_closed_proposals_go(
    forge: Path, preview: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own when a proposal closes, others that are closed; those whose state is not known stay."""
    remote, seed = tmp_path / "apercus.git", tmp_path / "seed"
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", remote], check=True)
    subprocess.run(["git", "clone", "--quiet", remote, seed], check=True, capture_output=True)
    for number, state in (("7", "MERGED"), ("8", "OPEN"), ("9", ""), ("12", "CLOSED")):
        (seed / number).mkdir()
        (seed / number / "index.html").write_text(number, "utf-8")
        (forge / f"state-{number}").write_text(state, "utf-8")
    subprocess.run(["git", "add", "."], cwd=seed, check=True)
    subprocess.run(["git", *identity, "commit", "-qm", "Avant"], cwd=seed, check=True)
    subprocess.run(["git", "push", "-q"], cwd=seed, check=True)
    monkeypatch.setenv("PREVIEW_REPOSITORY", "reseau/apercus")
    monkeypatch.setenv("PREVIEW_REMOTE", str(remote))
    monkeypatch.setenv("DEPLOY_KEY", "essai")
    shutil.rmtree(preview / "site")
    done = _script("publish_preview", preview)
    assert done.returncode == 0, done.stderr
    subprocess.run(["git", "pull", "-q"], cwd=seed, check=True)
    assert {path.name for path in seed.iterdir()} - {".git", ".nojekyll"} == {"8", "9"}


def test_without_a_repository_of_previews_nothing_is_published(forge: Path, preview: Path) -> None:
    """The comment holds the summary alone."""
    assert _script("publish_preview", preview).returncode == 0
    assert not (forge / "asked").exists()


HOME = "https://www.exemple.fr/"
REPOSITORY = "https://github.com/reseau/site"


@pytest.fixture(scope="module")
def tree(content: load.Content, rules: Rules) -> dict[str, str]:
    """Every page, when the forge is known."""
    site = content.site.model_copy(update={"repository": REPOSITORY, "branch": "principale"})
    known = dataclasses.replace(content, site=site)
    docs = ROOT / "docs"
    written = {
        path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")
    }
    return pages(known, CALCULATORS, rules, written, HOME)


def test_each_page_leads_to_the_file_that_it_is_made_of(tree: dict[str, str]) -> None:
    """The forge's editor opens a file that exists; pages made of everything have none."""
    alone: dict[str, str] = {}
    for path, text in tree.items():
        if path.endswith(".md"):
            address = metadata.front_matter(text).get("edit", "")
            alone[path] = address
            if address:
                start = f"{REPOSITORY}/edit/principale/"
                assert address.startswith(start)
                assert (ROOT / address.removeprefix(start)).is_file(), path
    assert alone["glossaire/aci.md"].endswith("/data/glossary/aci.yaml")
    assert alone["simulateurs/pass_iae.md"].endswith("/data/rules/pass_iae.yaml")
    assert alone["demarches/pass_iae.md"].endswith("/data/journeys.yaml")
    assert alone["structures/aci.md"].endswith("/data/structures.yaml")
    assert alone["comprendre/carence.md"].endswith("/docs/comprendre/carence.md")
    assert {path for path, address in alone.items() if address == ""} == {
        "actualites/index.md",
        "annuaire/departement.md",
        "annuaire/index.md",
        "comprendre/pres_de_chez_moi.md",
        "facile/index.md",
        "glossaire/index.md",
        "journal/index.md",
        *(path for path in tree if re.fullmatch(r"journal/(\d{4}|toutes|anciennes)\.md", path)),
        "plan-du-site.md",
        "portraits/index.md",
        "regles/index.md",
        "reseaux/index.md",
        "simulateurs/index.md",
        "simulateurs/liste.md",
        "suivi/equipe.md",
        "suivi/index.md",
        *(path for path in tree if path.startswith("textes/")),
    }


def test_each_page_leads_to_a_form_that_names_it(tree: dict[str, str]) -> None:
    """The form for an error opens with the title and the address of the page."""
    asked = {
        part.get("id")
        for part in yaml.safe_load((FORGE / "ISSUE_TEMPLATE/erreur.yml").read_text("utf-8"))["body"]
    }
    for path, text in tree.items():
        if path.endswith(".md"):
            facts = metadata.front_matter(text)
            fields = parse_qs(urlsplit(facts["report"]).query)
            assert fields["template"] == ["erreur.yml"]
            assert fields["page"][0].endswith(f"({HOME}{metadata.address(path)})")
            assert set(fields) <= {"template"} | asked


def test_a_dated_value_leads_to_a_form_that_says_it_and_its_source(tree: dict[str, str]) -> None:
    """On the page of a rule, each value has a link of its own, with its words for who hears it."""
    text = tree["regles/pass_iae.md"]
    links = re.findall(r"\[Signaler une erreur\]\(([^)]+)\)\{ aria-label=\"([^\"]+)\" \}", text)
    values = yaml.safe_load((ROOT / "data/rules/pass_iae.yaml").read_text("utf-8"))["parameters"]
    assert len(links) == sum(len(parameter["values"]) for parameter in values.values())
    fields = parse_qs(urlsplit(links[0][0]).query)
    assert fields["valeur"] == ["Durée d'un parcours dans la loi, depuis le 1er septembre 2021"]
    assert fields["source"][0].startswith("Code du travail, article R.\u00a05132-1-2 https://")
    assert "Durée d" in links[0][1]


def test_an_opinion_opens_a_letter_or_a_form_that_names_the_page(content: load.Content) -> None:
    """A letter where there is an address, else the forge's form; nothing where there is neither."""
    named = f"Le PASS IAE ({HOME}comprendre/pass_iae/)"

    def asked(contact: str | None, repository: str | None) -> dict[str, str]:
        site = content.site.model_copy(update={"contact": contact, "repository": repository})
        return edit_links.opinion_addresses(site, "comprendre/pass_iae.md", named)

    forge = "https://github.com/editeur/site"
    yes, no = asked("contact@exemple.fr", forge).values()
    assert yes != no
    assert urlsplit(no).scheme == "mailto"
    assert named in parse_qs(urlsplit(no).query)["body"][0]
    yes, no = asked(None, forge).values()
    fields = parse_qs(urlsplit(no).query)
    form = yaml.safe_load((FORGE / "ISSUE_TEMPLATE/avis.yml").read_text("utf-8"))
    assert set(fields) <= {"template"} | {part.get("id") for part in form["body"]}
    assert (fields["page"], fields["aide"]) == ([named], ["Non"])
    assert asked("https://exemple.fr/contact", None) == {
        "Nous écrire": "https://exemple.fr/contact"
    }
    assert asked(None, None) == {}


def test_an_opinion_is_asked_under_the_pages_for_readers(tree: dict[str, str]) -> None:
    """And not under those that tell of the site itself."""
    asking = {path for path, text in tree.items() if "\nopinions: " in text}
    assert {"comprendre/histoire.md", "glossaire/aci.md", "simulateurs/carence.md"} <= asking
    assert not {"index.md", "plan-du-site.md", "mentions-legales.md"} & asking


def test_without_a_forge_there_are_no_links_to_it(content: load.Content, rules: Rules) -> None:
    """No address is guessed."""
    assert content.site.repository is None
    assert edit_links.edit_address(content.site, "data/site.yaml") is None
    assert edit_links.error_form_address(content.site, page="x") is None
    text = pages(content, CALCULATORS, rules, {}, HOME)["regles/pass_iae.md"]
    assert "Signaler" not in text
    assert set(metadata.front_matter(text)) & {"edit", "report", "opinions"} == set()
