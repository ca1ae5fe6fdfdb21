/* Signing in, invitation, PIN; and one's own words on a page that says no. */
import attach from "./attach.js";
import alone from "./behaviours/alone.js";
import exit from "./behaviours/exit.js";
import closes from "./behaviours/closes.js";
import language from "./behaviours/language.js";
import history from "./behaviours/history.js";
import watch from "./behaviours/watch.js";
import pin from "./behaviours/pin.js";
import copy from "./behaviours/copy.js";
import passkey from "./behaviours/passkey.js";

attach({ alone, exit, closes, language, history, watch, pin, copy, passkey });
