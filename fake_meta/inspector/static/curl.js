// The command that repeats an exchange.

const OWN = new Set(["host", "content-length", "connection", "accept-encoding"]);
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A shell command. */
export function curl(request) {
  const url = request.url.startsWith("/") ? location.origin + request.url : request.url;
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN.has(name.toLowerCase()))
    .map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`);
  const body = request.body ? [`  --data-binary ${quoted(request.body)}`] : [];
  return [`curl -i -X ${request.method} ${quoted(url)}`, ...headers, ...body].join(" \\\n");
}
