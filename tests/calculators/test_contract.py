"""What other programs rely on: identifiers, fields, codes, verdicts, names of values.

This table is the contract, copied. Extend it; do not change it.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.inputs import questions
from calculators.result import Verdict
from calculators.rules import Rules
from generator.content.worked_cases import load

STRUCTURES = "aci ai ei eiti etti"
IAE = (
    "rsa ass aah detld cap_bep senior jeune ase deld th pi psh_pr ref_da zrr qpv detention_mj "
    "fle pm"
)
GEIQ = (
    f"{IAE} jeune_sq minima autre_minima sans_travail_12 ft deld_12 de_45 reconversion siae_cui "
    "rs_ps_da"
)
PERIODE = {"debut": "date", "fin": "date"}

#: Each field has its codes, its kind, or the fields of its rows; `?` marks one that may be left out.
FIELDS: dict[str, dict[str, Any]] = {
    "eligibilite_iae": {
        "date": "date",
        "structure?": f"{STRUCTURES} inconnue",
        "auteur": "siae prescripteur_habilite orienteur candidat",
        "criteres": IAE,
        "date_naissance?": "date",
        "inscription_debut?": "date",
    },
    "aide_geiq": {
        "date": "date",
        "auteur": "geiq prescripteur_habilite",
        "contrat?": "contrat_professionnalisation contrat_apprentissage autre",
        "criteres": GEIQ,
        "date_naissance?": "date",
        "inscription_debut?": "date",
    },
    "diagnostic": {
        "regime": "iae geiq",
        "auteur": "siae geiq prescripteur_habilite",
        "date": "date",
        "au": "date",
    },
    "pass_iae": {
        "debut": "date",
        "fin_initiale?": "date",
        "suspensions": PERIODE,
        "prolongations": PERIODE,
        "au": "date",
    },
    "carence": {
        "structure": f"{STRUCTURES} geiq",
        "fin_pass": "date",
        "suspension_debut?": "date",
        "au": "date",
        "candidature_de": "prescripteur_habilite orienteur candidat siae aucun",
        "diagnostic_de": "prescripteur_habilite siae aucun",
    },
    "embauche": {
        "structure": f"{STRUCTURES} geiq",
        "au": "date",
        "date_embauche": "date",
        "fin_contrat?": "date",
        "nouveau_debut?": "date",
        "pass_debut?": "date",
        "pass_fin?": "date",
        "suspensions": PERIODE,
        "diagnostic_de": "prescripteur_habilite siae autre_siae aucun",
        "diagnostic_expire_le?": "date",
        "candidature_de": "prescripteur_habilite orienteur candidat siae aucun",
    },
    "suspension": {
        "structure": STRUCTURES,
        "au": "date",
        "pass_debut": "date",
        "pass_fin": "date",
        "derniere_embauche": "date",
        "suspensions": PERIODE,
        "debut": "date",
        "fin?": "date",
        "motif": "contrat_suspendu contrat_rompu contrat_termine accord_cta",
    },
    "reprise": {
        "evenement": "embauche retour",
        "jour": "date",
        "suspension": PERIODE,
        "motif": "contrat_suspendu contrat_rompu contrat_termine accord_cta contrat_passerelle "
        "sickness maternity incarceration trial_outside_iae detoxification force_majeure",
        "pass_debut": "date",
        "pass_fin": "date",
    },
    "prolongation": {
        "structure": STRUCTURES,
        "au": "date",
        "pass_debut": "date",
        "pass_fin": "date",
        "jours_deja_prolonges": "integer",
        "motif": "formation rqth senior difficultes cdi_inclusion",
        "jours_demandes": "integer",
        "suspendu?": "boolean",
    },
    "fin_pass": {
        "structure": f"{STRUCTURES} inconnue",
        "pass_fin": "date",
        "pass_debut?": "date",
        "jours_deja_prolonges?": "integer",
        "date_naissance?": "date",
        "rqth?": "boolean",
        "difficultes?": "boolean",
        "formation_fin?": "date",
        "au": "date",
    },
    "duree_contrat": {
        "structure": STRUCTURES,
        "contrat": "cddi mission cdd_usage cdi_inclusion",
        "periodes": {**PERIODE, "heures_semaine?": "number"},
        "au": "date",
        "parcours_debut?": "date",
        "date_naissance?": "date",
        "rqth?": "boolean",
        "amenagement_peine?": "boolean",
        "difficultes?": "boolean",
        "formation_fin?": "date",
        "decision_de?": "prescripteur_habilite siae",
        "derogation_heures?": "cumul aci_individuelle aci_collective",
    },
    "pmsmp": {
        "conventions": {
            **PERIODE,
            "objet": "decouverte projet recrutement",
            "renouvellement": "boolean",
            "objectifs_differents?": "boolean",
        },
        "contrat?": PERIODE,
        "jours_ailleurs?": "integer",
    },
    "heures_ai": {
        "missions": {
            "date": "date",
            "heures": "number",
            "utilisateur": "entreprise particulier association collectivite",
        },
        "au": "date",
        "derogation_fin?": "date",
    },
    "aide_poste": {
        "structure": "aci ai ei etti",
        "territoire": "metropole mayotte",
        "au": "date",
        "contrat": "cddi mission cdd_usage cdi_inclusion",
        "annee_cdi?": "integer",
        "mois?": "integer",
        "heures?": "number",
        "etp?": "number",
        "heures_temps_plein?": "number",
        "heures_contrat?": "number",
        "heures_collectives?": "number",
        "etp_convention?": "number",
        "socle?": "number",
        "taux_module?": "number",
    },
    "etp_annee": {
        "structure": "aci ai ei etti",
        "etp_convention": "number",
        "heures_temps_plein?": "number",
        "au": "date",
        "mois": {
            "mois": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
            "decembre",
            "heures": "number",
        },
    },
    "controle": {"debut_controle": "date", "notification?": "date"},
    "essai_preavis": {
        "debut": "date",
        "fin?": "date",
        "fin_initiale?": "date",
        "duree_minimale_jours?": "integer",
        "depart?": "date",
    },
    "part_cdi_inclusion": {
        "structure": "aci ai ei etti",
        "au": "date",
        "postes": "number",
        "cdi": "integer",
        "derogation": "boolean",
    },
    "recettes_aci": {
        "au": "date",
        "recettes": "number",
        "charges": "number",
        "part_autorisee?": "number",
    },
    "part_departement": {
        "au": "date",
        "territoire": "metropole mayotte",
        "accord": "boolean",
        "salaries": "integer",
        "mois": "integer",
    },
    "clause_sociale": {
        "au": "date",
        "montant": "number",
        "part_main_oeuvre": "number",
        "taux_effort": "number",
        "cout_horaire": "number",
    },
    "marche_reserve": {"au": "date", "effectif": "number", "defavorises": "number"},
    "salaire_minimum": {
        "au": "date",
        "territoire": "metropole mayotte",
        "heures": "number",
        "taux_horaire?": "number",
    },
    "suivi": {
        "structure": STRUCTURES,
        "au": "date",
        "pass_debut": "date",
        "pass_fin?": "date",
        "suspensions?": PERIODE,
        "prolongations?": PERIODE,
        "contrats?": {
            "contrat": "cddi mission cdd_usage cdi_inclusion",
            "debut": "date",
            "fin?": "date",
            "heures_semaine?": "number",
            "structure?": STRUCTURES,
        },
        "sortie?": "date",
        "date_naissance?": "date",
        "rqth?": "boolean",
        "difficultes?": "boolean",
        "formation_fin?": "date",
        "date_diagnostic?": "date",
        "diagnostic_de?": "siae prescripteur_habilite",
        "conventions?": {
            **PERIODE,
            "objet": "decouverte projet recrutement",
            "renouvellement": "boolean",
            "accueillant?": "premier deuxieme troisieme quatrieme",
        },
        "missions?": {
            "date": "date",
            "heures": "number",
            "utilisateur": "entreprise particulier association collectivite",
        },
    },
}
VERDICTS = {
    "eligibilite_iae": "eligible non_eligible eligible_sur_diagnostic a_valider_favorable "
    "a_valider_defavorable selon_structure",
    "aide_geiq": "aide sans_aide",
    "diagnostic": "valide expire",
    "pass_iae": "futur valide suspendu expire",
    "carence": "libre bloque levee",
    "embauche": "possible sous_conditions impossible",
    "suspension": "possible impossible",
    "reprise": "possible impossible",
    "prolongation": "possible impossible",
    "fin_pass": "fenetre_a_venir fenetre_ouverte fenetre_fermee",
    "duree_contrat": "conforme sous_conditions non_conforme",
    "pmsmp": "conforme a_verifier non_conforme",
    "heures_ai": "sous_plafond plafond_atteint plafond_depasse",
    "aide_poste": "calculee",
    "etp_annee": "postes_occupes postes_libres postes_depasses",
    "controle": "calcule",
    "essai_preavis": "calcule",
    "part_cdi_inclusion": "possible sous_conditions impossible",
    "recettes_aci": "sous_seuil sous_conditions depasse",
    "part_departement": "calculee selon_accord",
    "clause_sociale": "calculee",
    "marche_reserve": "atteint non_atteint",
    "salaire_minimum": "calcule conforme sous_minimum",
    "suivi": "a_jour attention alerte",
}
VALUES = {
    "eligibilite_iae": "niveau_1 niveau_2 niveau_2_requis par_structure",
    "aide_geiq": "montant",
    "diagnostic": "expire_le valide",
    "pass_iae": "fin_initiale fin duree_jours jours_restants fin_carence",
    "carence": "fin_carence",
    "embauche": "date_min date_max eligibilite_valide fin_suspension fin_pass aide_jusqu_au report_max",
    "suspension": "debut_min fin_max nouvelle_fin_pass possible_des",
    "reprise": "suspension_effacee fin_suspension fin_pass",
    "prolongation": "fenetre_debut fenetre_fin jours_max nouvelle_fin_pass prescripteur_requis "
    "possible_des",
    "fin_pass": "jours_restants jours_pour_demander fenetre_debut fenetre_fin fin_carence",
    "duree_contrat": "duree_totale fin_max reste fin_parcours",
    "pmsmp": "jours_total fin_max",
    "heures_ai": "heures reste fin_periode",
    "aide_poste": "socle etp montant_socle montant_module montant etp_demande mensualite "
    "derniere_mensualite",
    "etp_annee": "heures_reste heures_a_prevoir heures_en_trop heures_par_mois heures_faites "
    "heures_prevues heures_convention etp_faits etp_total",
    "controle": "fin_justificatifs fin_complement decision_max",
    "essai_preavis": "essai_jours essai_fin preavis_jours dernier_jour",
    "part_cdi_inclusion": "maximum maximum_derogation reste",
    "recettes_aci": "part seuil_euros plafond_euros",
    "part_departement": "rsa par_mois montant",
    "clause_sociale": "montant_main_oeuvre montant_insertion heures",
    "marche_reserve": "part minimum",
    "salaire_minimum": "smic_horaire montant",
    "suivi": "fin_pass jours_restants part_utilisee prochaine_echeance",
}
#: Facts that pages may carry from one calculator to another.
FACTS = (
    "auteur structure date_diagnostic date_naissance inscription_debut au pass_debut pass_fin "
    "suspensions"
)
each_calculator = pytest.mark.parametrize("calculator", FIELDS)


def test_the_calculators_are_those_of_the_contract() -> None:
    """Their identifiers are in saved links and in other programs."""
    assert list(CALCULATORS) == list(FIELDS) == list(VERDICTS) == list(VALUES)
    assert {module.SUBJECT for module in CALCULATORS.values()} == set(FIELDS)


def described(situation: type, rules: Rules) -> dict[str, Any]:
    """Describe the questions as the table does, each list of codes in alphabetical order."""
    described_: dict[str, Any] = {}
    for question in questions(situation):
        match question.kind:
            case "choice" | "choices":
                answers: Any = sorted(member.value for member in question.of)
            case "criteria":
                answers = sorted(rules.criteria[question.of])
            case "record" | "group":
                answers = described(question.of, rules)
            case kind:
                answers = kind
        described_[question.name + "?" * question.optional] = answers
    return described_


def contracted(fields: dict[str, Any]) -> dict[str, Any]:
    """Write the table in the same way: what is not a kind is a list of codes."""
    kinds = {"date", "boolean", "integer", "number"}
    return {
        name: contracted(answers)
        if isinstance(answers, dict)
        else answers
        if answers in kinds
        else sorted(answers.split())
        for name, answers in fields.items()
    }


@each_calculator
def test_the_fields_are_those_of_the_contract(calculator: str, rules: Rules) -> None:
    """Names, kinds, codes, and which may be left out."""
    situation = CALCULATORS[calculator].Situation
    assert described(situation, rules) == contracted(FIELDS[calculator])


@each_calculator
def test_the_values_are_those_of_the_contract(calculator: str) -> None:
    """Each name has words for the page."""
    words = CALCULATORS[calculator].VALUES
    assert set(words) == set(VALUES[calculator].split())
    assert all(words.values())


@each_calculator
def test_every_verdict_of_the_contract_has_words(calculator: str) -> None:
    """A few of them, for the cell of a table, and one of three tones for each."""
    verdicts: dict[str, Verdict] = CALCULATORS[calculator].VERDICTS
    assert set(verdicts) == set(VERDICTS[calculator].split())
    for verdict in verdicts.values():
        assert verdict.label[0].isupper()
        assert 5 < len(verdict.label) <= 45
        assert verdict.label[-1].isalnum()
        assert verdict.tone in {"favorable", "attention", "defavorable"}
    assert len({verdict.label for verdict in verdicts.values()}) == len(verdicts)


@each_calculator
def test_the_questions_are_asked_in_two_to_four_steps(calculator: str) -> None:
    """The first question opens a step, each step has a title of its own; rows have none."""
    asked = questions(CALCULATORS[calculator].Situation)
    titles = [question.step for question in asked if question.step]
    assert asked[0].step
    assert 2 <= len(titles) <= 4
    assert len(set(titles)) == len(titles)
    for question in asked:
        if question.kind in {"record", "group"}:
            assert not any(inner.step or inner.fact for inner in questions(question.of))


def test_a_fact_is_known_to_several_calculators_in_one_kind() -> None:
    """An answer carried from one page to the next must be an answer there too."""
    known: dict[str, dict[str, str]] = {}
    for name, calculator in CALCULATORS.items():
        for question in questions(calculator.Situation):
            if question.fact:
                known.setdefault(question.fact, {})[name] = question.kind
    assert set(known) == set(FACTS.split())
    for kinds in known.values():
        assert len(kinds) > 1
        assert len(set(kinds.values())) == 1


def test_what_an_answer_tells_is_a_day_that_others_ask() -> None:
    """The end that `pass_iae` works out is the last day that the other calculators ask."""
    told = {name: module.TOLD for name, module in CALCULATORS.items() if hasattr(module, "TOLD")}
    assert told == {"pass_iae": {"fin": "pass_fin"}}
    asking = {
        name
        for name, module in CALCULATORS.items()
        for question in questions(module.Situation)
        if question.fact == "pass_fin" and question.kind == "date"
    }
    assert asking == {
        *("carence", "embauche", "suspension", "reprise", "prolongation", "fin_pass", "suivi"),
    }


@each_calculator
def test_every_verdict_of_the_contract_has_a_worked_case(calculator: str, rules: Rules) -> None:
    """And no case has a verdict that the contract does not name."""
    responses = [
        answer(CALCULATORS[calculator], case.situation, rules)
        for case in load()
        if case.calculator == calculator
    ]
    got = {r["result"]["verdict"] for r in responses if r["type"] == "result"}
    assert got == set(VERDICTS[calculator].split())
