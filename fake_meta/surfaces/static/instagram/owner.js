// The company's own side of a thread: what is written, read or unsent meanwhile comes by itself.
import { Thread } from "./thread.js";

new Thread(document.querySelector("[data-news]"));
