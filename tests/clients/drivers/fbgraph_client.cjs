// fbgraph: reads, posts, batches.
const { promisify } = require("node:util");
const graph = require("fbgraph");

const facts = JSON.parse(process.env.FAKE_META_FACTS);
graph.setVersion("25.0");
graph.setAccessToken(facts.page_token);
const get = promisify(graph.get);
const post = promisify(graph.post);
const batch = promisify(graph.batch);

async function refused(act) {
  try {
    await act();
  } catch (error) {
    return { status: null, code: error.code ?? null, subcode: error.error_subcode ?? null };
  }
  return {};
}

async function main() {
  const client = { client_id: facts.app_id, client_secret: facts.app_secret };
  const code = { ...client, redirect_uri: facts.redirect_uri, code: facts.code };
  const authorize = promisify(graph.authorize.bind({ ...graph, setAccessToken: () => {} }));
  const short = await authorize(code);
  const message = { recipient: { id: facts.igsid }, message: { text: "Olá" } };
  const answers = await batch([{ method: "GET", relative_url: "me" }, { method: "GET", relative_url: facts.page_id }]);
  console.log(JSON.stringify({
    me: (await get("me")).name,
    batch: answers.map((one) => JSON.parse(one.body).name),
    sent: await post(`${facts.page_id}/messages`, message),
    short: short.token_type,
    long: (await get("/oauth/access_token", { ...client, grant_type: "fb_exchange_token", fb_exchange_token: short.access_token })).expires_in,
    used_code: await refused(() => authorize(code)),
    heard: await get(facts.mid, { fields: "message,from" }),
    nobody: await refused(() => post(`${facts.page_id}/messages`, { ...message, recipient: { id: "1" } })),
    no_field: await refused(() => get("me?fields=nonsense")),
  }));
}

main().catch((error) => { console.error(error); process.exit(1); });
