"""Everything a browser can keep of a site, read out in one text; and a copy of a word planted in each place."""

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
