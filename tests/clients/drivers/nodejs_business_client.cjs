// facebook-nodejs-business-sdk: Meta's own SDK for Node.
const { FacebookAdsApi, Page, User } = require("facebook-nodejs-business-sdk");

const facts = JSON.parse(process.env.FAKE_META_FACTS);

async function refused(act) {
  try {
    await act();
  } catch (error) {
    const told = error.response?.error ?? error.response?.data?.error ?? error.response ?? error;
    return { status: error.status ?? null, code: told.code ?? null, subcode: told.error_subcode ?? null };
  }
  return {};
}

async function main() {
  const api = new FacebookAdsApi(facts.page_token, "en_US", false);
  const page = await new Page(facts.page_id, {}, undefined, api).read(["name", "id"]);
  const message = { recipient: { id: facts.igsid }, message: { text: "Olá" } };
  const listed = await page.getConversations(["id"], { platform: "instagram", limit: 1 });
  const first = listed.length;
  await listed.next();
  const seen = {
    pages: [first, listed.length, listed.hasNext()],
    heard: await api.call("GET", [facts.mid], { fields: "message,from" }),
    page_of_user: (await new User("me", {}, undefined, new FacebookAdsApi(facts.user_token, "en_US", false)).getAccounts(["name"]))[0].name,
    name: page.name,
    sent: await api.call("POST", [facts.page_id, "messages"], message),
    conversations: (await api.call("GET", [facts.page_id, "conversations"], { platform: "instagram" })).data.length,
    nobody: await refused(() => api.call("POST", [facts.page_id, "messages"], { ...message, recipient: { id: "1" } })),
    wrong_token: await refused(() => new FacebookAdsApi("EAAwrong", "en_US", false).call("GET", ["me"])),
  };
  console.log(JSON.stringify(seen));
}

main().catch((error) => { console.error(error); process.exit(1); });
