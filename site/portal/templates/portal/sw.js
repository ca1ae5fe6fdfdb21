{% comment %}The worker of the installed app; see portal/pwa.py. No page is ever kept from a visit.{% endcomment %}const PAGES = [{% for page in pages %}"{{ page|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const STORE = "kept-{{ release }}";
// In which language a notice is read: that of the pages read last. It holds no other word.
const LANGUAGE = "words";
const SAYS = new Map([{% for code, sentence in notices %}["{{ code }}", "{{ sentence|escapejs }}"]{% if not forloop.last %}, {% endif %}{% endfor %}]);

self.addEventListener("install", (event) => {
  const fill = async () => {
    const store = await caches.open(STORE);
    await store.addAll([...PAGES, ...FILES].map((url) => new Request(url, { credentials: "omit", cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== STORE && name !== LANGUAGE) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const code = url.pathname.split("/")[1];
    const wanted = SAYS.has(code) ? `/${code}/offline/` : "{{ default|escapejs }}";
    if (SAYS.has(code)) event.waitUntil(readIn(code));
    event.respondWith(fetch(request).catch(() => caches.match(wanted)));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

// Only a phone that takes notices notes the language; a visit that asked for nothing leaves nothing.
const readIn = async (code) => {
  if (!(await caches.has(LANGUAGE))) return;
  const words = await caches.open(LANGUAGE);
  await words.put("/language", new Response(code));
};

// Whatever came, the notice says the same; a later one takes the place of the one that is there.
self.addEventListener("push", (event) => {
  const tell = async () => {
    const kept = await caches.match("/language", { cacheName: LANGUAGE });
    const noted = kept ? await kept.text() : "";
    const code = SAYS.has(noted) ? noted : "{{ language|escapejs }}";
    await self.registration.showNotification("{{ app_name|escapejs }}", {
      body: SAYS.get(code),
      icon: "{{ icon|escapejs }}",
      badge: "{{ icon|escapejs }}",
      lang: code,
      dir: code === "ar" ? "rtl" : "ltr",
      tag: "new",
    });
  };
  event.waitUntil(tell());
});

// An address that the browser changes by itself is told by her next page, not from here: a worker cannot show who she is
// without keeping something of hers (docs/decisions/0016).

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
