/* Decks are kept by this browser: site.decks.list|load|save|remove, each a promise; site.make builds elements. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var NAME = "cei-decks", CHOSEN = "cei-deck";
  var memory = {};
  var opened = null;

  /* An element; `text` stays text, `on…` listens, null and false leave an attribute out. */
  site.make = function (tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined || value === false) { return; }
      if (name === "text") { element.textContent = value; }
      else if (name.indexOf("on") === 0) { element.addEventListener(name.slice(2), value); }
      else if (name === "value") { element.value = value; }
      else { element.setAttribute(name, value === true ? "" : value); }
    });
    (children || []).forEach(function (child) { if (child) { element.append(child); } });
    return element;
  };

  function identity() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(8));
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  /* The database, or null where the browser keeps none: decks then live as long as the page. */
  function database() {
    opened = opened || new Promise(function (done) {
      var asked;
      try { asked = window.indexedDB.open(NAME, 1); } catch (fault) { done(null); return; }
      asked.onupgradeneeded = function () { asked.result.createObjectStore("decks", { keyPath: "id" }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { done(null); };
    });
    return opened;
  }

  function ask(mode, act, without) {
    return database().then(function (db) {
      if (!db) { return without(); }
      return new Promise(function (done, failed) {
        var request = act(db.transaction("decks", mode).objectStore("decks"));
        request.onsuccess = function () { done(request.result); };
        request.onerror = function () { failed(request.error); };
      });
    });
  }

  var channel = window.BroadcastChannel ? new window.BroadcastChannel(NAME) : null;

  site.decks = {
    identity: identity,
    list: function () {
      return ask("readonly", function (s) { return s.getAll(); }, function () { return Object.values(memory); })
        .then(function (all) { return all.sort(function (a, b) { return a.created < b.created ? -1 : 1; }); });
    },
    load: function (id) {
      return ask("readonly", function (s) { return s.get(id); }, function () { return memory[id]; });
    },
    save: function (deck) {
      return ask("readwrite", function (s) { return s.put(deck); }, function () { memory[deck.id] = deck; })
        .then(function () { if (channel) { channel.postMessage(deck.id); } return deck; });
    },
    remove: function (id) {
      return ask("readwrite", function (s) { return s.delete(id); }, function () { delete memory[id]; });
    },
    /* Another window of this browser changed a deck. */
    onChange: function (act) { if (channel) { channel.onmessage = function (event) { act(event.data); }; } },
    chosen: function (id) {
      try {
        if (id !== undefined) { window.localStorage.setItem(CHOSEN, id); }
        return window.localStorage.getItem(CHOSEN);
      } catch (fault) { return null; }
    },
    fresh: function (name, language) {
      var now = new Date().toISOString();
      return { id: identity(), name: name, language: language, ratio: "16:9", dark: false, created: now, saved: now, slides: [] };
    },
    /* The deck that was open last, else the first, else a new one. */
    current: function (name, language) {
      return site.decks.list().then(function (all) {
        var chosen = site.decks.chosen();
        var found = all.filter(function (deck) { return deck.id === chosen; })[0] || all[0];
        return found || site.decks.fresh(name, language);
      });
    },
    slide: function (content) {
      return {
        id: identity(), kind: content.kind, address: content.address, unit: content.unit, title: content.title,
        annotation: "", notes: "", content: content
      };
    }
  };
})();
