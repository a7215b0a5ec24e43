// The command that repeats an exchange.

const OWN = new Set(["host", "content-length", "connection", "accept-encoding"]);
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A shell command; `text` decides what of it may be seen. */
export function curl(request, text) {
  const url = request.url.startsWith("/") ? location.origin + request.url : request.url;
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN.has(name.toLowerCase()))
    .map(([name, value]) => `  -H ${quoted(text(`${name}: ${value}`))}`);
  const body = request.body ? [`  --data-binary ${quoted(text(request.body))}`] : [];
  return [`curl -i -X ${request.method} ${quoted(text(url))}`, ...headers, ...body].join(" \\\n");
}
