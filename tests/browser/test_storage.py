"""The browser keeps nothing of what was written: not while one writes, not after leaving (G33)."""

import pytest

from .places import PHONE, conversation_of

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

CANARY = "kanarievogel"
SCAN = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state), window.name];
  for (const {name} of await indexedDB.databases()) {
    const base = await new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    for (const store of base.objectStoreNames) {
      found.push(JSON.stringify(await new Promise((done) => {
        const asked = base.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      })));
    }
    base.close();
  }
  for (const key of await caches.keys()) {
    const kept = await caches.open(key);
    for (const asked of await kept.keys()) found.push(asked.url, await (await kept.match(asked)).text());
  }
  for (const one of await navigator.serviceWorker.getRegistrations()) found.push(`worker ${one.scope}`);
  return found.join("\\n");
}"""
PLANT = """async (word) => {
  localStorage.setItem("a", word);
  sessionStorage.setItem("a", word);
  await (await caches.open("a")).put("/a", new Response(word));
  await new Promise((done) => {
    const asked = indexedDB.open("a");
    asked.onupgradeneeded = () => asked.result.createObjectStore("a", {autoIncrement: true});
    asked.onsuccess = () => {
      const step = asked.result.transaction("a", "readwrite");
      step.objectStore("a").add(word);
      step.oncomplete = () => { asked.result.close(); done(); };
    };
  });
}"""


def test_nothing_of_a_message_stays_in_the_browser(portal, parent):
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(conversation_of(page, portal, "nl"))
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.fill("textarea[name=text]", f"Mijn {CANARY} zingt niet meer.")
        page.locator("textarea[name=text]").blur()
    assert CANARY not in page.evaluate(SCAN)
    page.click("form.composer button[name=send]")
    page.locator("#own", has_text=CANARY).wait_for()
    page.goto("/nl/my/")
    kept = page.evaluate(SCAN)
    assert CANARY not in kept
    assert "worker" not in kept

    # A copy in every place: the scan finds each, and leaving takes them all.
    page.evaluate(PLANT, CANARY)
    assert page.evaluate(SCAN).count(CANARY) == 4
    page.click("a.exit")
    page.wait_for_url(portal.neutral)
    page.goto("/nl/")
    assert CANARY not in page.evaluate(SCAN)


def test_the_browser_is_not_asked_to_remember_a_box(portal, parent):
    """No autofill of what others on this phone typed, and nothing brought back by going back."""
    page = parent("els@demo.invalid", "nl", PHONE)
    page.goto(conversation_of(page, portal, "nl"))
    assert page.get_attribute("form.composer", "autocomplete") == "off"
    assert page.get_attribute("textarea[name=text]", "autocomplete") == "off"
