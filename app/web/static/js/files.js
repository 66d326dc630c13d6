// A file field speaks the browser's language. With this script it lies unseen over a face that speaks the page's:
// pressing, dropping, Tab and screen readers meet the field itself as before. The citizen pages have their own way.
const { chooseFile, noFile, someFiles } = document.body.dataset;

function words(input) {
  const [first, ...more] = input.files;
  if (!first) return noFile;
  return more.length ? someFiles.replace("{n}", input.files.length) : first.name;
}

function dress(input) {
  const face = document.createElement("span");
  const button = document.createElement("span");
  const chosen = document.createElement("span");
  face.className = input.classList.contains("mc-dropzone") ? "mc-choose mc-choose-wide" : "mc-choose";
  button.className = "btn btn-quiet";
  button.textContent = chooseFile;
  chosen.className = "mc-choose-name";
  button.ariaHidden = chosen.ariaHidden = "true";
  input.replaceWith(face);
  face.append(input, button, chosen);
  const tell = () => (chosen.textContent = words(input));
  input.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
  tell();
}

document.querySelectorAll("input[type=file]").forEach(dress);
