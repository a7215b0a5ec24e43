// Buttons that show or hide what is typed into a password field.

export function wireReveals(root = document) {
  for (const button of root.querySelectorAll("[data-reveals]")) {
    const field = document.getElementById(button.dataset.reveals);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      button.setAttribute("aria-label", shown ? button.dataset.textHide : button.dataset.textShow);
    });
  }
}
