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
  const message = { recipient: { id: facts.igsid }, message: { text: "Olá" } };
  const answers = await batch([{ method: "GET", relative_url: "me" }, { method: "GET", relative_url: facts.page_id }]);
  console.log(JSON.stringify({
    me: (await get("me")).name,
    batch: answers.map((one) => JSON.parse(one.body).name),
    sent: await post(`${facts.page_id}/messages`, message),
    nobody: await refused(() => post(`${facts.page_id}/messages`, { ...message, recipient: { id: "1" } })),
    no_field: await refused(() => get("me?fields=nonsense")),
  }));
}

main().catch((error) => { console.error(error); process.exit(1); });
