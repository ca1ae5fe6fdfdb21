/* Signing in, invitation, PIN. */
import attach from "./attach.js";
import exit from "./behaviours/exit.js";
import closes from "./behaviours/closes.js";
import language from "./behaviours/language.js";
import pin from "./behaviours/pin.js";
import copy from "./behaviours/copy.js";
import passkey from "./behaviours/passkey.js";

attach({ exit, closes, language, pin, copy, passkey });
