"""The label of every key of `data/` in French: its title, a sentence on its value, an example.

Editors show them beside the key; the workshop and the summary of a change use the same ones. They
are here and not in `models.py` because most keys are in many models: one line serves them all.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Label(NamedTuple):
    """How to present a key: a short title, one or two sentences, a value as it would be written."""

    title: str
    description: str
    example: Any = None


_SENTENCE = "Une seule phrase, simple, qui finit par un point."
_MARKDOWN = (
    "Des paragraphes courts. Un lien vers une fiche s'écrit [structure](terme:siae), "
    "et une valeur datée [](regle:eligibilite_iae.criteres_niveau_1_requis)."
)
_CHECKED = "Le jour où quelqu'un a relu toutes les sources : année, mois, jour."
_ID = "Un nom en minuscules sans accent, avec des chiffres et « _ »."
_DAY = "Un jour (année, mois, jour) ou une année, sans guillemets."

#: By key, or by model and key where the same key says something else.
KEYS = {
    "title": Label("Titre", "Le titre, tel que les gens le lisent.", "Atelier et chantier d'insertion"),
    "Criterion.title": Label("Nom officiel", "Le nom du critère dans le texte officiel.", "Bénéficiaire du RSA"),
    "Page.title": Label("Titre de la page", "Le titre de la page, tel qu'il s'affiche.", "Les chiffres du réseau"),
    "Text.title": Label("Titre du texte", "La nature, la date et l'article du texte.", "Arrêté du 1er septembre 2021, article 2"),
    "Platform.title": Label("Ce que l'on y lit", "Ce que ce fichier de la plateforme vous a appris.", "Les emplois de l'inclusion, suspensions"),
    "acronym": Label("Sigle", "Le sigle, en capitales.", "ACI"),
    "aliases": Label("Autres noms", "Les autres façons de le dire, ou de le taper dans la recherche.", ["chantier d'insertion"]),
    "category": Label("Groupe", "Le groupe du glossaire où la fiche se range.", "structure"),
    "summary": Label("Résumé", _SENTENCE, "Un ACI embauche des personnes sans emploi en difficulté."),
    "definition": Label("Définition", _MARKDOWN, "L'atelier et chantier d'insertion fait travailler ses salariés sur des actions collectives."),
    "description": Label("Description", _MARKDOWN, "Le réseau réunit les structures du département."),
    "introduction": Label("Introduction", _MARKDOWN, "Un réseau réunit des structures qui s'entraident."),
    "changes": Label("Ce qui a changé", "Ce que disent les documents anciens, et ce qui est vrai aujourd'hui."),
    "before": Label("Avant", "Ce que disent les documents anciens.", "Le contrat s'arrête à 24 mois, sans exception."),
    "now": Label("Aujourd'hui", "Ce qui est vrai aujourd'hui.", "La loi permet d'aller plus loin dans quatre cas."),
    "OutdatedName.now": Label("Nom d'aujourd'hui", "Ce qu'il faut écrire aujourd'hui.", "France Travail"),
    "Network.contact": Label("Contact", "Comment joindre le réseau, et d'où on le tient."),
    "email": Label("Courriel", "L'adresse électronique de l'organisation.", "contact@exemple.fr"),
    "hours": Label("Horaires", "Les heures d'ouverture, en toutes lettres.", "Du lundi au vendredi, de 9 h à 12 h."),
    "map": Label("Plan", "L'adresse d'une page qui montre le lieu. Sans elle, le site en fait une avec l'adresse postale.", "https://www.exemple.fr/plan"),
    "logo": Label("Logo", "Une image du dossier data/pictures/."),
    "pictures": Label("Images", "Des images du dossier data/pictures/."),
    "picture": Label("Image", "Une image du dossier data/pictures/."),
    "file": Label("Fichier", "Le nom d'un fichier de data/pictures/.", "logo-reseau.png"),
    "alt": Label("Texte pour qui ne voit pas l'image", "Ce que montre l'image, en une phrase.", "Quatre salariés plantent des salades dans une serre."),
    "licence": Label("Licence", "De quel droit elle est publiée : une licence, ou un accord.", "Avec l'accord du réseau, 2026"),
    "author": Label("Auteur", "Qui a fait l'image.", "Réseau de l'IAE"),
    "nom": Label("Nom", "Le nom de l'organisation.", "Jardin de l'Exemple"),
    "DirectoryEntry.description": Label("Ce qu'elle fait", "Une ou deux phrases, sans lien.", "Elle cultive des légumes et les vend au marché."),
    "reseaux_porteurs": Label("Ce qu'elle est", "Ses types, avec les codes de data·inclusion : aci, ai, ei, etti, eiti, geiq, ccas-cias, mission-locale…", ["aci"]),
    "siret": Label("Numéro SIRET", "14 chiffres, entre guillemets.", "13003013300016"),
    "adresse": Label("Adresse", "Le numéro et la rue.", "1 rue de l'Exemple"),
    "complement_adresse": Label("Complément d'adresse", "Le bâtiment, l'étage, la porte.", "Bâtiment B"),
    "code_postal": Label("Code postal", "Cinq chiffres, entre guillemets.", "48000"),
    "commune": Label("Commune", "Le nom de la commune.", "Mende"),
    "code_insee": Label("Code de la commune", "Son code Insee, entre guillemets.", "48095"),
    "longitude": Label("Longitude", "En degrés, avec un point.", 3.5),
    "latitude": Label("Latitude", "En degrés, avec un point.", 44.5),
    "telephone": Label("Téléphone", "Le numéro fixe, entre guillemets. Pas de portable.", "01 23 45 67 89"),
    "courriel": Label("Courriel", "L'adresse de l'organisation, pas celle d'une personne.", "contact@exemple.fr"),
    "site_web": Label("Site web", "Son adresse, en https.", "https://www.exemple.fr"),
    "horaires_accueil": Label("Horaires d'accueil", "En abrégé : les jours en anglais (Mo, Tu, We, Th, Fr, Sa, Su), puis les heures.", "Mo-Fr 09:00-12:00,14:00-17:00"),
    "accessibilite_lieu": Label("Accessibilité du lieu", "L'adresse de sa fiche sur Acceslibre.", "https://acceslibre.beta.gouv.fr/app/exemple/"),
    "lien_source": Label("Page de la source", "L'adresse de sa fiche dans un autre annuaire.", "https://www.exemple.fr/fiche"),
    "department": Label("Département", "Son code, entre guillemets.", "48"),
    "networks": Label("Réseaux", "Les réseaux concernés : les noms de leurs fiches.", ["coorace"]),
    "DirectoryEntry.networks": Label("Membre de", "Les réseaux dont elle est membre : les noms de leurs fiches.", ["coorace"]),
    "DirectoryEntry.sectors": Label("Secteurs", "Les secteurs où elle travaille : leurs noms dans data/sectors.yaml.", ["batiment"]),
    "Portrait.sectors": Label("Secteurs", "Les secteurs dont il est question : leurs noms dans data/sectors.yaml.", ["batiment"]),
    "trades": Label("Métiers", "Les métiers que l'on y apprend.", ["maraîcher"]),
    "DirectoryEntry.authorization": Label("Habilitation par le préfet", "Pour un prescripteur que le préfet a habilité : l'arrêté, et ses dates."),
    "order": Label("Arrêté", "L'arrêté du préfet : son numéro et son jour.", "Arrêté préfectoral n° 2026-01 du 12 janvier 2026"),
    "Authorization.since": Label("Depuis le", "Le premier jour de l'habilitation.", "2026-01-13"),
    "Authorization.until": Label("Jusqu'au", "Le dernier jour, si l'arrêté le donne. Sans lui, cinq ans après le premier.", "2031-01-12"),
    "day": Label("Jour", "Le jour où cela a lieu : année, mois, jour.", "2026-12-06"),
    "News.until": Label("Jusqu'au", "Le dernier jour où cela intéresse quelqu'un. Sans lui, c'est le jour même.", "2026-12-07"),
    "place": Label("Lieu", "Où cela a lieu.", "Mende, salle des fêtes"),
    "News.text": Label("Texte", _MARKDOWN, "Le réseau ouvre ses portes aux employeurs du département."),
    "link": Label("Lien", "La page qui en dit plus, en https.", "https://www.exemple.fr/inscription"),
    "kind": Label("Portrait de", "parcours : une personne ; structure : une structure.", "structure"),
    "first_name": Label("Prénom", "Le prénom seul, ou rien.", "Samira"),
    "Portrait.year": Label("Année", "L'année où ce qui est raconté était vrai.", 2026),
    "Portrait.text": Label("Texte", _MARKDOWN, "Le jardin accueille une vingtaine de personnes par an."),
    "consent": Label("Accord", "L'accord de la personne, sans lequel son portrait ne peut pas paraître."),
    "by": Label("Donné par", "Qui a donné son accord : la personne, ou qui la représente.", "la personne elle-même"),
    "kept_by": Label("Gardé par", "L'organisation qui garde cet accord par écrit.", "Réseau de l'IAE"),
    "Consent.date": Label("Date", "Le jour ou l'année de l'accord.", "2026-03-12"),
    "directory": Label("Fiche de l'annuaire", "La fiche de la structure, dans data/directory/.", "jardin_de_l_exemple"),
    "since": Label("Depuis le", "Le premier jour où la valeur s'applique : en général, le lendemain de la publication du texte.", "2021-09-03"),
    "Change.since": Label("Depuis le", "Le jour du changement, si on le connaît.", "2021-09-03"),
    "OutdatedName.since": Label("Depuis", "Le jour ou l'année du changement, si on le connaît.", "2024-01-01"),
    "until": Label("Jusqu'au", "Le dernier jour connu, si le texte prend fin sans suite connue.", "2026-12-22"),
    "false_friends": Label("Faux amis", "Le même mot, avec un autre sens ailleurs."),
    "word": Label("Mot", "Le mot qui prête à confusion.", "Agrément"),
    "meaning": Label("Sens", "Ce qu'il veut dire ailleurs.", "Ailleurs, l'agrément est une autorisation de l'État."),
    "related": Label("Voir aussi", "Les noms d'autres fiches du même dossier.", ["siae", "cddi"]),
    "terms": Label("Termes", "Les fiches du glossaire dont il est question.", ["iae"]),
    "term": Label("Terme", "La fiche du glossaire qui l'explique.", "iae"),
    "basis": Label("Base", "loi : un texte officiel que vous avez lu ; pratique : ce que fait la plateforme ; lecture : ce que nous en déduisons ; a_verifier : tout le reste.", "a_verifier"),
    "versions": Label("Versions", "Chaque version du texte, de la plus ancienne à la plus récente."),
    "Version.id": Label("Identifiant", "L'identifiant de cette version sur Légifrance.", "LEGIARTI000043995980"),
    "Version.text": Label("Texte", "Les mots de cette version, à la lettre."),
    "Version.until": Label("Fin", "Le premier jour où cette version ne vaut plus.", "2021-09-01"),
    "nota": Label("Nota", "La note que Légifrance joint au texte."),
    "package": Label("Paquet", "Le paquet public d'où vient le texte, et sa version."),
    "LegalText.source": Label("Source", "D'où vient le texte : un paquet, ou une page lue."),
    "quote": Label("Mots du texte", "Les quelques mots de l'article qui décident, recopiés à la lettre.", "dans la limite de soixante mois"),
    "ended": Label("Cas qui prennent fin", "Les cas de la valeur d'avant qui n'ont plus de valeur à partir de ce jour.", ["siae"]),
    "derived": Label("Comment le nombre en vient", "Quand l'article compte autrement : comment sa phrase donne cette valeur.", "L'article dit « un an », soit 12 mois."),
    "source": Label("Source", "Un article, un texte officiel, le code de la plateforme, une page, ou un document.", {"article": "R5132-1-7"}),
    "sources": Label("Sources", "Une ou plusieurs : article, texte officiel, code de la plateforme, page, document.", [{"article": "R5132-1-7"}]),
    "checked": Label("Relu le", _CHECKED, "2026-11-21"),
    "article": Label("Article", "Le numéro de l'article du Code du travail.", "R5132-1-7"),
    "text": Label("Texte officiel", "L'identifiant du texte : « JORFTEXT » et douze chiffres, lus dans son adresse sur Légifrance.", "JORFTEXT000044011209"),
    "platform": Label("Fichier de la plateforme", "Le chemin du fichier dans le code public de la plateforme.", "itou/eligibility"),
    "Site.platform": Label("Code de la plateforme", "Le code public où se lit la pratique, et la version lue."),
    "url": Label("Adresse", "L'adresse complète, qui commence par https://.", "https://www.exemple.fr/page"),
    "date": Label("Date", _DAY, "2026-03-12"),
    "PaperDocument.date": Label("Date", f"{_DAY} Sans date connue, écrivez : non daté.", "non daté"),
    "PlatformCode.date": Label("Date", "Le jour de cette version.", "2026-08-21"),
    "document": Label("Document", "Le titre complet d'un document sans adresse.", "Glossaire du réseau"),
    "DatedProof.document": Label("Justificatif", "Le document qui prouve le critère.", "Attestation de droits au RSA"),
    "validity": Label("Validité", "L'âge du document accepté.", "de moins de 3 mois"),
    "scope": Label("Portée", "national, territorial, ou ressources (un centre de ressources).", "territorial"),
    "territory": Label("Territoire", "Le territoire, en toutes lettres.", "Lozère"),
    "departments": Label("Départements", "Les codes des départements, entre guillemets.", ["48"]),
    "structures": Label("Structures", "Les types de structures qu'il réunit.", ["aci", "ei"]),
    "Structures.structures": Label("Structures", "Une fiche par type de structure, dans l'ordre du tableau."),
    "founded": Label("Fondation", "L'année de création, et d'où on la tient."),
    "website": Label("Site web", "L'adresse du site du réseau, en https.", "https://www.exemple.fr"),
    "figures": Label("Chiffres", "Des chiffres datés et sourcés, le plus récent d'abord."),
    "label": Label("Ce qui est compté", "Les mots qui accompagnent le chiffre.", "Structures membres"),
    "value": Label("Valeur", "Un nombre, sans espace, avec un point pour les décimales.", 1500),
    "DatedValue.value": Label("Valeur", "Un nombre, un texte, true ou false ; ou l'une de ces valeurs par cas : { ai: 2, ei: 3 }.", 24),
    "qualifier": Label("Précision", "Rien, ou : près de, environ, plus de.", "environ"),
    "unit": Label("Unité", "Rien, ou %.", "%"),
    "Parameter.unit": Label("Unité", "L'unité des valeurs, au singulier. Rien pour un texte ou pour oui et non.", "mois"),
    "year": Label("Année", "L'année du chiffre.", 2026),
    "Founded.year": Label("Année", "L'année de création.", 1985),
    "note": Label("Remarque", "Ce qu'il faut savoir pour bien lire la valeur.", "L'arrêté ne nomme pas l'EITI."),
    "by_hand": Label("La règle à la main", "La règle, telle qu'on l'applique sans simulateur.", "Comptez 24 mois à partir du premier jour."),
    "parameters": Label("Valeurs datées", "Une entrée par valeur, sous un nom en minuscules sans accent."),
    "criteria": Label("Critères", "Une entrée par critère, sous son code."),
    "question": Label("Question", "La question à poser sur la personne.", "La personne touche-t-elle le RSA ?"),
    "question_to_herself": Label("Question à la personne", "La même, quand elle répond pour elle-même.", "Touchez-vous le RSA ?"),
    "group": Label("Groupe de questions", "Le titre du groupe où la question paraît.", "Ressources"),
    "incompatible": Label("Incompatible avec", "Les critères impossibles en même temps.", ["senior"]),
    "values": Label("Valeurs", "De la plus ancienne à la plus récente. N'effacez jamais une ancienne valeur."),
    "proofs": Label("Justificatifs", "Les documents demandés, du plus ancien au plus récent."),
    "rights": Label("Droits", "Ce qu'un prescripteur peut faire."),
    "PrescriberKind.rights": Label("Droits", "Ce qu'il peut faire une fois habilité.", ["orienter"]),
    "local": Label("Habilitation locale", "L'habilitation par le préfet."),
    "kinds": Label("Types d'organisations", "Une entrée par type d'organisation."),
    "id": Label("Identifiant", _ID, "cap_emploi"),
    "code": Label("Code", "Le code de la plateforme.", "CAP_EMPLOI"),
    "sign_up": Label("À l'inscription", "true si ce type peut être choisi à l'inscription sur la plateforme.", True),
    "authorization": Label("Habilitation", "possible ou jamais.", "possible"),
    "without_authorization": Label("Sans habilitation", "true si un orienteur, qui n'est pas habilité, peut le faire aussi.", True),
    "answer": Label("Réponse courte", "Elle paraît dans le tableau comparatif.", "24 mois au plus"),
    "detail": Label("Détail", f"Ce que la page de la structure ajoute. {_MARKDOWN}"),
    "family": Label("Famille", "produire_et_vendre, preter_du_personnel, ou rien.", "produire_et_vendre"),
    "calculators": Label("Simulateurs", "Les simulateurs qui la concernent.", ["duree_contrat"]),
    "journeys": Label("Démarches", "Les démarches pas à pas qui la concernent.", ["pass_iae"]),
    "Journeys.journeys": Label("Démarches", "Une entrée par démarche, sous le nom de sa page."),
    "Journey.question": Label("Première question", "Celle dont chaque réponse ouvre un simulateur.", "Que voulez-vous savoir ?"),
    "doors": Label("Réponses", "Les réponses à la première question, dans l'ordre."),
    "Door.label": Label("Réponse", "La réponse, telle que la personne la donne.", "Je cherche un emploi"),
    "help": Label("Aide", "Une phrase qui aide à choisir.", "Dans les questions, « la personne », c'est vous."),
    "calculator": Label("Simulateur", "Le simulateur que cette réponse ouvre.", "pass_iae"),
    "answers": Label("Réponses déjà données", "Les questions du simulateur auxquelles cette réponse répond, et le code de chacune.", {"auteur": "candidat"}),
    "phases": Label("Périodes", "De la plus ancienne à la plus récente."),
    "from_year": Label("De l'année", "L'année où la période commence.", 1979),
    "to_year": Label("À l'année", "L'année où elle finit. Rien si elle dure encore.", 1991),
    "events": Label("Événements", "Du plus ancien au plus récent."),
    "sectors": Label("Secteurs", "Une entrée par secteur d'activité."),
    "main": Label("Secteur principal", "true si une source le cite parmi les principaux secteurs.", True),
    "examples": Label("Exemples", "Ce que font des structures.", ["collecte de textiles"]),
    "charts": Label("Graphiques", "Comment un total se partage entre les types de structures."),
    "total": Label("Total", "Le nombre que les parts se partagent.", 140000),
    "period": Label("Moment", "Le moment compté.", "fin janvier 2025"),
    "shares": Label("Parts", "La part de chaque type de structure, en %.", {"aci": 60, "ei": 40}),
    "topic": Label("Sujet", "salaries, structures ou embauches.", "salaries"),
    "change": Label("Variation", "La variation sur un an, en %.", -2.5),
    "names": Label("Noms d'avant", "Une entrée par chose qui a changé de nom."),
    "OutdatedName.names": Label("Noms d'avant", "Les noms d'avant, sous chaque forme.", ["Pôle emploi"]),
    "beside": Label("Mots du présent", "Des mots qui, dans le même paragraphe, disent le présent.", ["France Travail"]),
    "name": Label("Nom", "Le nom, ou la raison sociale.", "Réseau de l'IAE"),
    "tagline": Label("Devise", _SENTENCE, "Les règles, expliquées et datées."),
    "repository": Label("Dépôt", "L'adresse du dépôt de fichiers, en https.", "https://forge.exemple.fr/reseau/site"),
    "forge": Label("Sorte de forge", "github, gitlab ou forgejo ; rien si l'adresse du dépôt le dit assez.", "gitlab"),
    "branch": Label("Branche", "La branche de la forge dont le site est fait.", "main"),
    "publisher": Label("Éditeur", "Qui répond du contenu du site."),
    "publication_director": Label("Direction de la publication", "Le nom de la personne qui dirige la publication."),
    "host": Label("Hébergeur", "Qui garde les fichiers du site en ligne."),
    "contact": Label("Contact", "Une adresse électronique, ou une page de contact en https.", "contact@exemple.fr"),
    "address": Label("Adresse postale", "L'adresse postale, ou le siège social.", "1 rue de l'Exemple, 48000 Mende"),
    "phone": Label("Téléphone", "Le numéro de téléphone, entre guillemets.", "01 23 45 67 89"),
    "redirects": Label("Adresses d'avant", "Celles de pages qui ont changé de nom, ou qui ne sont plus là."),
    "old": Label("Adresse d'avant", "Depuis l'accueil, avec sa barre à la fin.", "glossaire/ancien_nom/"),
    "new": Label("Adresse d'aujourd'hui", "Celle d'une page du site, depuis l'accueil.", "glossaire/aci/"),
    "opened": Label("Adresses ouvertes à la main", "Celles qu'un robot ne peut pas suivre, et qu'une personne a ouvertes."),
    "places": Label("Lieux", "Les sites où l'on va après une réponse."),
    "Place.label": Label("Lien", "Les mots du lien : ce qu'on y fait, ou le nom du lieu.", "Chercher un employeur"),
    "Place.page": Label("Page", "Une page de ce site, au lieu d'une adresse. Le lien dit son titre.", "comprendre/contrats.md"),
    "near": Label("Adresse pour une commune", "COMMUNE y tient la place de la commune.", "https://exemple.fr/recherche?ville=COMMUNE"),
    "by_kind": Label("Par type", "true : la recherche accepte aussi un type de structure.", True),
    "ways_on": Label("Où mènent les pages", "Ce que l'on peut faire après avoir lu une page."),
    "WayOn.pages": Label("Pages", "Les pages lues, ou une catégorie de termes.", ["comprendre/contrats.md"]),
    "to": Label("Mènent à", "Trois pages au plus ; un simulateur d'abord.", ["simulateurs/duree_contrat.md"]),
    "NextSteps.reason": Label("Pourquoi rien", "Au lieu d'étapes : pourquoi il ne reste rien à faire.", "La réponse donne elle-même ce qui suit."),
    "next_steps": Label("Et maintenant", "Ce qu'il faut faire après une réponse : la première suite qui convient paraît."),
    "roles": Label("Rôles", "Les réponses à « Qui êtes-vous ? » pour lesquelles cette suite vaut ; aucune : toutes.", ["candidat"]),
    "verdicts": Label("Réponses", "Les codes des réponses du simulateur.", ["eligible"]),
    "steps": Label("Étapes", "Trois au plus : qui voir, quoi apporter, où aller, quoi dire."),
    "NextStep.text": Label("Étape", "Ce qu'il faut faire, en une phrase ou deux.", "Postulez dans une structure."),
    "NextStep.proofs": Label("Justificatifs", "true : l'étape donne la liste des justificatifs à apporter.", True),
    "NextStep.places": Label("Lieux", "Où aller.", ["employeurs"]),
    "NextSteps.calculator": Label("Simulateur", "Le simulateur qui répond.", "eligibilite_iae"),
    "why": Label("Pourquoi", "Ce qui empêche le robot de la suivre.", "Ce site refuse les robots."),
    "hors_connexion": Label("Hors connexion", "true : le site reste lisible sans réseau ; false : les appareils oublient ce qu'ils en gardent.", True),
    "commit": Label("Version", "L'identifiant de la version lue : 12 à 40 chiffres et lettres de a à f.", "543eae8d2d54"),
}  # fmt: skip
_STRUCTURE = "La fiche de ce type de structure."
_FACT = "La réponse courte, son détail, et ce sur quoi elle repose."
#: The name of an entry of each model.
MODELS = {
    "Article": "Un article du Code du travail",
    "Authorization": "L'habilitation d'un prescripteur par le préfet",
    "Consent": "L'accord d'une personne",
    "Contact": "Comment joindre un réseau",
    "DirectoryEntry": "Une structure, ou un prescripteur que le préfet a habilité",
    "News": "Une actualité",
    "Picture": "Une image, ce qu'elle montre, et sa licence",
    "Portrait": "Le portrait d'un parcours ou d'une structure",
    "LegalText": "Le texte d'un article, ou d'un arrêté",
    "Version": "Une version d'un texte",
    "Package": "Le paquet d'où vient un texte",
    "Change": "Un changement : avant, aujourd'hui",
    "Chart": "Un total, partagé entre les types de structures",
    "Criterion": "Un critère d'éligibilité",
    "DatedProof": "Un justificatif, et les jours où il est demandé",
    "DatedValue": "Une valeur, et les jours où elle s'applique",
    "Event": "Un événement, à un jour ou une année",
    "Fact": "Une réponse sur une structure",
    "FalseFriend": "Le même mot, dans un autre sens",
    "Figure": "Un chiffre daté et sourcé",
    "Figures": "Les chiffres clés de tout le pays",
    "Founded": "L'année de création d'un réseau",
    "History": "L'histoire de l'insertion par l'activité économique",
    "KeyFigure": "Un chiffre de tout le pays",
    "LocalAuthorization": "L'habilitation des organisations qui ne sont sur aucune liste nationale",
    "Network": "Un réseau de structures",
    "Links": "Les liens vers d'autres sites, et ce qui suit une réponse",
    "NextStep": "Une chose à faire après une réponse",
    "NextSteps": "Ce qu'il faut faire après une réponse",
    "WayOn": "Où mènent des pages",
    "Redirects": "Les adresses d'avant",
    "Redirect": "Une adresse d'avant, et celle qui répond aujourd'hui",
    "OpenedByHand": "Une adresse qu'un robot ne peut pas suivre",
    "Organisation": "Une personne ou un organisme, et comment le joindre",
    "Outdated": "Les noms qui ne se disent plus",
    "OutdatedName": "Un nom d'avant, et celui d'aujourd'hui",
    "Page": "Une page du web, avec sa date",
    "PaperDocument": "Un document sans adresse",
    "Parameter": "Une valeur de la loi ou de la pratique, qui change avec le temps",
    "Place": "Un site où l'on va après une réponse",
    "Phase": "Une période de l'histoire",
    "Platform": "Un fichier du code public de la plateforme : la pratique, non la loi",
    "PlatformCode": "La version du code de la plateforme qui a été lue",
    "PrescriberKind": "Un type d'organisation qui peut prescrire",
    "Prescribers": "Les prescripteurs habilités, et ce qu'ils peuvent faire",
    "Right": "Ce qu'un prescripteur peut faire",
    "RuleFile": "Un sujet de droit, et ses valeurs datées",
    "Door": "Une réponse à la première question d'une démarche",
    "Journey": "Une démarche pas à pas",
    "Journeys": "Les démarches pas à pas",
    "Sector": "Un secteur d'activité",
    "Sectors": "Les secteurs où les structures travaillent",
    "Site": "Ce que le site dit de lui-même",
    "Structure": "Un type de structure",
    "Structures": "Les types de structures, comparés",
    "StructureSheets": "Une fiche par type de structure",
    "Term": "Un terme du glossaire",
    "Text": "Une loi, un décret ou un arrêté",
}


def key(model: str, name: str) -> Label:
    """Return the words of a key of a model. Raises KeyError for one that has none."""
    if model == "StructureSheets":
        return Label(name.upper(), _STRUCTURE)
    return KEYS.get(f"{model}.{name}") or KEYS[name]


def describe(document: dict[str, Any], model: str) -> dict[str, Any]:
    """Put the French words into a JSON Schema, in place; `model` names its root. Return it.

    The English docstrings of the models are left out: they are for readers of the code. A key that has a title of its
    own in the models, as the questions of a structure do, keeps it; so does a model that is not of
    `data/`.
    """
    for name, definition in {model: document, **document.get("$defs", {})}.items():
        if "enum" in definition or name in MODELS:
            for english in ("title", "description"):
                definition.pop(english, None)
        if name not in MODELS:
            continue
        definition["title"] = MODELS[name]
        for field, described in definition.get("properties", {}).items():
            if described.get("$ref", "").endswith("/Fact"):
                described["description"] = _FACT
                continue
            words = key(name, field)
            described |= {"title": words.title, "description": words.description}
            if words.example is not None:
                described["examples"] = [words.example]
    return document


#: Cases of values that are neither choices of a form nor terms, and their words in a page.
CASE_NAMES = {
    "anciennete": "ancienneté dans le parcours",
    "annees_suivantes": "années suivantes",
    "annexe": "annexe",
    "annexe_1": "annexe 1",
    "annexe_2": "annexe 2",
    "apres_debut": "après le début",
    "apres_embauche": "après la dernière embauche",
    "apres_fin": "après la fin",
    "avant_fin": "avant la fin",
    "avec_renouvellement": "avec renouvellement",
    "debut_dans_le_pass": "début pendant le PASS IAE",
    "decision": "chaque décision",
    "dernier_jour": "le dernier jour de la suspension",
    "derniers_mois": "derniers mois",
    "duree": "durée",
    "employeur": "employeur",
    "entre": "entre ces deux jours",
    "futur_employeur": "futur employeur",
    "heures": "heures",
    "inscription": "inscription",
    "jours": "jours",
    "maximum": "maximum",
    "minimum": "minimum",
    "mois": "mois",
    "niveau": "niveau",
    "parent": "critère à cocher aussi",
    "pas_dans_le_futur": "début dans le passé",
    "pas_deja_suspendu": "pas déjà suspendu",
    "pass_en_cours": "PASS IAE en cours",
    "premiere_annee": "première année",
    "premier_jour": "le premier jour de la suspension",
    "sans_chevauchement": "sans chevauchement",
    "structure_derniere_embauche": "structure de la dernière embauche",
    "une_fois": "une fois",
}
