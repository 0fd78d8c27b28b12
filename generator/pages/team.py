"""The page « Le tableau de l'équipe »: the sentences of its scripts, beside those of the lists."""

from __future__ import annotations

from math import floor
from typing import Any

from calculators.rules import Rules
from calculators.typography import french, number
from generator.pages import spreadsheet

#: The names of the alerts, the most urgent first; `docs/assets/scripts/team/alerts.js` says when.
ALERTS = {
    "a_revoir": "À revoir dans le fichier",
    "contrat_apres_pass": "Contrat plus long que le PASS IAE",
    "suspension_longue": "Suspension de plus d'un an",
    "autre_point": "Autre point à regarder",
    "fin_contrat": "Fin de contrat",
    "fin_pass": "Fin du PASS IAE",
    "fenetre_ferme": "Prolongation : dernier jour",
    "fenetre_ouvre": "Prolongation : premier jour",
    "suspendu": "PASS IAE suspendu",
    "cdi_inclusion": "CDI inclusion possible",
    "sans_echeance": "Sans échéance",
}

#: What is counted once a year, and the words that explain it.
YEARLY = {
    "entrees": (
        "Entrées",
        "Personnes dont la première embauche du fichier commence dans l'année.",
    ),
    "presents": (
        "Personnes présentes dans l'année",
        "Au moins un jour de contrat dans l'année.",
    ),
    "sorties": (
        "Sorties",
        "Personnes dont le dernier contrat finit dans l'année, sans autre contrat depuis. La "
        "plateforme donne une fin indicative : vérifiez-la.",
    ),
    "sorties_comptees": (
        "Sorties que l'État compte",
        "ACI et EI : plus de {months} depuis la première embauche. AI et ETTI : {hours} ou plus.",
    ),
    "sortie_durable": ("dont emploi durable", ""),
    "sortie_transition": ("dont emploi de transition", ""),
    "sortie_positive": ("dont sortie positive", ""),
    "sortie_autre": ("dont autre sortie", ""),
    "sortie_non_dite": (
        "dont sorte non dite",
        "La colonne « Sorte de sortie » est vide ou absente.",
    ),
    "dynamiques": (
        "Sorties dynamiques",
        "Durable, transition et positive. La part se calcule quand chaque sortie comptée dit sa sorte.",
    ),
    "sorties_non_comptees": ("Sorties que l'État ne compte pas", "Trop courtes pour l'indicateur."),
    "sorties_inconnues": (
        "Sorties dont le fichier ne dit pas si elles comptent",
        "AI et ETTI sans les heures, EITI, ou sortie d'avant les années que nous connaissons.",
    ),
    "contrats_connus": (
        "Personnes dont le contrat est connu",
        "L'export de la plateforme ne dit pas le type de contrat ; une liste au modèle le dit.",
    ),
    "cdi_inclusion": ("dont CDI inclusion", ""),
    "hours": (
        "Heures",
        "Somme de la colonne « Heures de l'année » : le fichier ne dit pas de quelle année.",
    ),
    "posts": (
        "Postes en équivalent temps plein",
        "Somme de la colonne du même nom ; sans elle, les heures divisées par celles d'un temps plein "
        "({full_time}), à vérifier dans votre convention.",
    ),
}

#: The dated rules that the count reads, by the name that `docs/assets/scripts/team/yearly.js` gives them.
COUNTING = {
    "months": "sorties.mois_minimaux",
    "monthsADay": "sorties.mois_par_jour",
    "hours": "sorties.heures_minimales",
    "fullTime": "etp_annee.heures_temps_plein",
}


def counting(rules: Rules) -> dict[str, list[dict[str, Any]]]:
    """Return all the values of these rules, oldest first, with their first and last days."""
    return {
        name: [
            {
                "since": one.since.isoformat(),
                "until": one.until and one.until.isoformat(),
                "value": one.value,
            }
            for one in rules.parameters[parameter]
        ]
        for name, parameter in COUNTING.items()
    }


def yearly(rules: Rules) -> dict[str, tuple[str, str]]:
    """Return what is counted and its explanation, with the numbers of today's rules."""
    months, _, hours, full_time = (rules.parameters[name][-1] for name in COUNTING.values())
    told = {
        "months": months.words,
        "hours": hours.words,
        "full_time": ", ".join(
            f"{code.upper()} {number(value)}" for code, value in full_time.value.items()
        ),
    }
    return {name: (label, help_.format_map(told)) for name, (label, help_) in YEARLY.items()}


def least_days(rules: Rules) -> int:
    """Return the days from the first hire to the exit from which an exit counts in an ACI or an EI."""
    months, a_day = (
        rules.parameters[COUNTING[name]][-1].value for name in ("months", "monthsADay")
    )
    days: int = floor(months / a_day) + 1
    return days


MESSAGES = {
    # The files
    "ignored": "Colonnes que cette page ne lit pas : {names}.",
    "no_file": "Choisissez un fichier : l'export de la plateforme, ou votre liste.",
    "in_file": "{file} : {message}",
    "place": "ligne {number}",
    "place_in_file": "{file}, ligne {number}",
    "asked_file": "Fichier : {file}.",
    "sheet_of": "Feuille à lire dans {file}",
    "read_export": "{file} : export de la plateforme, {count} lignes.",
    "read_list": "{file} : liste, {count} lignes.",
    "other_days": "Colonne « {label} » : {count} lignes donnent un autre jour. Le tableau regarde chaque personne "
    "au {day} : pour un autre jour, changez celui de la page.",
    "unused_hours": "Heures par semaine : elles ne servent pas dans {count} lignes, qui ne disent pas le type du "
    "contrat.",
    "duplicate": "Doublon, compté une fois : {where} dit la même chose que {first}.",
    "duplicates": "{count} doublons de plus, comptés une fois.",
    # Persons
    "conflict": "Deux lignes donnent {fact} autrement : {one} ({where_one}) et {other} ({where_other}). "
    "Gardez la bonne.",
    "half_contract": "Ce contrat n'a pas de premier jour. Donnez-le, ou laissez vides le type, la fin et les heures.",
    "pass_debut": "le début du PASS IAE",
    "pass_fin": "la fin du PASS IAE",
    "date_naissance": "la date de naissance",
    "rqth": "la reconnaissance de travailleur handicapé (RQTH)",
    "date_diagnostic": "le jour du diagnostic",
    "diagnostic_de": "la personne qui a fait le diagnostic",
    "sortie": "le dernier jour dans la structure",
    "no_hire": "Pas d'embauche dans le fichier : {status}.",
    "no_pass": "Pas de premier jour de PASS IAE dans le fichier.",
    "no_pass_kind": "Employeur « {kind} » : le suivi d'un PASS IAE vaut pour les ACI, AI, EI, EITI et ETTI.",
    "unknown_kind": "type non dit",
    # Alerts
    "contract_after": "L'embauche va jusqu'au {fin}, plus loin que le PASS IAE, qui finit le {pass}.",
    "hired_after": "L'embauche commence le {debut}, après la fin du PASS IAE, le {pass}.",
    "hire_ends": "Dernier jour de l'embauche, selon le fichier",
    "suspended_long": "Suspendu depuis le {debut}, soit plus de {months} mois : le parcours peut être arrêté.",
    "suspended_until": "Dernier jour de la suspension",
    "suspended_unknown": "le fichier ne dit ni depuis quand, ni jusqu'à quand. La prolongation attend "
    "la reprise.",
    "cdi_now": "L'âge et la durée du parcours permettent un CDI inclusion ; le reste se vérifie dans le suivi.",
    "cdi_suspended": "L'âge et la durée du parcours permettent un CDI inclusion, une fois la suspension finie.",
    "cdi_later": "Premier jour possible pour un CDI inclusion",
    "all_past": "Aucune date à venir : le PASS IAE a fini le {pass}.",
    # The board
    "reading": "Lecture des fichiers…",
    "starting": "Le simulateur se prépare…",
    "progress": "{done} personnes regardées sur {total}, les plus pressées d'abord.",
    "done": "Au {day} : {persons} personnes dans {rows} lignes.",
    "stopped": "Arrêté : {done} personnes regardées sur {total}, les plus pressées d'abord.",
    "failed": "{message} Les réponses déjà obtenues sont gardées : {done} personnes sur {total}.",
    "hidden_name": "Personne {position}",
    "hidden_pass": "PASS …{end}",
    "pass_number": "PASS {number}",
    "unnamed_person": "Personne {position}",
    "count": "{label} : {count}",
    "all_kinds": "Toutes les alertes",
    "all_months": "Tous les mois",
    "shown": "{shown} personnes affichées sur {total}.",
    "none": "Aucune personne à montrer.",
    "only": "Seulement « {label} » : {count}.",
    "ends_one": "{passes} PASS IAE, {contracts} contrat",
    "ends_many": "{passes} PASS IAE, {contracts} contrats",
    "calendar_label": "{person} : {label}",
    "calendar_none": "Aucune date à venir parmi les personnes affichées.",
    "writing": "Le fichier se prépare…",
    "open": "Ouvrir le suivi de {person} (nouvel onglet)",
    "open_short": "Ouvrir le suivi",
    "share": "{count}, soit {share} %",
    "total": "{value} ({count} personnes)",
    "sheet": "Tableau de l'équipe",
    # The columns of the results
    "head_person": "Personne",
    "head_pass": "Numéro PASS IAE",
    "head_alert": "Alerte la plus pressée",
    "head_date": "Date",
    "head_more": "Toutes les alertes",
    "head_pass_end": "Fin du PASS IAE",
    "head_contract_end": "Fin de contrat",
    "head_employer": "Employeur",
}

#: How the platform calls what became of an application.
STATUSES = {
    "nouvelle": "nouvelle candidature",
    "etude": "candidature à l'étude",
    "attente": "candidature en attente",
    "action_prealable": "action préalable à l'embauche",
    "declinee": "candidature déclinée",
    "annulee": "embauche annulée",
    "ailleurs": "embauché ailleurs",
    "vivier": "vivier de candidatures",
}


def messages() -> dict[str, str]:
    """Return the sentences of the page's scripts, with French spaces; those of the lists read files."""
    own = {
        **MESSAGES,
        **{f"status_{code}": label for code, label in STATUSES.items()},
        **{f"alert_{kind}": label for kind, label in ALERTS.items()},
    }
    return spreadsheet.messages() | {name: french(text) for name, text in own.items()}
