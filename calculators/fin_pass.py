"""Tell what can still be done when a PASS IAE ends, or has just ended, and until when.

It has no law of its own: `prolongation`, `carence` and `duree_contrat` hold it, and are asked here
for the same facts. Its two readings of the law are in `data/rules/fin_pass.yaml`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from calculators import carence, prolongation
from calculators.carence import Candidature, Diagnostic, Employeur
from calculators.dates import add_days, add_months, days_in, french_date, is_aged, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.prolongation import Motif
from calculators.result import ORDER, Milestone, Openness, Option, Reason, Result, Span, Verdict
from calculators.rules import Law, Rules
from calculators.situations import Structure
from calculators.typography import quantity

SUBJECT = "fin_pass"
TITLE = "Mon PASS IAE finit : que faire ?"
SUMMARY = (
    "Donnez le dernier jour du PASS IAE : la réponse dit ce qui reste possible, jusqu'à quel jour, "
    "qui décide et ce qu'il faut réunir."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "jours_restants": "Jours restants dans le PASS IAE",
    "jours_pour_demander": "Jours restants pour demander une prolongation",
    "fenetre_debut": "Premier jour pour demander une prolongation",
    "fenetre_fin": "Dernier jour pour demander une prolongation",
    "fin_carence": "Fin du délai de carence",
}
VERDICTS = {
    "fenetre_a_venir": Verdict("Trop tôt pour prolonger", "favorable"),
    "fenetre_ouverte": Verdict("Prolongation à demander maintenant", "attention"),
    "fenetre_fermee": Verdict("Trop tard pour prolonger", "defavorable"),
}


class Employeuse(Choice):
    """The structure that employs the person, if it is known."""

    aci = "aci", Structure.aci.label
    ai = "ai", Structure.ai.label
    ei = "ei", Structure.ei.label
    eiti = "eiti", Structure.eiti.label
    etti = "etti", Structure.etti.label
    inconnue = "inconnue", "Je ne sais pas", "La réponse dit ce qui change selon la structure."


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The facts that the person, or the one who helps her, has at hand."""

    structure: Employeuse = ask(
        "Quelle structure emploie la personne, ou l'employait ?",
        step="La structure",
        fact="structure",
        sure=True,
    )
    pass_fin: datetime.date = ask(
        "Dernier jour du PASS IAE",
        help="Tel que la plateforme l'affiche aujourd'hui.",
        step="Le PASS IAE",
        fact="pass_fin",
    )
    pass_debut: datetime.date | None = ask(
        "Premier jour du PASS IAE",
        help="Il dit jusqu'où la loi laisse durer tout le parcours.",
        fact="pass_debut",
    )
    jours_deja_prolonges: int | None = ask(
        "Jours de prolongation déjà obtenus",
        help="Le total de toutes les prolongations de ce PASS IAE. Aucune : zéro.",
    )
    date_naissance: datetime.date | None = ask(
        "Date de naissance de la personne",
        help="L'âge ouvre d'autres possibilités.",
        step="La personne",
        fact="date_naissance",
    )
    rqth: bool | None = ask(
        "La personne est-elle reconnue travailleur handicapé (RQTH) ?",
        help="Si vous ne savez pas, ne répondez pas.",
        sure=True,
    )
    difficultes: bool | None = ask(
        "A-t-elle des difficultés particulièrement importantes ?",
        help="Des difficultés qui empêchent son insertion si personne ne les prend en charge. Si vous ne "
        "savez pas, ne répondez pas.",
        sure=True,
    )
    formation_fin: datetime.date | None = ask(
        "Dernier jour de la formation",
        help="Seulement si une formation professionnelle est en cours.",
    )
    au: datetime.date = ask(
        "À quelle date regarder ?",
        help="Aujourd'hui, ou le jour qui vous intéresse.",
        step="Le jour",
        fact="au",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say what is possible, under the rules of `au`, in an order that starts with what can be done.

    Raises Invalid for dates that contradict each other, NotInForce when no rule is known on `au`.
    """
    law = rules.on(situation.au)
    _refuse_contradictions(situation, law)
    asked = {motif: _ask_prolongation(motif, situation, rules) for motif in Motif}
    waiting = _ask_carence(situation, rules)
    any_motif = asked[Motif.formation][0].values
    opens = date.fromisoformat(any_motif["fenetre_debut"])
    closes = date.fromisoformat(any_motif["fenetre_fin"])
    free = date.fromisoformat(waiting.values["fin_carence"])
    options = [
        *(_prolongation(motif, asked[motif], situation, law) for motif in Motif),
        *_new_path(waiting, free, situation, law),
        *_contract(situation, law),
    ]
    options.sort(key=lambda option: ORDER[option.status])
    verdict = _verdict(situation.au, opens, closes)
    ahead = sum(option.calculator == "prolongation" for option in options[: _open(options)])
    return Result(
        verdict=verdict,
        summary=_summary(situation, verdict, ahead, opens, closes, free),
        values={
            "jours_restants": max(days_in(situation.au, situation.pass_fin), 0),
            "jours_pour_demander": max(days_in(max(situation.au, opens), closes), 0),
            "fenetre_debut": opens.isoformat(),
            "fenetre_fin": closes.isoformat(),
            "fin_carence": free.isoformat(),
        },
        reasons=_reasons(asked, waiting, situation, law),
        not_checked=_not_checked(asked, waiting, situation),
        dates=_dates(situation, opens, closes, free),
        periods=_periods(situation, opens, closes, free),
        options=options,
    )


def _refuse_contradictions(situation: Situation, law: Law) -> None:
    """Refuse dates that no other calculator sees; the others raise for theirs."""
    errors = {}
    born, start = situation.date_naissance, situation.pass_debut
    if born and born >= (start or min(situation.au, situation.pass_fin)):
        errors["date_naissance"] = BORN_LATER
    if start is None and "apres_debut" in law["prolongation.fenetre"].value:
        errors["pass_debut"] = START_NEEDED
    if errors:
        raise Invalid(errors)


# What the other calculators answer.


def _structures(situation: Situation) -> list[Structure]:
    """Return the structures to ask for. Unknown: those of the code; the EITI has to be named."""
    if situation.structure is not Employeuse.inconnue:
        return [Structure[situation.structure.name]]
    return [structure for structure in Structure if structure is not Structure.eiti]


def _ask_prolongation(motif: Motif, situation: Situation, rules: Rules) -> list[Result]:
    """Ask for the longest prolongation, and for one day where none is left: one answer a structure."""

    def facts(structure: Structure) -> prolongation.Situation:
        return prolongation.Situation(
            structure=structure,
            motif=motif,
            # Without its first day, the months of the whole path are not told; nothing else needs it.
            pass_debut=situation.pass_debut or date.min,
            pass_fin=situation.pass_fin,
            jours_deja_prolonges=situation.jours_deja_prolonges or 0,
            au=situation.au,
            jours_demandes=1,
            suspendu=None,
        )

    def one(asked: prolongation.Situation) -> Result:
        days = _days_asked(motif, prolongation.longest(asked, rules), situation)
        return prolongation.calculate(replace(asked, jours_demandes=days), rules)

    return [one(facts(structure)) for structure in _structures(situation)]


def _days_asked(motif: Motif, most: int, situation: Situation) -> int:
    """Return the days to ask for: a training is finished, and not a day more (R5132-1-8, b)."""
    if motif is Motif.formation and situation.formation_fin:
        most = min(most, days_in(situation.pass_fin, situation.formation_fin) - 1)
    return max(most, 1)


def _ask_carence(situation: Situation, rules: Rules) -> Result:
    """Ask for a new path on `au`, before anybody has sent an application or made a diagnosis."""
    facts = carence.Situation(
        structure=Employeur[_structures(situation)[0].name],
        fin_pass=situation.pass_fin,
        suspension_debut=None,
        au=situation.au,
        candidature_de=Candidature.aucun,
        diagnostic_de=Diagnostic.aucun,
    )
    return carence.calculate(facts, rules)


# What can be done.


def _prolongation(motif: Motif, answers: list[Result], situation: Situation, law: Law) -> Option:
    """Say what `prolongation` answers, then what the age and the handicap change."""
    held = [one for one in answers if _status(one) != "impossible"]
    result = (held or answers)[0]
    condition = law["prolongation.condition"].pick(motif)
    days = result.values["jours_max"]
    asked = _days_asked(motif, days, situation)
    path = _path_text(result, situation)
    option = Option(
        id=f"prolongation_{motif}",
        label=LABELS[motif],
        status="impossible",
        text=" ".join((_refusal(result), *path)),
        cited=condition,
        calculator="prolongation",
        situation=_known(situation)
        | _dates_known(situation)
        | {"motif": motif.value, "jours_demandes": asked, "au": situation.au.isoformat()},
    )
    if not held:
        return option
    first, words = _ready(motif, situation, law)
    closes = date.fromisoformat(result.values["fenetre_fin"])
    if first is None or first > closes:
        return replace(option, text=" ".join(words))
    requis = result.values["prescripteur_requis"]
    papers = [*PAPERS[motif], *([ACTIONS] if requis else [])]
    if any(reason.id == "bilan" and reason.cited.value for reason in result.reasons):
        papers.append(BILAN)
    later = first > situation.au
    texts = [
        *words,
        *([] if later else [result.summary]),
        MOST.format(quantity(days, "jour")),
        *path,
        *([NOT_EVERYWHERE] if len(held) < len(answers) else []),
        CONDITION.format(condition.value),
    ]
    return replace(
        option,
        status="plus_tard" if later else _status(result),
        text=" ".join(texts),
        first=max(first, date.fromisoformat(result.values["fenetre_debut"]))
        if later
        else date.fromisoformat(result.values["fenetre_debut"]),
        last=closes,
        who=WHO[requis],
        papers=tuple(papers),
    )


def _refusal(result: Result) -> str:
    """Say why not, in the words of `prolongation` unless no day is left at all."""
    unmet = [reason for reason in result.reasons if reason.status == "unmet"]
    if [reason.id for reason in unmet] == ["plafond_cumul"]:
        return NONE_LEFT.format(unmet[0].cited.words)
    return result.summary


def _status(result: Result) -> Openness:
    """Take the verdict of `prolongation`: what it allows has conditions that it cannot check."""
    if result.verdict == "possible":
        return "sous_conditions"
    return "plus_tard" if result.values["possible_des"] else "impossible"


def _ready(motif: Motif, situation: Situation, law: Law) -> tuple[date | None, list[str]]:
    """Return the first day, `au` or later, on which the person may be concerned, and why.

    Her age and the length of her path move it; there is none without the handicap recognised, without
    the difficulties, or for a training that ends with the PASS IAE or before.
    """
    first, words = situation.au, []
    if motif is Motif.rqth and situation.rqth is False:
        return None, [NOT_RECOGNISED]
    if motif is Motif.difficultes and situation.difficultes is False:
        return None, [NO_HARDSHIP]
    if motif is Motif.formation and situation.formation_fin:
        last = french_date(situation.formation_fin)
        if situation.formation_fin <= situation.pass_fin:
            return None, [TRAINING_INSIDE.format(last)]
        words.append(TRAINING_ENDS.format(last))
    if motif in AGED and situation.date_naissance:
        age = law["prolongation.age"].pick(motif)
        birthday = _birthday(situation.date_naissance, age.value)
        first = max(first, birthday)
        text = AGED_FROM[birthday > situation.au]
        words.append(text.format(age.words, french_date(birthday)))
    if motif is Motif.cdi_inclusion and situation.pass_debut and _cdi(situation):
        begins, text = _ripe(situation.pass_debut, situation, law)
        first = max(first, begins)
        words.append(text)
    return first, words


def _ripe(start: date, situation: Situation, law: Law) -> tuple[date, str]:
    """Return the first day of a CDI inclusion in a path that began on `start`, and the sentence."""
    ripe = law[f"duree_contrat.cdi_parcours_{situation.structure}"]
    begins = add_days(last_day(start, months=ripe.value), 1)
    return begins, CDI_PATH.format(ripe.words, french_date(begins))


def _cdi(situation: Situation) -> bool:
    """Tell whether the labour code opens the CDI inclusion to the structure, by name."""
    return situation.structure not in {Employeuse.inconnue, Employeuse.eiti}


def _birthday(born: date, years: int) -> date:
    """Return the first day on which a person is so old."""
    day = add_months(born, 12 * years)
    return day if is_aged(born, day, years) else add_days(day, 1)


def _path_text(result: Result, situation: Situation) -> list[str]:
    """Return the law's count of the whole path, which the first day of the PASS IAE decides."""
    texts = [reason.text for reason in result.reasons if reason.id == "plafond_parcours"]
    return texts if situation.pass_debut else [PATH_UNKNOWN] * len(texts)


def _new_path(waiting: Result, free: date, situation: Situation, law: Law) -> list[Option]:
    """Say when a new path may begin: with a prescriber during the waiting period, or after it."""
    after = add_days(situation.pass_fin, 1)
    known = _known(situation) | {"fin_pass": situation.pass_fin.isoformat()}
    over = situation.au > free
    options = [
        Option(
            id="nouveau_parcours",
            label=LABELS["nouveau_parcours"],
            status="sous_conditions" if over else "plus_tard",
            text=NEW_PATH[over].format(french_date(free), french_date(add_days(free, 1))),
            cited=law["carence.duree"],
            calculator="carence",
            situation=known | {"au": max(situation.au, add_days(free, 1)).isoformat(), **NOBODY},
            first=add_days(free, 1),
            who=DECIDES["nouveau_parcours"],
            papers=PAPERS["nouveau_parcours"],
        )
    ]
    if over:
        return options
    now = waiting.verdict == "bloque"
    return [
        Option(
            id="nouveau_parcours_prescripteur",
            label=LABELS["nouveau_parcours_prescripteur"],
            status="sous_conditions" if now else "plus_tard",
            text=WITH_PRESCRIBER[now].format(french_date(after), french_date(free)),
            cited=law["carence.derogation"].pick("prescripteur_habilite"),
            calculator="carence",
            situation=known | {"au": max(situation.au, after).isoformat(), **BY_PRESCRIBER},
            first=after,
            last=free,
            who=DECIDES["nouveau_parcours_prescripteur"],
            papers=PAPERS["nouveau_parcours_prescripteur"],
        ),
        *options,
    ]


def _contract(situation: Situation, law: Law) -> list[Option]:
    """Say that the contract does not end with the PASS IAE, but that the aid does.

    An EITI hires nobody by a contract of employment.
    """
    if situation.structure is Employeuse.eiti:
        return []
    option = Option(
        id="contrat_sans_aide",
        label=LABELS["contrat_sans_aide"],
        status="possible",
        text=CONTRACT.format(french_date(situation.pass_fin)),
        cited=law[f"{SUBJECT}.contrat_apres_pass"],
        calculator="duree_contrat",
        situation=_known(situation) | _path_known(situation) | {"au": situation.au.isoformat()},
        first=add_days(situation.pass_fin, 1),
        who=DECIDES["contrat_sans_aide"],
        papers=PAPERS["contrat_sans_aide"],
    )
    return [option]


def _known(situation: Situation) -> dict[str, Any]:
    if situation.structure is Employeuse.inconnue:
        return {}
    return {"structure": situation.structure.value}


def _dates_known(situation: Situation) -> dict[str, Any]:
    known: dict[str, Any] = {"pass_fin": situation.pass_fin.isoformat()}
    if situation.pass_debut:
        known["pass_debut"] = situation.pass_debut.isoformat()
    if situation.jours_deja_prolonges is not None:
        known["jours_deja_prolonges"] = situation.jours_deja_prolonges
    return known


def _path_known(situation: Situation) -> dict[str, Any]:
    """Return what `duree_contrat` asks of the path and of the person; it asks of the contract itself."""
    known: dict[str, Any] = {}
    if situation.pass_debut:
        known["parcours_debut"] = situation.pass_debut.isoformat()
    if situation.date_naissance:
        known["date_naissance"] = situation.date_naissance.isoformat()
    if situation.rqth is not None:
        known["rqth"] = situation.rqth
    if situation.difficultes is not None:
        known["difficultes"] = situation.difficultes
    if situation.formation_fin:
        known["formation_fin"] = situation.formation_fin.isoformat()
    return known


# The answer as a whole.


def _verdict(au: date, opens: date, closes: date) -> str:
    if au < opens <= closes:
        return "fenetre_a_venir"
    return "fenetre_ouverte" if opens <= au <= closes else "fenetre_fermee"


def _open(options: list[Option]) -> int:
    """Count the options that may be taken at once; they come first."""
    return sum(ORDER[option.status] == 0 for option in options)


def _summary(
    situation: Situation, verdict: str, ahead: int, opens: date, closes: date, free: date
) -> str:
    left = days_in(situation.au, situation.pass_fin)
    name = verdict
    if verdict == "fenetre_ouverte":
        name = ("ouverte" if left > 0 else "ouverte_apres") + "_sans" * (ahead == 0)
    elif verdict == "fenetre_fermee":
        never = "jamais" if left > 0 else "jamais_apres"
        name = never if opens > closes else "fermee"
        if situation.au > free:
            name = "apres_carence"
    return SENTENCES[name].format(
        fin=french_date(situation.pass_fin),
        reste=LEFT if left == 1 else f"encore {quantity(left, 'jour')}, celui-ci compris",
        motifs="un motif reste" if ahead == 1 else f"{ahead} motifs restent",
        opens=french_date(opens),
        closes=french_date(closes),
        carence=french_date(free),
    )


def _reasons(
    asked: dict[Motif, list[Result]], waiting: Result, situation: Situation, law: Law
) -> list[Reason]:
    """List the reasons of the others, each once: those of some motifs only name them."""
    found: dict[tuple[str, str], tuple[Reason, list[Motif]]] = {}
    for motif, answers in asked.items():
        for result in answers:
            for reason in result.reasons:
                if reason.id == "condition" or (
                    reason.id == "plafond_parcours" and situation.pass_debut is None
                ):
                    continue
                key = reason.cited.id.partition(".")[2].partition(".")[0], reason.text
                motifs = found.setdefault(key, (reason, []))[1]
                if motif not in motifs:
                    motifs.append(motif)
    reasons = []
    for reason, motifs in found.values():
        text = reason.text
        name = f"{motifs[0]}_{reason.id}"
        if reason.id == "structure":  # there is one for each structure
            name += f"_{reason.cited.id.rpartition('.')[2]}"
        if len(motifs) < len(Motif):
            names = ", ".join(SHORT[motif] for motif in motifs)
            text = f"{names}. {text}"
        reasons.append(replace(reason, id=name, text=text))
    if situation.pass_debut is None:
        path = law["prolongation.plafond_parcours"]
        reasons.append(Reason("plafond_parcours", PATH_UNKNOWN, "info", path))
    reasons += [replace(reason, id=f"carence_{reason.id}") for reason in waiting.reasons]
    return [*reasons, *_person(situation, law)]


def _person(situation: Situation, law: Law) -> list[Reason]:
    """Say what the answers on the person decide."""
    reasons = []
    if situation.date_naissance:
        reasons.append(Reason("jour_de_l_age", AGE_DAY, "info", law[f"{SUBJECT}.jour_de_l_age"]))
    if situation.rqth is not None:
        cited = law["prolongation.condition"].pick(Motif.rqth)
        text = RECOGNISED if situation.rqth else NOT_RECOGNISED
        reasons.append(Reason("rqth", text, "info", cited))
    if situation.difficultes is not None:
        cited = law["prolongation.condition"].pick(Motif.difficultes)
        text = HARDSHIP if situation.difficultes else NO_HARDSHIP
        reasons.append(Reason("difficultes", text, "info", cited))
    if situation.formation_fin:
        cited = law["prolongation.condition"].pick(Motif.formation)
        inside = situation.formation_fin <= situation.pass_fin
        text = (TRAINING_INSIDE if inside else TRAINING_ENDS).format(
            french_date(situation.formation_fin)
        )
        reasons.append(Reason("formation", text, "info", cited))
    if situation.pass_debut and _cdi(situation):
        _, text = _ripe(situation.pass_debut, situation, law)
        ripe = law[f"duree_contrat.cdi_parcours_{situation.structure}"]
        reasons.append(Reason("cdi_parcours", text, "info", ripe))
    return reasons


def _not_checked(
    asked: dict[Motif, list[Result]], waiting: Result, situation: Situation
) -> list[str]:
    notes = {
        NOT_CHECKED["jours"]: situation.jours_deja_prolonges is None,
        NOT_CHECKED["structure"]: situation.structure is Employeuse.inconnue,
        **{
            note: True
            for answers in asked.values()
            for one in (*answers, waiting)
            for note in one.not_checked
        },
    }
    return [note for note, applies in notes.items() if applies]


def _dates(situation: Situation, opens: date, closes: date, free: date) -> list[Milestone]:
    days = {"fin_pass": situation.pass_fin, "fin_carence": free, "libre_le": add_days(free, 1)}
    if opens <= closes:
        days |= {"fenetre_debut": opens, "fenetre_fin": closes}
    milestones = [Milestone(name, MILESTONES[name], day) for name, day in days.items()]
    return sorted(milestones, key=lambda milestone: milestone.day)


def _periods(situation: Situation, opens: date, closes: date, free: date) -> list[Span]:
    """Draw the PASS IAE, the window on either side of its end, and the waiting period."""
    fin, after = situation.pass_fin, add_days(situation.pass_fin, 1)
    days = {
        "pass": (situation.pass_debut, fin),
        "fenetre": (opens, min(fin, closes)),
        "fenetre_apres": (max(opens, after), closes),
        "carence": (after, free),
    }
    return [
        Span(name, KINDS[name], PERIODS[name], first, last)
        for name, (first, last) in days.items()
        if first and first <= last
    ]


# The words of the answer.

AGED = {Motif.senior, Motif.cdi_inclusion}
NOBODY = {"candidature_de": "aucun", "diagnostic_de": "aucun"}
BY_PRESCRIBER = dict.fromkeys(NOBODY, "prescripteur_habilite")
KINDS: dict[str, Any] = {
    "pass": "pass",
    "fenetre": "fenetre",
    "fenetre_apres": "fenetre",
    "carence": "carence",
}
LEFT = "c'est le dernier jour"
SENTENCES = {
    "ouverte": "Le PASS IAE finit le {fin} : {reste}. Tout ne s'arrête pas là : {motifs} à examiner "
    "pour le prolonger, et la demande se fait jusqu'au {closes}.",
    "ouverte_sans": "Le PASS IAE finit le {fin} : {reste}. Aucun motif ne permet de le prolonger ce "
    "jour, mais d'autres chemins existent.",
    "ouverte_apres": "Le PASS IAE est fini depuis le {fin}, mais rien n'est perdu : {motifs} à "
    "examiner pour le prolonger, et la demande se fait jusqu'au {closes}.",
    "ouverte_apres_sans": "Le PASS IAE est fini depuis le {fin}. Aucun motif ne permet de le prolonger "
    "ce jour, mais d'autres chemins existent.",
    "fenetre_a_venir": "Rien ne presse : le PASS IAE finit le {fin}. Une prolongation se demandera du "
    "{opens} au {closes}.",
    "jamais": "Le PASS IAE finit le {fin} : {reste}. La période pour demander une prolongation n'est "
    "pas ouverte ; d'autres chemins existent.",
    "jamais_apres": "Le PASS IAE est fini depuis le {fin}. La période pour demander une prolongation ne "
    "s'est pas ouverte ; d'autres chemins existent.",
    "fermee": "Le PASS IAE est fini depuis le {fin}, et la demande de prolongation n'était possible que "
    "jusqu'au {closes}. Un nouveau parcours reste possible : dès maintenant avec un prescripteur "
    "habilité, ou après le {carence}.",
    "apres_carence": "Le PASS IAE est fini depuis le {fin}, et le délai de carence depuis le {carence} : "
    "un nouveau parcours peut commencer.",
}
LABELS: dict[str, str] = {
    Motif.formation: "Prolonger, pour finir une formation",
    Motif.cdi_inclusion: "Signer un CDI inclusion, qui prolonge le parcours",
    Motif.senior: "Prolonger, à partir de 50 ans",
    Motif.rqth: "Prolonger, comme travailleur handicapé",
    Motif.difficultes: "Prolonger, pour des difficultés particulières",
    "nouveau_parcours": "Un nouveau parcours, après le délai",
    "nouveau_parcours_prescripteur": "Un nouveau parcours, avec un prescripteur habilité",
    "contrat_sans_aide": "Le contrat, qui va jusqu'à son terme",
}
SHORT = {
    Motif.formation: "Formation",
    Motif.cdi_inclusion: "CDI inclusion",
    Motif.senior: "Âge",
    Motif.rqth: "Handicap",
    Motif.difficultes: "Difficultés",
}
WHO = {
    True: "Un prescripteur habilité, à la demande de la structure. S'il refuse, il donne ses raisons "
    "par écrit.",
    False: "La structure, qui le déclare en ligne.",
}
#: Who decides of what is no prolongation.
DECIDES = {
    "nouveau_parcours": "La structure qui recrute, ou un prescripteur habilité : l'éligibilité se "
    "vérifie à neuf.",
    "nouveau_parcours_prescripteur": "Un prescripteur habilité, de lui-même ou à la demande d'une "
    "structure. S'il refuse, il donne ses raisons par écrit.",
    "contrat_sans_aide": "La structure et la personne, par le contrat.",
}
PAPERS: dict[str, tuple[str, ...]] = {
    Motif.formation: ("Ce qui montre la formation en cours, et son dernier jour.",),
    Motif.cdi_inclusion: ("Ce qui montre l'âge.", "Le CDI inclusion signé."),
    Motif.senior: ("Ce qui montre l'âge.", "Ce qui montre les difficultés de la personne."),
    Motif.rqth: (
        "La reconnaissance de la qualité de travailleur handicapé (RQTH).",
        "Ce qui montre les difficultés de la personne.",
    ),
    Motif.difficultes: ("Ce qui montre les difficultés de la personne.",),
    "nouveau_parcours": ("Les justificatifs des critères d'éligibilité.",),
    "nouveau_parcours_prescripteur": (
        "Les actions d'accompagnement et de formation déjà menées, et les nouvelles : la structure les "
        "examine avant de demander.",
    ),
    "contrat_sans_aide": ("Le contrat et ses renouvellements.",),
}
ACTIONS = (
    "Les actions d'accompagnement et de formation déjà menées, et celles qui sont prévues : le "
    "prescripteur les examine."
)
BILAN = "Le bilan, qu'une association intermédiaire joint à sa demande."
MOST = "La plateforme accorde {} au plus en une fois."
CONDITION = "À vérifier : {}."
NOT_EVERYWHERE = "Ce motif n'est pas ouvert dans toutes les structures."
PATH_UNKNOWN = (
    "La loi compte aussi les mois de tout le parcours : donnez le premier jour du PASS IAE pour savoir "
    "jusqu'où."
)
#: By whether the birthday is still to come.
AGED_FROM = {
    False: "Il faut au moins {} : la personne les a depuis le {}.",
    True: "Il faut au moins {} : la personne les aura le {}.",
}
NONE_LEFT = (
    "La plateforme limite à {} le total des prolongations pour ce motif, et il n'en reste aucun."
)
AGE_DAY = (
    "Nous regardons l'âge le jour de la demande. L'article ne dit pas quel jour il se regarde."
)
RECOGNISED = "La personne est reconnue travailleur handicapé : ce motif lui est ouvert, à condition que des difficultés particulières fassent obstacle à son emploi."
NOT_RECOGNISED = (
    "La personne n'est pas reconnue travailleur handicapé : ce motif ne lui est pas ouvert."
)
HARDSHIP = (
    "La personne a des difficultés particulièrement importantes : ce motif n'existe que dans un atelier et "
    "chantier d'insertion ou une association intermédiaire."
)
NO_HARDSHIP = "La personne n'a pas de difficultés particulièrement importantes : ce motif ne lui est pas ouvert."
TRAINING_INSIDE = (
    "La formation finit le {}, et le PASS IAE va déjà jusque-là : rien n'est à prolonger pour elle."
)
TRAINING_ENDS = "La formation finit le {} : la prolongation s'arrête ce jour-là au plus tard."
CDI_PATH = "Le CDI inclusion demande {} de parcours : c'est possible à partir du {}."
NEW_PATH = {
    True: "Le délai de carence a pris fin le {}. Depuis le {}, un nouveau parcours est possible, si la "
    "personne est éligible.",
    False: "Le délai de carence court jusqu'au {}. Un nouveau parcours est possible à partir du {}, si "
    "la personne est éligible.",
}
WITH_PRESCRIBER = {
    True: "Un prescripteur habilité peut prescrire un nouveau parcours sans attendre la fin du délai, "
    "le {1}, après examen de la situation de la personne.",
    False: "Dès le {0}, lendemain du PASS IAE, un prescripteur habilité peut prescrire un nouveau "
    "parcours sans attendre le {1}, après examen de la situation de la personne.",
}
CONTRACT = (
    "La fin du PASS IAE ne met pas fin au contrat en cours : la personne reste salariée jusqu'au terme écrit. "
    "L'aide de l'État à la structure s'arrête après le {}."
)
BORN_LATER = "Ce jour tombe après le début du parcours. Vérifiez la date de naissance."
START_NEEDED = (
    "À cette date, la période pour demander se comptait depuis le début : donnez le premier jour du "
    "PASS IAE."
)
MILESTONES = {
    "fenetre_debut": "Premier jour pour demander une prolongation",
    "fin_pass": "Dernier jour du PASS IAE",
    "fenetre_fin": "Dernier jour pour demander une prolongation",
    "fin_carence": "Dernier jour du délai de carence",
    "libre_le": "Un nouveau parcours est possible",
}
PERIODS = {
    "pass": "PASS IAE",
    "fenetre": "Prolongation à demander, avant la fin",
    "fenetre_apres": "Prolongation à demander, après la fin",
    "carence": "Délai de carence, sauf prolongation",
}
NOT_CHECKED = {
    "jours": "Les prolongations déjà obtenues : sans réponse, nous comptons zéro jour.",
    "structure": "Une entreprise d'insertion par le travail indépendant (EITI) : ses motifs ne sont pas "
    "tous ceux des autres. Choisissez-la pour le voir.",
}
