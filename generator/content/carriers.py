"""The kinds of organisations of a directory, with the codes and the names of data·inclusion's schema.

A test holds that these are those of the library, `data_inclusion.schema.v1.ReseauPorteur`: importing it
here would cost the workshop's page more than it weighs (see decisions/directory_schema.md).
"""

from __future__ import annotations

from enum import StrEnum


class Carrier(StrEnum):
    """Who carries an organisation, or what kind it is."""

    SOIXANTE_MILLE_REBONDS = "60000-rebonds"
    ACTION_LOGEMENT = "action-logement"
    ADIE = "adie"
    AFPA = "afpa"
    AGEFIPH = "agefiph"
    AI = "ai"
    AIDANTS_CONNECT = "aidants-connect"
    ALLIANCE_VILLES_EMPLOI = "alliance-villes-emploi"
    ANLCI = "anlci"
    APPRENTIS_DAUTEUIL = "apprentis-dauteuil"
    ASE = "ase"
    BANQUES_ALIMENTAIRES = "banques-alimentaires"
    CAARUD = "caarud"
    CADA = "cada"
    CAF = "caf"
    CAMPUS_CONNECTE = "campus-connecte"
    CAP_EMPLOI_RESEAU_CHEOPS = "cap-emploi-reseau-cheops"
    CAVA = "cava"
    CCAS_CIAS = "ccas-cias"
    CHAMBRES_CONSULAIRES = "chambres-consulaires"
    CHANTIER_ECOLE = "chantier-ecole"
    CHRS = "chrs"
    CHU = "chu"
    CIDFF = "cidff"
    CMP = "cmp"
    CMS = "cms"
    CNAM = "cnam"
    COLLECTIF_EMPLOI = "collectif-emploi"
    COMMUNES = "communes"
    COORACE = "coorace"
    CONSEILLERS_NUMERIQUES = "conseillers-numeriques"
    CPAM = "cpam"
    CPH = "cph"
    CRECHES_AVIP = "creches-avip"
    CREPI = "crepi"
    CRESUS = "cresus"
    CROIX_ROUGE = "croix-rouge"
    CSAPA = "csapa"
    DELEGATAIRE_CONSEIL_DEPARTEMENTAL = "delegataire-conseil-departemental"
    DEPARTEMENTS = "departements"
    DUO_FOR_A_JOB = "duo-for-a-job"
    ECOLES_DE_LA_DEUXIEME_CHANCE = "ecoles-de-la-deuxieme-chance"
    EA = "ea"
    EATT = "eatt"
    EGEE = "egee"
    EMMAUS = "emmaus"
    EPIDE = "epide"
    ESAT = "esat"
    ESPACES_PUBLICS_NUMERIQUES = "espaces-publics-numeriques"
    ETCLD = "etcld"
    FABRIQUE_DE_TERRITOIRE = "fabrique-de-territoire"
    FACE = "face"
    FCSF = "fcsf"
    FEDERATION_PROFESSIONNELLE_FEMMES = "federation-professionnelle-femmes"
    FEDERATION_DES_ACTEURS_DE_LA_SOLIDARITE = "federation-des-acteurs-de-la-solidarite"
    FRANCE_ACTIVE = "france-active"
    FRANCE_SERVICE = "france-service"
    FRANCE_TRAVAIL = "france-travail"
    FRENCH_TECH = "french-tech"
    GEIQ = "geiq"
    GRANDES_ECOLES_DU_NUMERIQUE = "grandes-ecoles-du-numerique"
    HUDA = "huda"
    HUP = "hup"
    INAE = "inae"
    INITIATIVE_FRANCE = "initiative-france"
    KONEXIO = "konexio"
    LA_CRAVATE_SOLIDAIRE = "la-cravate-solidaire"
    LA_POSTE = "la-poste"
    LES_PREMIERES = "les-premieres"
    MAISONS_DE_L_EMPLOI = "maisons-de-l-emploi"
    MAISON_DEPARTEMENTALE_DE_L_AUTONOMIE = "maison-departementale-de-lautonomie"
    MAISONS_DES_SOLIDARITES = "maisons-des-solidarites"
    MDPH = "mdph"
    MISSION_LOCALE = "mission-locale"
    MJC = "mjc"
    MOBIN = "mobin"
    MSAP = "msap"
    MUTUALITE_SOCIALE_AGRICOLE = "mutualite-sociale-agricole"
    NQT = "nqt"
    PIMMS_MEDIATION = "pimms-mediation"
    PJJ = "pjj"
    PLIE = "plie"
    POINTS_CONSEIL_BUDGET = "points-conseil-budget"
    POINTS_JUSTICE = "points-justice"
    POSITIVE_PLANET = "positive-planet"
    REGIONS = "regions"
    RESEAU_APP = "reseau-app"
    RESEAU_BGE = "reseau-bge"
    RESEAU_ENTREPRENDRE = "reseau-entreprendre"
    RESEAU_INFORMATION_JEUNESSE = "reseau-information-jeunesse"
    RESIDENCES_FJT = "residences-fjt"
    RESSOURCERIES = "ressourceries"
    RESTOS_DU_COEUR = "restos-du-coeur"
    SECOURS_POPULAIRE = "secours-populaire"
    EI = "ei"
    ACI = "aci"
    ETTI = "etti"
    EITI = "eiti"
    SIAO = "siao"
    SIMPLON = "simplon"
    SINGA = "singa"
    SNC = "snc"
    SPIP = "spip"
    TOUS_TES_POSSIBLES = "tous-tes-possibles"
    UNAF = "unaf"
    UNEA = "unea"
    UNIS_CITE = "unis-cite"
    WIMOOV = "wimoov"


#: Their names in French.
CARRIER_NAMES = {
    Carrier.SOIXANTE_MILLE_REBONDS: "60 000 Rebonds",
    Carrier.ACTION_LOGEMENT: "Action Logement",
    Carrier.ADIE: "Association pour le Droit à l’Initiative Économique",
    Carrier.AFPA: "Agence Nationale pour la Formation Professionnelle des Adultes",
    Carrier.AGEFIPH: "Agefiph",
    Carrier.AI: "Associations Intermédiaires",
    Carrier.AIDANTS_CONNECT: "Aidants Connect",
    Carrier.ALLIANCE_VILLES_EMPLOI: "Alliance Villes Emploi",
    Carrier.ANLCI: "Agence Nationale de Lutte Contre l’Illettrisme",
    Carrier.APPRENTIS_DAUTEUIL: "Apprentis d’Auteuil",
    Carrier.ASE: "Aide Sociale à l’Enfance",
    Carrier.BANQUES_ALIMENTAIRES: "Banques Alimentaires",
    Carrier.CAARUD: "Centres d’Accueil et d’Accompagnement à la Réduction de Risques pour Usagers de Drogues",
    Carrier.CADA: "Centres d’Accueil de Demandeurs d’Asile",
    Carrier.CAF: "Caisse d’Allocations Familiales",
    Carrier.CAMPUS_CONNECTE: "Campus Connecté",
    Carrier.CAP_EMPLOI_RESEAU_CHEOPS: "CAP Emploi - Réseau CHEOPS",
    Carrier.CAVA: "Centres d’Adaptation à la Vie Active",
    Carrier.CCAS_CIAS: "Les Centres Communaux d’Action Sociale et les Centres Intercommunaux d’Action Sociale",
    Carrier.CHAMBRES_CONSULAIRES: "Chambres Consulaires",
    Carrier.CHANTIER_ECOLE: "Réseau Chantier École",
    Carrier.CHRS: "Centres d’Hébergement et de Réinsertion Sociale",
    Carrier.CHU: "Centres d’Hébergement d’Urgence",
    Carrier.CIDFF: "Centres d’Information sur les Droits des Femmes et des Familles",
    Carrier.CMP: "Centres Médico-Psychologiques",
    Carrier.CMS: "Centres Médico-Sociaux",
    Carrier.CNAM: "Conservatoire National des Arts et Métiers",
    Carrier.COLLECTIF_EMPLOI: "Collectif Emploi",
    Carrier.COMMUNES: "Communes, mairies, communautés de communes, etc.",
    Carrier.COORACE: "Fédération COORACE",
    Carrier.CONSEILLERS_NUMERIQUES: "Conseillers Numériques",
    Carrier.CPAM: "Caisses Primaires d’Assurance Maladie",
    Carrier.CPH: "Centres Provisoires d’Hébergement",
    Carrier.CRECHES_AVIP: "Crèches à Vocation d’Insertion Professionnelle",
    Carrier.CREPI: "CREPI",
    Carrier.CRESUS: "Fédération Française des Associations CRÉSUS",
    Carrier.CROIX_ROUGE: "Croix-Rouge",
    Carrier.CSAPA: "Centres de Soins, d’Accompagnement et de Prévention en Addictologie",
    Carrier.DELEGATAIRE_CONSEIL_DEPARTEMENTAL: "Organisation délégataire d’un Conseil Départemental",
    Carrier.DEPARTEMENTS: "Départements et Services Départementaux",
    Carrier.DUO_FOR_A_JOB: "DUO for a JOB",
    Carrier.ECOLES_DE_LA_DEUXIEME_CHANCE: "Écoles de la 2ᵉ Chance",
    Carrier.EA: "Entreprises Adaptées",
    Carrier.EATT: "Entreprises Adaptées de Travail Temporaire",
    Carrier.EGEE: "Association EGEE",
    Carrier.EMMAUS: "Emmaüs",
    Carrier.EPIDE: "EPIDE",
    Carrier.ESAT: "Établissement et Service d’Accompagnement par le Travail",
    Carrier.ESPACES_PUBLICS_NUMERIQUES: "Espaces Publics Numériques",
    Carrier.ETCLD: "Expérimentation Territoriale contre le Chômage de Longue Durée",
    Carrier.FABRIQUE_DE_TERRITOIRE: "Fabrique de Territoire",
    Carrier.FACE: "Fondation FACE",
    Carrier.FCSF: "Fédération des Centres Sociaux et Socioculturels de France",
    Carrier.FEDERATION_PROFESSIONNELLE_FEMMES: "Fédération Professionnelle pour les Femmes",
    Carrier.FEDERATION_DES_ACTEURS_DE_LA_SOLIDARITE: "Fédération des Acteurs de la Solidarité",
    Carrier.FRANCE_ACTIVE: "France Active",
    Carrier.FRANCE_SERVICE: "France Service",
    Carrier.FRANCE_TRAVAIL: "France Travail",
    Carrier.FRENCH_TECH: "French Tech",
    Carrier.GEIQ: "GEIQ",
    Carrier.GRANDES_ECOLES_DU_NUMERIQUE: "Grandes Écoles du Numérique",
    Carrier.HUDA: "Hébergement d’Urgence pour Demandeurs d’Asile",
    Carrier.HUP: "Association H’UP",
    Carrier.INAE: "INAÉ Nouvelle Aquitaine",
    Carrier.INITIATIVE_FRANCE: "Initiative France",
    Carrier.KONEXIO: "Association Konexio",
    Carrier.LA_CRAVATE_SOLIDAIRE: "La Cravate Solidaire",
    Carrier.LA_POSTE: "La Poste",
    Carrier.LES_PREMIERES: "Les Premières",
    Carrier.MAISONS_DE_L_EMPLOI: "Maisons de l’Emploi",
    Carrier.MAISON_DEPARTEMENTALE_DE_L_AUTONOMIE: "Maisons Départementales de l’Autonomie",
    Carrier.MAISONS_DES_SOLIDARITES: "Maisons Départementales des Solidarités (MDS)",
    Carrier.MDPH: "Maisons Départementales pour les Personnes Handicapées (MDPH)",
    Carrier.MISSION_LOCALE: "Mission Locale",
    Carrier.MJC: "Maisons des Jeunes et de la Culture",
    Carrier.MOBIN: "Mob’In",
    Carrier.MSAP: "Maisons de Services Au Public",
    Carrier.MUTUALITE_SOCIALE_AGRICOLE: "Mutualité Sociale Agricole",
    Carrier.NQT: "Association NQT",
    Carrier.PIMMS_MEDIATION: "Point Information Médiation Multi Services",
    Carrier.PJJ: "Protection Judiciaire de la Jeunesse",
    Carrier.PLIE: "Plans Locaux pour l’Insertion et l’Emploi",
    Carrier.POINTS_CONSEIL_BUDGET: "Points Conseil Budget",
    Carrier.POINTS_JUSTICE: "Points Justice",
    Carrier.POSITIVE_PLANET: "Positive Planet",
    Carrier.REGIONS: "Régions, Préfectures et services régionaux",
    Carrier.RESEAU_APP: "Réseau APP",
    Carrier.RESEAU_BGE: "Réseau BGE",
    Carrier.RESEAU_ENTREPRENDRE: "Réseau Entreprendre",
    Carrier.RESEAU_INFORMATION_JEUNESSE: "Réseau Information Jeunesse",
    Carrier.RESIDENCES_FJT: "Résidences - Foyers Jeunes Travailleurs",
    Carrier.RESSOURCERIES: "Ressourceries",
    Carrier.RESTOS_DU_COEUR: "Restos du Coeur",
    Carrier.SECOURS_POPULAIRE: "Secours Populaire",
    Carrier.EI: "Structures d’Insertion par l’Activité Économique - Entreprises d’Insertion",
    Carrier.ACI: "Structures d’Insertion par l’Activité Économique - Ateliers et Chantiers d’Insertion",
    Carrier.ETTI: "Structures d’Insertion par l’Activité Économique - Entreprises de Travail Temporaire d’Insertion",
    Carrier.EITI: "Structures d’Insertion par l’Activité Économique - Entreprises d’Insertion par le Travail Indépendant",
    Carrier.SIAO: "Services Intégrés d’Accueil et d’Orientation",
    Carrier.SIMPLON: "Simplon",
    Carrier.SINGA: "Association SINGA",
    Carrier.SNC: "Solidarité Nouvelle Face au Chômage",
    Carrier.SPIP: "Services Pénitentiaires d’Insertion et de Probation",
    Carrier.TOUS_TES_POSSIBLES: "Tous Tes Possibles",
    Carrier.UNAF: "Union Nationale de l’Aide aux Familles",
    Carrier.UNEA: "Union Nationale des Entreprises Adaptées",
    Carrier.UNIS_CITE: "UnisCité",
    Carrier.WIMOOV: "Wimoov",
}

#: Those who hire in the pathway that this site explains, by the ids of `data/structures.yaml`.
EMPLOYERS = {
    one: one.value
    for one in (Carrier.ACI, Carrier.AI, Carrier.EI, Carrier.EITI, Carrier.ETTI, Carrier.GEIQ)
}
#: Those whose kind may be authorised to prescribe, by the ids of `data/prescribers.yaml`.
PRESCRIBERS = {
    Carrier.AFPA: "afpa",
    Carrier.ASE: "ase",
    Carrier.CAARUD: "caarud",
    Carrier.CADA: "cada",
    Carrier.CAF: "caf",
    Carrier.CAP_EMPLOI_RESEAU_CHEOPS: "cap_emploi",
    Carrier.CAVA: "cava",
    Carrier.CCAS_CIAS: "ccas",
    Carrier.CHRS: "chrs",
    Carrier.CHU: "chu",
    Carrier.CIDFF: "cidff",
    Carrier.CPH: "cph",
    Carrier.CSAPA: "csapa",
    Carrier.DELEGATAIRE_CONSEIL_DEPARTEMENTAL: "odc",
    Carrier.DEPARTEMENTS: "departement",
    Carrier.ECOLES_DE_LA_DEUXIEME_CHANCE: "e2c",
    Carrier.EPIDE: "epide",
    Carrier.FRANCE_TRAVAIL: "france_travail",
    Carrier.HUDA: "huda",
    Carrier.MISSION_LOCALE: "mission_locale",
    Carrier.MUTUALITE_SOCIALE_AGRICOLE: "msa",
    Carrier.PJJ: "pjj",
    Carrier.PLIE: "plie",
    Carrier.RESEAU_INFORMATION_JEUNESSE: "pij_bij",
    Carrier.RESIDENCES_FJT: "rs_fjt",
    Carrier.SPIP: "spip",
}
#: Those that are a network, by the ids of `data/networks/`. To be a GEIQ is not to be a member of its
#: federation: only a code that names the network counts.
NETWORKS = {
    Carrier.ALLIANCE_VILLES_EMPLOI: "alliance_villes_emploi",
    Carrier.CHANTIER_ECOLE: "chantier_ecole",
    Carrier.COORACE: "coorace",
    Carrier.CREPI: "crepi",
    Carrier.EMMAUS: "emmaus_france",
    Carrier.FEDERATION_DES_ACTEURS_DE_LA_SOLIDARITE: "federation_acteurs_solidarite",
    Carrier.INAE: "inae",
    Carrier.MOBIN: "mobin",
    Carrier.RESSOURCERIES: "ressourceries",
    Carrier.RESTOS_DU_COEUR: "restos_du_coeur",
}
