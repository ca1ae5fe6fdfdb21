/* Private pages of parents and staff. */
import attach from "./attach.js";
import exit from "./behaviours/exit.js";
import closes from "./behaviours/closes.js";
import language from "./behaviours/language.js";
import history from "./behaviours/history.js";
import forms from "./behaviours/forms.js";
import watch from "./behaviours/watch.js";
import composer from "./behaviours/composer.js";
import live from "./behaviours/live.js";
import pin from "./behaviours/pin.js";
import copy from "./behaviours/copy.js";
import counts from "./behaviours/counts.js";
import push from "./behaviours/push.js";
import once from "./behaviours/once.js";
import print from "./behaviours/print.js";
import passkey from "./behaviours/passkey.js";

attach({ exit, closes, language, history, forms, watch, composer, live, pin, copy, counts, once, push, print, passkey });
