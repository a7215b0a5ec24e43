// The control API (docs/emulator.md).

export class ControlError extends Error {}

const KEPT = "fake_meta control token";
const UNAUTHORIZED = 401;

/** Keep the token as long as this window is open. */
export const keepToken = (token) => sessionStorage.setItem(KEPT, token);

/** Whether the emulator takes calls from here as they are. */
export async function isSignedIn() {
  const response = await fetch("/_control/clock", { headers: authorization() });
  return response.status !== UNAUTHORIZED;
}

function authorization() {
  const token = sessionStorage.getItem(KEPT);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function call(method, path, body, signal) {
  const options = { method, signal, headers: authorization() };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(`/_control/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new ControlError(answer.error ?? `status ${response.status}`);
  return answer;
}

export const read = (path, signal) => call("GET", path, undefined, signal);
export const post = (path, body = {}) => call("POST", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);
