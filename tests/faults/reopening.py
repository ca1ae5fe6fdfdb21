"""A tab that is closed and opened again with Ctrl+Shift+T. Without a screen nobody hears that key, so a small
extension of our own asks the browser for the same.
"""

import json

from .phone import Phone

MANIFEST = {
    "manifest_version": 3,
    "name": "Reopens a tab",
    "version": "1",
    "permissions": ["scripting", "sessions", "tabs"],
    "host_permissions": ["<all_urls>"],
    "background": {"service_worker": "worker.js"},
}
REOPEN = """async ([steps]) => {
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const {tab} = await chrome.sessions.restore();
  const held = [];
  const look = async () => {
    await pause(700);
    const func = () => document.documentElement.outerHTML;
    try { held.push((await chrome.scripting.executeScript({target: {tabId: tab.id}, func}))[0].result); }
    catch { held.push(""); }
  };
  await look();
  for (let step = 0; step < steps; step++) {
    try { await chrome.tabs.goBack(tab.id); } catch { break; }
    await look();
  }
  return held;
}"""


def reopened(phone, scene, *, leaves: bool) -> tuple[int, int]:
    """Five private pages, the exit or not, the tab closed and opened again: steps walked back, private words seen."""
    one: Phone = phone()
    extension = one.folder.with_name(f"{one.folder.name}-extension")
    extension.mkdir(parents=True)
    (extension / "manifest.json").write_text(json.dumps(MANIFEST))
    (extension / "worker.js").write_text("")
    one.left_out.append("--disable-extensions")
    one.start(f"--load-extension={extension}", f"--disable-extensions-except={extension}")
    worker = one.context.service_workers or [one.context.wait_for_event("serviceworker")]
    page = one.context.new_page()
    scene.signed_in(page)
    scene.walk(page, 5)
    if leaves:
        page.locator("a.exit").click()
        page.wait_for_url(scene.neutral)
    page.wait_for_timeout(500)
    page.close()
    held = worker[0].evaluate(REOPEN, [6])
    one.forget()
    return len(held), sum(word in text for text in held for word in scene.words)
