"""What the dates of a person decide of the criteria: ages, and time registered at France Travail.

An age is certain. A registration without a break is a part of what counts, for the platform counts
earlier ones too (12 months in the last 15, 24 in the last 27): a short one disproves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from calculators.dates import add_months, french_date, is_aged
from calculators.inputs import Invalid
from calculators.result import Reason, Status
from calculators.rules import Criterion, Law, NotInForce

#: Criteria of age: the parameter that bounds each, and whether one must be younger.
AGES = {
    "jeune": ("eligibilite_iae.age_jeune", True),
    "senior": ("eligibilite_iae.age_senior", False),
    "de_45": ("aide_geiq.age_de_45", False),
}
#: Criteria of registration, the longest first: a person has one of them. The last one has no
#: length to reach.
REGISTRATIONS = ("detld", "deld", "deld_12")


@dataclass(frozen=True, slots=True)
class Deductions:
    """Whether the dates say that a criterion is met, why, and what they contradict."""

    law: Law
    criteria: Mapping[str, Criterion]
    """The criteria that the calculator asks."""
    ticked: frozenset[str]
    decided: dict[str, bool] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def deduced(self) -> dict[str, bool]:
        """Return what is decided of the criteria that the calculator asks, in its order."""
        return {code: self.decided[code] for code in self.criteria if code in self.decided}

    def deny(self, code: str, question: str, message: str) -> None:
        """Decide that a criterion is not met: a tick is then a mistake, there and on the date."""
        self.decided[code] = False
        if code in self.ticked:
            for name in ("criteres", question):
                self.errors.setdefault(name, []).append(message)


def deduce(
    law: Law,
    criteria: Mapping[str, Criterion],
    ticked: frozenset[str],
    born: date | None,
    registered: date | None,
) -> Deductions:
    """Hold the criteria against the dates that are given, by the rules of the diagnosis's day.

    Raises Invalid for dates that contradict each other or a criterion that is ticked.
    """
    _refuse_disorder(law.day, born, registered)
    found = Deductions(law, criteria, ticked)
    if born:
        _ages(found, born, registered)
    if registered:
        _registration(found, registered)
    if found.errors:  # one sentence may speak of two criteria
        raise Invalid({name: " ".join(dict.fromkeys(said)) for name, said in found.errors.items()})
    return found


def _refuse_disorder(day: date, born: date | None, registered: date | None) -> None:
    errors = {}
    if born and born > day:
        errors["date_naissance"] = BORN_LATER
    if registered and registered > day:
        errors["inscription_debut"] = REGISTERED_LATER
    elif registered and born and registered < born:
        errors["inscription_debut"] = REGISTERED_UNBORN
    if errors:
        raise Invalid(errors)


def _ages(found: Deductions, born: date, registered: date | None) -> None:
    for code, (identifier, younger) in AGES.items():
        if code not in found.criteria:
            continue
        try:
            cited = found.law[identifier]
        except NotInForce:  # the criterion was not known yet, which stops no prescriber
            continue
        met = is_aged(born, found.law.day, cited.value) is not younger
        ticked = code in found.ticked
        if not met:
            message = AGE_CONTRADICTED[younger].format(cited.words, french_date(found.law.day))
            for denied in (code, "jeune_sq") if younger else (code,):
                found.deny(denied, "date_naissance", message)
            text = AGE_NOT_MET[younger]
        elif ticked:
            text = AGE_CONFIRMED[younger]
        elif code == "de_45" and not registered:
            text = AGE_TO_COMPLETE
        else:
            text = AGE_FORGOTTEN[younger]
        if met and (code != "de_45" or registered):
            found.decided[code] = True
        status: Status = "met" if ticked else "info"
        found.reasons.append(Reason(f"age_{code}", text.format(cited.words), status, cited))


def _registration(found: Deductions, registered: date) -> None:
    """Look for the longest criterion that is reached; the shorter ones are then denied."""
    found.decided["ft"] = True
    chosen = found.ticked.intersection(REGISTRATIONS)
    for position, code in enumerate(REGISTRATIONS[:-1]):
        cited = found.law[f"eligibilite_iae.inscription_{code}"]
        length = cited.pick("inscription")
        reached = add_months(registered, length.value) <= found.law.day
        status: Status = "info"
        if not reached:
            text = NOT_REACHED + TO_PROVE * (code in chosen)
        elif code in chosen:
            text, status = REACHED, "met"
        else:
            text = REACHED + FORGOTTEN * (not chosen)
        words = length.words, cited.value["derniers_mois"], found.criteria[code].title
        found.reasons.append(Reason(f"inscription_{code}", text.format(*words), status, cited))
        if reached:
            # Earlier registrations may make it the longer one, when that one is ticked.
            if not chosen.intersection(REGISTRATIONS[:position]):
                found.decided[code] = True
            message = REGISTRATION_CONTRADICTED.format(french_date(found.law.day), *words)
            for denied in REGISTRATIONS[position + 1 :]:
                found.deny(denied, "inscription_debut", message)
            return


# The words of the answer.

BORN_LATER = "La date de naissance tombe après la date du diagnostic. Vérifiez les deux dates."
REGISTERED_LATER = "L'inscription commence après la date du diagnostic. Vérifiez les deux dates."
REGISTERED_UNBORN = "L'inscription commence avant la date de naissance. Vérifiez les deux dates."
#: By age: what is said of a criterion that asks to be younger, and of the others.
AGE_CONTRADICTED = {
    True: "Le {1}, la personne a déjà {0} ou plus : elle ne remplit pas le critère « moins de "
    "{0} ». Décochez-le, ou corrigez la date de naissance.",
    False: "Le {1}, la personne n'a pas encore {0} : elle ne remplit pas le critère « {0} ou "
    "plus ». Décochez-le, ou corrigez la date de naissance.",
}
AGE_CONFIRMED = {
    True: "D'après sa date de naissance, la personne a bien moins de {}.",
    False: "D'après sa date de naissance, la personne a bien {} ou plus.",
}
AGE_FORGOTTEN = {
    True: "D'après sa date de naissance, la personne a moins de {} : vous pouvez cocher ce "
    "critère.",
    False: "D'après sa date de naissance, la personne a {} ou plus : vous pouvez cocher ce "
    "critère.",
}
AGE_TO_COMPLETE = (
    "D'après sa date de naissance, la personne a {} ou plus : si elle cherche un emploi, vous "
    "pouvez cocher ce critère."
)
AGE_NOT_MET = {
    True: "D'après sa date de naissance, la personne a {} ou plus.",
    False: "D'après sa date de naissance, la personne a moins de {}.",
}
REACHED = "D'après la date donnée, l'inscription à France Travail dure depuis {0} ou plus."
FORGOTTEN = " Vous pouvez cocher « {2} »."
NOT_REACHED = (
    "D'après la date donnée, l'inscription en cours à France Travail dure depuis moins de {0}. Des "
    "inscriptions plus anciennes peuvent s'y ajouter : {0} au cours des {1} derniers mois suffisent."
)
TO_PROVE = " Demandez l'attestation de France Travail."
REGISTRATION_CONTRADICTED = (
    "Le {0}, la personne est inscrite sans interruption à France Travail depuis {1} ou plus. Cochez "
    "« {3} » à la place du critère plus court, ou corrigez la date d'inscription."
)
