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

async function send(method, path, content, type, signal) {
  const headers = content === undefined ? authorization() : { ...authorization(), "Content-Type": type };
  const response = await fetch(`/_control/${path}`, { method, signal, headers, body: content });
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw new ControlError(answer.error ?? `status ${response.status}`);
}

async function call(method, path, body, signal) {
  const content = body === undefined ? undefined : JSON.stringify(body);
  return (await send(method, path, content, "application/json", signal)).json();
}

export const read = (path, signal) => call("GET", path, undefined, signal);
export const post = (path, body = {}) => call("POST", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const put = async (path, file) => (await send("PUT", path, file, "application/octet-stream")).json();
export const readFile = async (path) => (await send("GET", path)).blob();
export const remove = (path) => call("DELETE", path);
