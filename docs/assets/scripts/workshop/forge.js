// How a file reaches the forge: in an address that opens it there, or copied by the contributor.

/** What happens once the forge is asked for, by the way the file takes. */
export const STEPS = {
  fresh: "La forge s’ouvre avec le fichier déjà rempli.",
  long: "La forge ne prend pas le texte dans une adresse. Nous le copions, puis elle ouvre un fichier vide : collez-y le texte.",
  known:
    "Nous copions le fichier entier, puis la forge l’ouvre : effacez tout son texte, et collez le nouveau.",
};
