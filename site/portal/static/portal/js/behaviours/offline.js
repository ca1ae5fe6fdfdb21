/* Only the installed app keeps a page for when there is no connection. A visit in the browser leaves nothing behind. */
export default function offline() {
  if ("serviceWorker" in navigator && matchMedia("(display-mode: standalone)").matches) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
}
