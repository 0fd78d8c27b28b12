// The page « Contribuer » names the file of the page one comes from.

const place = document.querySelector("[data-file]");
const file = new URLSearchParams(location.search).get("fichier");
if (place && /^data\/[a-z0-9_/]+\.yaml$/.test(file ?? "")) {
  place.querySelector("[data-slot]").textContent = file;
  place.hidden = false;
}
