// Desktop notifications when the browser and the agent allow them; title, sound and data-permission.
//
// Only the customer's name leaves the page: notifications are shown on locked screens too.
import { part, setAttributes } from "./dom.js";
import { openConversations } from "./reducer.js";
import { t } from "./texts.js";

const SOUND = "interact.sound";
const TITLE = document.title;

export class Notifications {
  #mark = part("notifications");
  #enable = part("enable-notifications");
  #sound = document.querySelector("[data-action=sound]");

  constructor(onClick) {
    this.onClick = onClick;
    this.#enable.addEventListener("click", () => this.ask());
    this.#sound.addEventListener("click", () => this.toggleSound());
    this.#setSound(this.#hasSound);
    this.#draw();
  }

  get permission() {
    return "Notification" in window ? Notification.permission : "denied";
  }

  /** Asks once the browser has an open question; some browsers hear it only after a click. */
  async ask() {
    if (this.permission === "default") await Notification.requestPermission();
    this.#draw();
  }

  announce(conversation) {
    if (this.#hasSound) chime();
    this.#draw();
    if (this.permission !== "granted") return;
    const options = { body: conversation.name, tag: `conversation-${conversation.id}` };
    const shown = this.#create(t("notifications.new_conversation"), options);
    shown?.addEventListener("click", () => {
      window.focus();
      shown.close();
      this.onClick(conversation.id);
    });
  }

  drawTitle(state) {
    const waiting = openConversations(state).filter((one) => one.unread > 0).length;
    const title = waiting ? `(${waiting}) ${TITLE}` : TITLE;
    if (document.title !== title) document.title = title;
  }

  #create(title, options) {
    try {
      return new Notification(title, options);
    } catch (trouble) {
      if (trouble instanceof TypeError) return null; // phones show notifications only through a service worker
      throw trouble;
    }
  }

  #draw() {
    const { permission } = this;
    const label = t(`notifications.${permission}`);
    this.#mark.dataset.permission = permission;
    setAttributes(this.#mark, { "aria-label": label, title: label });
    this.#enable.hidden = permission !== "default";
  }

  get #hasSound() {
    return localStorage.getItem(SOUND) !== "off"; // who has not been asked hears, as every desk does
  }

  toggleSound = () => this.#setSound(!this.#hasSound);

  get hasSound() {
    return this.#hasSound;
  }

  #setSound(on) {
    localStorage.setItem(SOUND, on ? "on" : "off");
    const label = t(on ? "notifications.sound_on" : "notifications.sound_off");
    setAttributes(this.#sound, { "aria-pressed": on, "aria-label": label, title: label });
  }
}

let context = null;

// Two short tones, made here: there is no file to fetch. Browsers are silent until the page is clicked.
async function chime() {
  context ??= new AudioContext();
  if (context.state === "suspended" && navigator.userActivation?.hasBeenActive) await context.resume();
  if (context.state === "running") for (const [at, hertz] of [660, 880].entries()) tone(context, hertz, at * 0.14);
}

function tone(context, hertz, start) {
  const [sound, volume] = [context.createOscillator(), context.createGain()];
  const from = context.currentTime + start;
  sound.frequency.value = hertz;
  volume.gain.setValueAtTime(0.08, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + 0.25);
  sound.connect(volume).connect(context.destination);
  sound.start(from);
  sound.stop(from + 0.26);
}
