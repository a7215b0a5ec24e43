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

botly.on("message", (sender, message, data) => {
  botly.sendText({ id: sender, text: `Ouvi: ${data.text ?? Object.keys(data.attachments).join()}` }, (error, answer) => {
    console.log(JSON.stringify({ error, answer }));
  });
});
botly.on("error", (error) => console.error(error));

const app = express();
app.get("/health", (_request, response) => response.send("ok"));
app.use(express.json({ verify: botly.getVerifySignature(seat.app_secret) }));
app.use("/", botly.router());
app.listen(seat.port, "127.0.0.1");
