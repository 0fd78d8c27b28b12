"""Tell until when an eligibility diagnosis is valid.

Source: code du travail, R5132-1-5, which asks for a diagnosis and sets no length; the lengths are
the platform's. The values are in `data/rules/diagnostic.yaml`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calculators.dates import add_days, add_months, french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Law, Rules

SUBJECT = "diagnostic"
TITLE = "Mon diagnostic d'éligibilité est-il encore valable ?"
SUMMARY = (
    "Dites qui a fait le diagnostic et quand : la réponse donne le dernier jour où il est "
    "valable, et les structures où il peut servir."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "expire_le": "Premier jour où il n'est plus valable",
    "valide": "Encore valable à la date choisie",
}
VERDICTS = {
    "valide": Verdict("Encore valable", "favorable"),
    "expire": Verdict("Expiré", "defavorable"),
}


class Regime(Choice):
    """Which of the two diagnoses it is."""

    iae = (
        "iae",
        "Le diagnostic de l'insertion par l'activité économique (IAE)",
        "Pour une embauche dans une structure d'insertion (SIAE).",
    )
    geiq = (
        "geiq",
        "Le diagnostic GEIQ",
        "Pour une embauche dans un groupement d'employeurs (GEIQ).",
    )


class Auteur(Choice):
    """Who made the diagnosis."""

    siae = "siae", "Une structure d'insertion (SIAE)", "Pour un diagnostic de l'IAE seulement."
    geiq = "geiq", "Un GEIQ", "Pour un diagnostic GEIQ seulement."
    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    regime: Regime = ask("De quel diagnostic s'agit-il ?", step="Le diagnostic", sure=True)
    auteur: Auteur = ask("Qui a fait le diagnostic ?", fact="auteur", sure=True)
    date: datetime.date = ask(
        "Jour où le diagnostic a été fait", step="Les dates", fact="date_diagnostic"
    )
    au: datetime.date = ask(
        "Jour à vérifier", help="Aujourd'hui, ou le jour prévu pour l'embauche.", fact="au"
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the diagnosis is valid on `au`, by the rules of the day it was made.

    Raises Invalid for an author that the regime does not know or an `au` before the diagnosis,
    and NotInForce when no rule is known for the day of the diagnosis.
    """
    _refuse_contradictions(situation)
    law = rules.on(situation.date)
    length, expiry = _expiry(situation, law)
    valid = situation.au < expiry
    last = add_days(expiry, -1)
    verdict = "valide" if valid else "expire"
    days = {"last": french_date(last), "expiry": french_date(expiry)}
    return Result(
        verdict=verdict,
        summary=SENTENCES[situation.regime][verdict].format(**days),
        values={"expire_le": expiry.isoformat(), "valide": valid},
        reasons=[
            Reason(
                "duree",
                (LENGTH[situation.auteur] + LAST[verdict]).format(length.words, **days),
                "met" if valid else "unmet",
                length,
            ),
            *(
                _of_iae(situation, law)
                if situation.regime is Regime.iae
                else _of_geiq(situation, law)
            ),
        ],
        not_checked=_not_checked(situation, rules),
        dates=[
            Milestone("dernier_jour", MILESTONES["dernier_jour"], last),
            Milestone("expire_le", MILESTONES["expire_le"], expiry),
        ]
        if valid
        else [],
        periods=[Span("diagnostic", "diagnostic", PERIOD, situation.date, last)],
    )


def _refuse_contradictions(situation: Situation) -> None:
    stranger = Auteur.siae if situation.regime is Regime.geiq else Auteur.geiq
    errors = {}
    if situation.auteur is stranger:
        errors["auteur"] = STRANGER[situation.regime]
    if situation.au < situation.date:
        errors["au"] = TOO_EARLY.format(french_date(situation.date))
    if errors:
        raise Invalid(errors)


def _expiry(situation: Situation, law: Law) -> tuple[Cited, datetime.date]:
    """Return the length of the diagnosis, and the first day on which it is no longer valid."""
    if situation.regime is Regime.geiq:
        length = law[f"{SUBJECT}.validite_geiq"]
        return length, add_months(situation.date, length.value)
    months = law[f"{SUBJECT}.validite_mois"]
    if situation.auteur in months.value:
        length = months.pick(situation.auteur)
        return length, add_months(situation.date, length.value)
    length = law[f"{SUBJECT}.validite_jours"].pick(situation.auteur)
    return length, add_days(situation.date, length.value)


def _of_iae(situation: Situation, law: Law) -> list[Reason]:
    shared = law[f"{SUBJECT}.partage"].pick(situation.auteur)
    reasons = [
        Reason("duree_dans_le_code", NOT_IN_CODE, "info", law[f"{SUBJECT}.duree_dans_le_code"]),
        Reason("partage", SHARED[situation.regime][situation.auteur], "info", shared),
    ]
    if situation.auteur is Auteur.siae:
        other = law[f"{SUBJECT}.validite_mois"].pick(Auteur.prescripteur_habilite)
        reasons.append(Reason("prescripteur", PRESCRIBER.format(other.words), "info", other))
    reasons.append(Reason("pass_iae", ELIGIBLE_ANYWAY, "info", law[f"{SUBJECT}.pass_iae_suffit"]))
    return reasons


def _of_geiq(situation: Situation, law: Law) -> list[Reason]:
    shared = law[f"{SUBJECT}.partage_geiq"].pick(situation.auteur)
    return [Reason("partage", SHARED[situation.regime][situation.auteur], "info", shared)]


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["contenu"]: True,
        NOT_CHECKED["remplace"]: situation.regime is Regime.iae
        and situation.auteur is Auteur.prescripteur_habilite,
        NOT_CHECKED["sanction"]: situation.auteur is Auteur.siae,
        NOT_CHECKED["mise_a_jour"]: situation.regime is Regime.geiq,
        NOT_CHECKED["prescripteur_geiq"]: situation.auteur is Auteur.geiq,
        **rules.unread(SUBJECT, situation.date),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

_VALID = "Oui : ce diagnostic est valable jusqu'au {last} inclus."
_EXPIRED = "Non : ce diagnostic n'est plus valable depuis le {expiry}, il en faut un nouveau"
SENTENCES = {
    Regime.iae: {
        "valide": _VALID,
        "expire": f"{_EXPIRED}, sauf si la personne a un PASS IAE valide.",
    },
    Regime.geiq: {"valide": _VALID, "expire": f"{_EXPIRED}."},
}
_COUNTED = "Sur la plateforme, {} vaut {{}}."
LENGTH = {
    Auteur.siae: _COUNTED.format("le diagnostic d'une structure (SIAE)"),
    Auteur.geiq: _COUNTED.format("le diagnostic d'un GEIQ"),
    Auteur.prescripteur_habilite: _COUNTED.format("le diagnostic d'un prescripteur habilité"),
}
LAST = {
    "valide": " Son dernier jour est le {last}.",
    "expire": " Son dernier jour était le {last}.",
}
NOT_IN_CODE = (
    "Le code du travail demande un diagnostic avant de déclarer une personne éligible, mais n'en "
    "fixe pas la durée : elle est une règle de la plateforme."
)
SHARED = {
    Regime.iae: {
        Auteur.siae: "Ce diagnostic ne sert que dans la structure qui l'a fait.",
        Auteur.prescripteur_habilite: "Ce diagnostic sert dans toutes les structures d'insertion, "
        "et passe avant le leur.",
    },
    Regime.geiq: {
        Auteur.geiq: "Ce diagnostic ne sert que dans le GEIQ qui l'a fait.",
        Auteur.prescripteur_habilite: "Ce diagnostic sert dans tous les GEIQ.",
    },
}
PRESCRIBER = (
    "Le diagnostic d'un prescripteur habilité vaut {}, dans toutes les structures d'insertion, et "
    "passe avant celui-ci."
)
ELIGIBLE_ANYWAY = (
    "Si la personne a un PASS IAE valide, la plateforme la tient pour éligible, même quand le "
    "diagnostic a expiré."
)
STRANGER = {
    Regime.iae: "Un GEIQ ne fait pas de diagnostic de l'IAE. Choisissez « diagnostic GEIQ », ou un "
    "autre auteur.",
    Regime.geiq: "Une structure d'insertion (SIAE) ne fait pas de diagnostic GEIQ. Choisissez "
    "« diagnostic de l'IAE », ou un autre auteur.",
}
TOO_EARLY = (
    "Ce jour tombe avant celui du diagnostic ({}). Donnez un jour qui ne le précède pas, ou "
    "corrigez la date du diagnostic."
)
MILESTONES = {
    "dernier_jour": "Dernier jour où le diagnostic est valable",
    "expire_le": "Le diagnostic n'est plus valable",
}
PERIOD = "Diagnostic valable"
NOT_CHECKED = {
    "contenu": "Le diagnostic lui-même : nous ne vérifions que sa durée.",
    "remplace": "Un diagnostic plus récent du prescripteur : il met fin à celui-ci le jour même.",
    "sanction": "Une sanction : une structure qui a perdu le droit de prescrire elle-même ne peut "
    "pas faire de nouveau diagnostic.",
    "mise_a_jour": "Une mise à jour du diagnostic GEIQ : elle fait repartir le délai de ce jour-là.",
    "prescripteur_geiq": "Le diagnostic d'un prescripteur habilité fait plus tard : il met fin à "
    "celui du GEIQ, si aucune candidature n'y est rattachée.",
}
