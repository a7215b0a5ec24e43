// Moments and durations in words of the page's language.
import { language, t } from "./texts.js";

const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

const MINUTE_MS = 60_000;
const two = (number) => String(number).padStart(2, "0");
const dayOf = (ms) => new Date(ms).toDateString();

export const timeOfDay = (ms) => clock.format(ms);
export const fullTime = (ms) => full.format(ms);
export const iso = (ms) => new Date(ms).toISOString();

/** A number as people of the language write it. */
export const number = (value) => new Intl.NumberFormat(language).format(value);

/** A key that is the same for all moments of one local day. */
export const dayKey = dayOf;

export function dayName(ms, now) {
  if (dayOf(ms) === dayOf(now)) return t("message.today");
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return dayOf(ms) === yesterday.toDateString() ? t("message.yesterday") : day.format(ms);
}

/** How long ago, as short as a list wants it: now, 5 min, 14:02, 3 Sep. */
export function ago(ms, now) {
  const minutes = Math.floor((now - ms) / MINUTE_MS);
  if (minutes < 1) return t("time.now");
  if (minutes < 60) return t("time.minutes", { count: minutes });
  return dayOf(ms) === dayOf(now) ? clock.format(ms) : shortDay.format(ms);
}

/** How long, as roughly as a deadline wants it: 6 d 3 h, 3 h 20 min, 12 min. */
export function span(ms) {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE_MS));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (d) return t("time.days", { days: d, hours: h });
  return h ? t("time.hours", { hours: h, minutes: m }) : t("time.minutes", { count: m });
}

/** A running timer: 4:07, 1:04:07. */
export function elapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
