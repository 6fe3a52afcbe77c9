/* The worker of /present. It keeps the page of decks and its parts for the day when nobody answers, and
   speaks only then: as long as the server answers, its answer is the one that is shown. No figure of any
   other page is ever kept here; a deck holds its own, each with its release and day. */
"use strict";
var KEPT = "cei-present";
var PATIENCE = 4000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

/* What the page of decks was made of just now; what is no longer part of it goes. */
self.addEventListener("message", function (event) {
  var wanted = (event.data.keep || []).map(function (address) { return new URL(address, self.location.origin); })
    .filter(function (url) { return url.origin === self.location.origin; })
    .map(function (url) { return url.href; });
  event.waitUntil(caches.open(KEPT).then(function (cache) {
    return Promise.all(wanted.map(function (address) { return stored(cache, address); })).then(function (done) {
      var whole = done.every(Boolean);
      return (whole ? pruned(cache, wanted) : Promise.resolve()).then(function () {
        event.ports[0].postMessage(whole);
      });
    });
  }));
});

function stored(cache, address) {
  return fetch(address).then(function (response) {
    return response.ok ? cache.put(address, response).then(function () { return true; }) : false;
  }, function () { return false; });
}

function pruned(cache, wanted) {
  return cache.keys().then(function (requests) {
    return Promise.all(requests.filter(function (r) { return wanted.indexOf(r.url) < 0; }).map(function (r) { return cache.delete(r); }));
  });
}

self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (event.request.mode === "navigate") {
    if (url.pathname === "/present") { event.respondWith(page(event.request, url)); }
    return;
  }
  if (/\.(js|css|woff2|svg|json)$/.test(url.pathname) && url.pathname !== "/sw.js") { event.respondWith(part(event.request)); }
});

/* The page from the server; where none answers in time, the one that was kept, in its language. */
function page(request, url) {
  var language = url.searchParams.get("lang") || "en";
  var answer = fetch(request).then(function (response) {
    if (response.status >= 502) { throw new Error(String(response.status)); }
    return response;
  });
  var late = new Promise(function (_, failed) { setTimeout(function () { failed(new Error("no answer")); }, PATIENCE); });
  return Promise.race([answer, late]).catch(function () {
    return kept(language).then(function (found) { return found || answer; });
  });
}

function kept(language) {
  return caches.match(self.location.origin + "/present/kept?lang=" + language).then(function (found) {
    return found || caches.match(self.location.origin + "/present/kept?lang=en");
  });
}

/* A part whose name changes with its content is taken from what was kept; any other only if nobody answers. */
function part(request) {
  return caches.match(request).then(function (kept) {
    if (kept && (kept.headers.get("Cache-Control") || "").indexOf("immutable") >= 0) { return kept; }
    return fetch(request).catch(function (fault) { if (kept) { return kept; } throw fault; });
  });
}
