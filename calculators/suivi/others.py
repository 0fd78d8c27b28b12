"""Ask the other calculators, each for its part of the same facts, and bring their errors home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from calculators import diagnostic, duree_contrat, fin_pass, heures_ai, pass_iae, pmsmp
from calculators.dates import add_days, days_in, spells
from calculators.duree_contrat.situation import Contrat, PeriodeDeContrat
from calculators.inputs import Invalid
from calculators.result import Result
from calculators.rules import NotInForce, Rules
from calculators.situations import Periode, Structure
from calculators.suivi.situation import (
    Accueillant,
    ContratDuParcours,
    MiseEnSituation,
    Situation,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The contracts of one kind with one employer, and what `duree_contrat` answers about them."""

    structure: Structure
    contrat: Contrat
    elsewhere: bool
    rows: list[tuple[int, ContratDuParcours]]
    """The contracts, with their places in the situation."""
    asked: duree_contrat.Situation
    result: Result | None

    @property
    def end(self) -> date | None:
        """The last day of the last contract, if it has one."""
        ends = [row.fin for _, row in self.rows]
        return None if None in ends else max(end for end in ends if end)

    @property
    def start(self) -> date:
        """The first day of the first contract."""
        return min(row.debut for _, row in self.rows)

    def last(self, left: date | None) -> date | None:
        """Return the last day of work: the person may leave the structure before the contract ends."""
        end = self.end
        if left is None or self.elsewhere:
            return end
        return left if end is None else min(end, left)

    def runs_on(self, day: date) -> bool:
        """Tell whether one of the contracts runs on that day."""
        return any(row.debut <= day and (row.fin is None or day <= row.fin) for _, row in self.rows)


@dataclass(slots=True)
class Others:
    """What the other calculators answer for one situation.

    `unknown` holds what they cannot answer for want of a rule; it is said, and the rest goes on.
    """

    situation: Situation
    rules: Rules
    unknown: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def ask[S](
        self, calculate: Callable[[S, Rules], Result], facts: S, home: Callable[[str], str]
    ) -> Result | None:
        """Return the answer of a calculator, or None; `home` gives the field of an error here."""
        try:
            return calculate(facts, self.rules)
        except Invalid as invalid:
            self.errors |= {home(name): text for name, text in invalid.errors.items()}
        except NotInForce as unknown:
            self.unknown.append(str(unknown))
        return None

    def pass_iae(self) -> tuple[Result, int]:
        """Return the state of the PASS IAE, and the days of its end that its dates do not explain.

        The end that the platform shows is a fact, even so. Raises Invalid for dates that contradict
        each other, NotInForce before the known days.
        """
        alone = pass_iae.Situation(
            debut=self.situation.pass_debut,
            fin_initiale=None,
            suspensions=(),
            prolongations=(),
            au=self.situation.au,
        )
        facts = replace(
            alone,
            suspensions=(self.situation.suspensions or ()),
            prolongations=(self.situation.prolongations or ()),
        )
        shown = self.situation.pass_fin
        try:
            if shown is None:
                return pass_iae.calculate(facts, self.rules), 0
            # What moves the end does not depend on it: the end planned at the start follows.
            moved = pass_iae.calculate(replace(facts, fin_initiale=shown), self.rules)
            days = days_in(shown, date.fromisoformat(moved.values["fin"])) - 1
            planned = add_days(shown, -days)
            result = pass_iae.calculate(replace(facts, fin_initiale=planned), self.rules)
        except Invalid as invalid:
            raise Invalid(
                {_of_pass(name): text for name, text in invalid.errors.items()}
            ) from invalid
        try:
            usual = pass_iae.calculate(alone, self.rules).values["fin_initiale"]
        except NotInForce:  # the length of older ones is not known: there is nothing to explain
            return result, 0
        return result, days_in(date.fromisoformat(usual), planned) - 1

    def prolonged(self, answer: Result) -> int:
        """Count the days of prolongation that `pass_iae` added."""
        lost = {reason.id: reason.cited.value for reason in answer.reasons}
        return sum(
            days_in(period.debut, period.fin) - lost[f"prolongations.{position}"]
            for position, period in enumerate(self.situation.prolongations or ())
        )

    def fin_pass(self, end: date, prolonged: int) -> Result | None:
        """Return what is possible around the end of the PASS IAE."""
        return self.ask(
            fin_pass.calculate,
            fin_pass.Situation(
                structure=fin_pass.Employeuse[self.situation.structure.name],
                pass_fin=end,
                pass_debut=self.situation.pass_debut,
                jours_deja_prolonges=prolonged,
                date_naissance=self.situation.date_naissance,
                rqth=self.situation.rqth,
                difficultes=self.situation.difficultes,
                formation_fin=self.situation.formation_fin,
                au=self.situation.au,
            ),
            str,
        )

    def chains(self) -> list[Chain]:
        """Return the contracts, one chain a kind and an employer, in the order of their first days."""
        groups: dict[tuple[Structure | None, Contrat], list[tuple[int, ContratDuParcours]]] = {}
        for position, row in enumerate(self.situation.contrats or ()):
            if row.fin is None and row.contrat is not Contrat.cdi_inclusion:
                self.errors[f"contrats.{position}.fin"] = END_NEEDED
            groups.setdefault((row.structure, row.contrat), []).append((position, row))
        if self.errors:
            return []
        chains = [self._chain(*key, rows) for key, rows in groups.items()]
        return sorted(chains, key=lambda chain: chain.start)

    def _chain(
        self,
        employer: Structure | None,
        contrat: Contrat,
        rows: list[tuple[int, ContratDuParcours]],
    ) -> Chain:
        situation = self.situation
        fixed = contrat is not Contrat.cdi_inclusion
        facts = duree_contrat.Situation(
            structure=employer or situation.structure,
            contrat=contrat,
            periodes=tuple(
                PeriodeDeContrat(
                    debut=row.debut,
                    # A contract without an end is looked at as far as the day that is asked about.
                    fin=row.fin or max(row.debut, situation.au),
                    heures_semaine=row.heures_semaine,
                )
                for _, row in rows
            ),
            au=situation.au,
            parcours_debut=situation.pass_debut,
            date_naissance=situation.date_naissance,
            rqth=situation.rqth if fixed else None,
            amenagement_peine=None,
            difficultes=situation.difficultes if fixed else None,
            formation_fin=situation.formation_fin if fixed else None,
            decision_de=None,
            derogation_heures=None,
        )
        positions = [position for position, _ in rows]

        def home(name: str) -> str:
            first, *rest = name.split(".")
            if first == "periodes" and rest:
                return f"contrats.{positions[int(rest[0])]}.{rest[1]}"
            start = min(rows, key=lambda row: row[1].debut)[0]
            homes = {
                "contrat": f"contrats.{start}.contrat",
                "parcours_debut": f"contrats.{start}.debut",
            }
            return homes.get(first, name)

        return Chain(
            structure=facts.structure,
            contrat=contrat,
            elsewhere=employer is not None,
            rows=rows,
            asked=facts,
            result=self.ask(duree_contrat.calculate, facts, home),
        )

    def hosts(
        self, chains: list[Chain]
    ) -> list[tuple[Accueillant, pmsmp.Situation, Result | None]]:
        """Return what `pmsmp` answers about each host."""
        groups: dict[Accueillant, list[tuple[int, MiseEnSituation]]] = {}
        for position, row in enumerate(self.situation.conventions or ()):
            host = row.accueillant or Accueillant.premier
            groups.setdefault(host, []).append((position, row))
        answers = []
        for host, rows in groups.items():
            contrat = _insertion_contract(chains, max(row.debut for _, row in rows))
            facts = pmsmp.Situation(
                conventions=tuple(
                    pmsmp.Convention(
                        debut=row.debut,
                        fin=row.fin,
                        objet=row.objet,
                        renouvellement=row.renouvellement,
                        objectifs_differents=None,
                    )
                    for _, row in rows
                ),
                contrat=contrat,
                # The share of the contract is one for all her hosts (D5132-10-3, -26-3, -43-3).
                jours_ailleurs=_days_elsewhere(host, groups, contrat) if contrat else None,
            )
            positions = [position for position, _ in rows]

            def home(name: str, positions: list[int] = positions) -> str:
                group, position, *rest = name.split(".")  # each error of `pmsmp` is one of a row
                return ".".join((group, str(positions[int(position)]), *rest))

            answers.append((host, facts, self.ask(pmsmp.calculate, facts, home)))
        return answers

    def heures_ai(self) -> tuple[heures_ai.Situation, Result] | None:
        """Return the count of the hours in businesses, for an AI and its missions."""
        situation = self.situation
        if situation.structure is not Structure.ai or not (situation.missions or ()):
            return None
        facts = heures_ai.Situation(
            missions=(situation.missions or ()), au=situation.au, derogation_fin=None
        )
        result = self.ask(heures_ai.calculate, facts, str)
        return (facts, result) if result else None

    def diagnostic(self) -> Result | None:
        """Return until when the diagnosis is valid, when its day and its author are known."""
        situation = self.situation
        day, author = situation.date_diagnostic, situation.diagnostic_de
        if day is None or author is None:
            if day or author:
                missing = "diagnostic_de" if day else "date_diagnostic"
                self.errors[missing] = BOTH_NEEDED
            return None
        facts = diagnostic.Situation(
            regime=diagnostic.Regime.iae,
            auteur=diagnostic.Auteur[author.name],
            date=day,
            au=situation.au,
        )
        homes = {"date": "date_diagnostic", "au": "date_diagnostic", "auteur": "diagnostic_de"}
        return self.ask(diagnostic.calculate, facts, lambda name: homes.get(name, name))


def _of_pass(name: str) -> str:
    """Return the field of a situation of `pass_iae` as it is called here."""
    return {"debut": "pass_debut", "fin_initiale": "pass_fin"}.get(name, name)


def _days_elsewhere(
    host: Accueillant, groups: dict[Accueillant, list[tuple[int, MiseEnSituation]]], within: Periode
) -> int:
    """Count the days with the other hosts inside a contract."""
    return sum(
        max(0, days_in(max(row.debut, within.debut), min(row.fin, within.fin)))
        for other, rows in groups.items()
        for _, row in rows
        if other is not host
    )


def _insertion_contract(chains: list[Chain], day: date) -> Periode | None:
    """Return the CDDI that runs on that day, renewals included: a PMSMP takes a share of it."""
    for chain in chains:
        if chain.contrat is Contrat.cddi:
            for first, last in spells((row.debut, row.fin) for _, row in chain.rows if row.fin):
                if first <= day <= last:
                    return Periode(debut=first, fin=last)
    return None


END_NEEDED = "Donnez le dernier jour : seul un CDI n'en a pas."
BOTH_NEEDED = "Donnez le jour du diagnostic et qui l'a fait, ou aucun des deux."
