// Shows on the card what is being written.

for (const source of document.querySelectorAll("[data-source]")) {
  const preview = document.querySelector(`[data-preview="${source.dataset.source}"]`);
  const draw = () => {
    preview.textContent = source.dataset.source === "mention" ? tagged(source.value) : source.value;
  };
  source.addEventListener("input", draw);
  draw();
}

function tagged(value) {
  const names = value.split(/[\s,;]+/).filter(Boolean);
  return names.map((name) => `@${name.replace(/^@/, "")}`).join(" ");
}
