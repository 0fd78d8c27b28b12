"""Made-up entries that fill every key: what the shipped data does not know yet, tests still show."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from generator.content import models
from generator.content.load import Content

SOURCE = {"document": "Un document d'essai", "date": 2026}
PICTURE = {
    "file": "serre.jpg",
    "alt": "Quatre personnes plantent des salades.",
    "licence": "Licence Ouverte 2.0",
    "author": "Une photographe",
}
DAY = {"checked": "2026-11-20", "sources": [SOURCE]}
CONTACT = {
    "address": "1 rue de l'Essai, 48000 Mende",
    "phone": "04 66 00 00 00",
    "email": "contact@exemple.fr",
    "hours": "Du lundi au jeudi, de 9 h à 12 h.",
    "map": "https://www.exemple.fr/plan",
    "basis": "a_verifier",
    "source": SOURCE,
}
ENTRY: dict[str, Any] = {
    "nom": "Les Jardins de l'Essai",
    "description": "Elle cultive des légumes et les vend au marché.",
    "reseaux_porteurs": ["aci", "ccas-cias"],
    "siret": "13003013300016",
    "adresse": "2 chemin de l'Essai",
    "complement_adresse": "Bâtiment B",
    "code_postal": "48000",
    "commune": "Saint-Chély-d'Apcher",
    "code_insee": "48140",
    "longitude": 3.27,
    "latitude": 44.8,
    "telephone": "04 66 11 11 11",
    "courriel": "accueil@exemple.fr",
    "site_web": "https://www.exemple.fr/jardins",
    "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off",
    "accessibilite_lieu": "https://acceslibre.beta.gouv.fr/app/exemple/",
    "lien_source": "https://www.exemple.fr/fiche",
    "department": "48",
    "networks": ["essai"],
    "sectors": ["maraichage"],
    "trades": ["maraîcher"],
    "authorization": {
        "order": "Arrêté préfectoral n° 2024-01",
        "since": "2024-02-29",
        "url": "https://www.exemple.fr/arrete",
    },
    "basis": "a_verifier",
    **DAY,
}
NEWS: dict[str, Any] = {
    "title": "Portes ouvertes aux jardins",
    "day": "2026-12-04",
    "until": "2026-12-06",
    "place": "Mende, salle des fêtes",
    "networks": ["essai"],
    "summary": "Venez voir pousser les légumes.",
    "text": "Les équipes répondent à toutes les questions.",
    "picture": PICTURE,
    "link": "https://www.exemple.fr/portes-ouvertes",
    **DAY,
}
PORTRAIT: dict[str, Any] = {
    "kind": "parcours",
    "title": "Des salades à la cuisine",
    "first_name": "Samira",
    "year": 2026,
    "consent": {"by": "la personne elle-même", "kept_by": "Réseau d'essai", "date": 2026},
    "directory": "jardins",
    "networks": ["essai"],
    "sectors": ["maraichage"],
    "summary": "Samira a appris deux métiers en deux ans.",
    "text": "Elle est arrivée au printemps, sans expérience.",
    "picture": PICTURE,
    "basis": "a_verifier",
    **DAY,
}
NETWORK: dict[str, Any] = {
    "title": "Réseau d'essai",
    "scope": "territorial",
    "territory": "Lozère",
    "departments": ["48"],
    "contact": CONTACT,
    "logo": PICTURE | {"file": "logo.png", "alt": "Le logo du réseau d'essai."},
    "pictures": [PICTURE],
    "summary": "Un réseau d'essai, qui n'existe pas.",
    "description": "Il sert aux tests.",
    "basis": "a_verifier",
    **DAY,
}
NEWS_ID = "2026-11-20-portes-ouvertes"


def made_up(content: Content) -> Content:
    """Return the content with one entry of each kind that fills every key."""

    def one[M: models.Model](model: type[M], value: dict[str, Any]) -> M:
        return model.model_validate_json(json.dumps(value))

    return replace(
        content,
        networks=content.networks | {"essai": one(models.Network, NETWORK)},
        directory=content.directory | {"jardins": one(models.DirectoryEntry, ENTRY)},
        news=content.news | {NEWS_ID: one(models.News, NEWS)},
        portraits=content.portraits | {"samira": one(models.Portrait, PORTRAIT)},
        pictures={"serre.jpg": (1500, 1000), "logo.png": (300, 100)},
    )
