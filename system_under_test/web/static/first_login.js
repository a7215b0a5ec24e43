import { wireReveals } from "./reveal.js";

const form = document.querySelector("[data-testid=first-login-form]");
const error = document.querySelector("[data-testid=first-login-error]");
const [first, second] = ["new_password", "repeat_password"].map((name) => form.elements[name]);

wireReveals();
form.addEventListener("submit", (event) => {
  if (first.value === second.value) return;
  event.preventDefault();
  error.textContent = form.dataset.textMismatch;
  error.focus();
});
if (error.textContent) error.focus();
