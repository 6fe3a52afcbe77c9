/* For the day when nobody answers: the worker of /present keeps its page and all that the page was made of. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var LETTERS = ["Aa", "əğş", "Бб", "Ққ"];

  function loaded() {
    return window.performance.getEntriesByType("resource").map(function (entry) { return new window.URL(entry.name); })
      .filter(function (url) { return url.origin === window.location.origin && /\.(js|css|woff2|svg|json)$/.test(url.pathname); })
      .filter(function (url) { return url.pathname !== "/sw.js"; })
      .map(function (url) { return url.href; });
  }

  /* Letters of all languages and the drawing of charts, though no slide may have asked for them yet. */
  function warmed(told) {
    var box = site.make("div", { style: "position:absolute;width:200px;height:100px;left:-9999px", "aria-hidden": "true" });
    document.body.append(box);
    var fonts = LETTERS.map(function (letters) { return document.fonts.load('16px "Source Sans 3"', letters); });
    var layout = { width: 200, height: 100, margin: { l: 0, r: 0, t: 0, b: 0 } };
    var drawn = site.draw(box, { data: [{ type: "scatter", x: [0], y: [0] }], layout: layout }, Object.assign({ staticPlot: true }, told.configs.en));
    return Promise.all(fonts.concat([drawn])).then(function () { if (window.Plotly) { window.Plotly.purge(box); } box.remove(); });
  }

  /* -> whether the page can be opened when no server answers; false where the browser keeps nothing. */
  site.keepForLater = function (told) {
    if (!window.navigator.serviceWorker) { return Promise.resolve(false); }
    return window.navigator.serviceWorker.register("/sw.js", { scope: "/present" }).then(function (registration) {
      return warmed(told).then(function () {
        return handed(registration.active || registration.waiting || registration.installing, told);
      });
    }).catch(function () { return false; });
  };

  function handed(worker, told) {
    var pages = told.languages.map(function (l) { return "/present/kept?lang=" + l.code; });
    var named = document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]");
    var parts = Array.prototype.map.call(named, function (e) { return e.src || e.href; });
    return new Promise(function (done) {
      var channel = new window.MessageChannel();
      channel.port1.onmessage = function (event) { done(event.data); };
      worker.postMessage({ keep: pages.concat(parts, loaded()) }, [channel.port2]);
    });
  }

  /* The page that was kept has no Dash in it: decks are mounted as they are. */
  document.addEventListener("DOMContentLoaded", function () {
    var words = document.getElementById("kept-words");
    if (!words) { return; }
    var told = JSON.parse(words.textContent);
    told.kept = true;
    var root = document.getElementById("kept-deck");
    var head = site.make("header", { "class": "page-head" }, [site.make("h1", { text: told.words.heading })]);
    root.before(head);
    site.deckPage(root, told);
  });
})();
