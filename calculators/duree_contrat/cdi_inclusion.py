"""Check the CDI inclusion, the contract without an end.

Source: code du travail, L5132-5-1, L5132-6-1, L5132-14-1 and L5132-15-1-1, and their decrees.
"""

from __future__ import annotations

import datetime

from calculators.dates import Period, add_days, french_date, is_aged, last_day
from calculators.duree_contrat.answer import (
    milestones_of,
    not_checked,
    rows_of,
    summary_of,
    values_of,
    verdict_of,
)
from calculators.duree_contrat.fixed_term import MISSION_FITS, MISSION_LONG
from calculators.duree_contrat.hours import check_hours
from calculators.duree_contrat.path import lasted, path_of, path_span
from calculators.duree_contrat.situation import SUBJECT, Situation
from calculators.result import Reason, Result, Status
from calculators.rules import Rules
from calculators.situations import Structure


def check_cdi_inclusion(situation: Situation, rules: Rules, chain: list[Period]) -> Result:
    """Check age, time in the path, hours and missions (L5132-5-1, -6-1, -14-1, -15-1-1; decrees)."""
    first, end = chain[0][0], chain[-1][1]
    law, born, start = rules.on(first), situation.date_naissance, situation.parcours_debut
    age = law[f"{SUBJECT}.cdi_age_{situation.structure}"]
    after = law[f"{SUBJECT}.cdi_parcours_{situation.structure}"]
    old: Status = "info"
    if born:
        old = "met" if is_aged(born, first, age.value) else "unmet"
    ripe = lasted(start, first, after)
    hours, notes = check_hours(situation, rules)
    checks = [
        Reason("cdi_age", CDI_AGE[old].format(age.words), old, age),
        Reason("cdi_parcours", CDI_PATH[ripe].format(after.words), ripe, after),
        *hours,
    ]
    path = path_of(situation, law, chain) if start else None
    late = path is not None and path.end < first
    if path:
        text = CDI_AFTER_PATH if late else CDI_IN_PATH
        said = text.format(path.cited.words, french_date(path.end))
        checks.append(Reason("parcours", said, "info" if late else "met", path.cited))
    both = CDI_BOTH.format(french_date(path.end)) if path and late else ""
    fin_max = None
    if situation.structure is Structure.etti:
        longest, fin_max = _cdi_missions(situation, rules)
        checks.append(longest)
    verdict = verdict_of(checks)
    milestones = {"fin": end}
    if start:
        milestones["cdi_possible"] = add_days(last_day(start, months=after.value), 1)
    if path:
        milestones["fin_parcours"] = path.end
    if fin_max:
        milestones["fin_max"] = fin_max
    notes += [
        Reason(
            "cdi_prolonge_parcours", CDI_PROLONGS, "info", law[f"{SUBJECT}.cdi_prolonge_parcours"]
        ),
        Reason(
            "contrat_precedent",
            PREVIOUS[situation.structure],
            "info",
            law[f"{SUBJECT}.cdi_precedent_{situation.structure}"],
        ),
        Reason("sans_interruption", NO_GAP, "info", law[f"{SUBJECT}.cdi_sans_interruption"]),
    ]
    reasons = [*checks, *notes]
    return Result(
        verdict=verdict,
        summary=summary_of(verdict, checks, CDI_YES, both),
        values=values_of(chain, fin_max, path),
        reasons=reasons,
        not_checked=not_checked(situation, rules, reasons),
        dates=milestones_of(milestones, situation),
        periods=[*rows_of(situation), *path_span(situation, path)],
    )


def _cdi_missions(situation: Situation, rules: Rules) -> tuple[Reason, datetime.date]:
    """Hold each mission of an ETTI's CDI against L5132-6-1; return the last one's last day."""
    long, limit = [], datetime.date.min
    for periode in sorted(situation.periodes, key=lambda periode: periode.debut):
        most = rules.on(periode.debut)[f"{SUBJECT}.cdi_mission"]
        limit = last_day(periode.debut, months=most.value)
        if periode.fin > limit:
            long.append(french_date(periode.debut))
    if long:
        return Reason("cdi_mission", MISSION_LONG.format(long[0], most.words), "unmet", most), limit
    return Reason("cdi_mission", MISSION_FITS.format(most.words), "met", most), limit


# The words of the answer.

CDI_AGE: dict[Status, str] = {
    "met": "La personne a {} ou plus le premier jour du CDI inclusion.",
    "unmet": "La personne n'a pas encore {} le premier jour du CDI inclusion.",
    "info": "La personne doit avoir au moins {} : demandez-lui sa date de naissance.",
}
CDI_PATH: dict[Status, str] = {
    "met": "Le CDI inclusion commence après {} de parcours ou plus.",
    "unmet": "Le CDI inclusion n'est possible qu'après {} de parcours.",
    "info": "Le CDI inclusion n'est possible qu'après {} de parcours : vérifiez la date de début "
    "du PASS IAE.",
}
CDI_IN_PATH = "Le parcours dure {}, jusqu'au {} sans suspension ni prolongation : le CDI inclusion commence avant."
CDI_AFTER_PATH = (
    "Le parcours dure {} : sauf suspension ou prolongation, il a fini le {}, avant le CDI inclusion. Vérifiez "
    "la fin du PASS IAE."
)
CDI_BOTH = " ; le parcours a fini avant, le {}, sauf suspension ou prolongation"
CDI_PROLONGS = (
    "La structure prolonge elle-même le parcours jusqu'à la rupture du CDI inclusion, et le déclare sur la "
    "plateforme."
)
PREVIOUS = {
    structure: f"Avant de signer, la structure examine la situation de la personne et les actions menées "
    f"pendant {contract} précédent : le décret suppose donc ce contrat."
    for structure, contract in {
        Structure.aci: "le CDDI",
        Structure.ai: "le CDDI ou le CDD d'usage",
        Structure.ei: "le CDDI",
        Structure.etti: "le contrat de mission",
    }.items()
}
NO_GAP = (
    "Un guide public demande que le CDI inclusion suive sans interruption le contrat d'avant. Aucun article "
    "lu ne le dit : vérifiez auprès de la DDETS."
)
CDI_YES = "Oui : le CDI inclusion est possible d'après les réponses données"
