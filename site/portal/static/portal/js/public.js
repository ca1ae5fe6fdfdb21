/* Public pages: the way out and the folded lists. */
import attach from "./attach.js";
import exit from "./behaviours/exit.js";
import closes from "./behaviours/closes.js";
import language from "./behaviours/language.js";
import offline from "./behaviours/offline.js";

attach({ exit, closes, language });
offline();
