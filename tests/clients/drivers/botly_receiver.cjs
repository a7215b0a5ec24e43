// botly: a bot's framework with its own signature check; answers whatever it hears.
const express = require("express");
const Botly = require("botly");

const seat = JSON.parse(process.env.FAKE_META_SEAT);
const botly = new Botly({
  accessToken: seat.page_token,
  verifyToken: seat.verify_token,
  webHookPath: "/hook",
  FB_URL: `${seat.graph}/v25.0/`,
});

function say(sender, text) {
  botly.sendText({ id: sender, text }, (error, answer) => console.log(JSON.stringify({ error, answer })));
}

function confess(sender, refused) {
  botly.sendText(refused, (_error, { error }) => say(sender, `Recusado: ${error.code}/${error.error_subcode ?? "-"}`));
}

botly.on("message", (sender, message, data) => {
  if (data.text === "Quem sou?") {
    botly.getUserProfile({ id: sender, fields: ["name"] }, (_error, profile) => say(sender, profile.name));
  } else if (data.text === "Escreve a ninguém") {
    confess(sender, { id: "1", text: "Olá" });
  } else if (data.text === "Escreve demais") {
    confess(sender, { id: sender, text: "a".repeat(1001) });
  } else {
    say(sender, `Ouvi: ${data.text ?? Object.keys(data.attachments).join()}`);
  }
});
botly.on("error", (error) => console.error(error));

const app = express();
app.get("/health", (_request, response) => response.send("ok"));
app.use(express.json({ verify: botly.getVerifySignature(seat.app_secret) }));
app.use("/", botly.router());
app.listen(seat.port, "127.0.0.1");
