/* Fills a details.cite, once it is opened, with what the API says of how its figures are cited and fetched. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var ORDER = ["text", "short", "bibtex", "ris", "python", "r", "excel", "stata"];

  document.addEventListener("toggle", function (event) {
    var held = event.target;
    if (!held.classList || !held.classList.contains("cite") || !held.open || held.dataset.had === held.dataset.from) { return; }
    fill(held);
  }, true);

  /* The page may come to show another answer while it stands open. */
  new MutationObserver(function (changes) {
    changes.forEach(function (change) { if (change.target.open) { fill(change.target); } });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-from"], subtree: true });

  /* Copies without asking for a right: what the reader presses gives the words of the copy itself.
     Whether it was done. */
  site.copy = function (text) {
    function give(event) { event.clipboardData.setData("text/plain", text); event.preventDefault(); }
    document.addEventListener("copy", give, { once: true, capture: true });
    var done = document.execCommand("copy");
    document.removeEventListener("copy", give, { capture: true });
    return done;
  };

  function fill(held) {
    var words = JSON.parse(held.dataset.words), place = held.querySelector(".cited-here"), from = held.dataset.from;
    var status = site.make("p", { role: "status", text: words.waits });
    place.replaceChildren(status);
    fetch(from, { headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    }).then(function (told) {
      if (held.dataset.from !== from) { return; }
      held.dataset.had = from;
      status.textContent = "";
      var all = Object.assign({}, told, told.use);
      place.replaceChildren.apply(place, ORDER.filter(function (name) { return all[name]; }).map(function (name) {
        return shown(words, name, all[name], status);
      }).concat(status));
    }).catch(function () { status.textContent = words.failed; });
  }

  function shown(words, name, text, status) {
    var copy = site.make("button", {
      type: "button", "class": "way", text: words.copy, "aria-label": words.copy + ": " + words[name],
      onclick: function () { site.copy(text); status.textContent = words.copied + ": " + words[name]; }
    });
    return site.make("section", { "class": "cited" }, [
      site.make("h3", { text: words[name] }), copy, site.make("pre", { tabindex: "0", text: text })
    ]);
  }
})();
