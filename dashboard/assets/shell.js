/* The shell: light or dark, undo, and what is seen while the server is asked or cannot be reached. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var PATIENCE = 150, YEAR = 31536000;
  var root = document.documentElement;

  /* ── light or dark: as the system has it unless the reader says; a cookie, for the server writes the page ── */
  function setTheme(name) {
    if (name) { root.dataset.theme = name; } else { delete root.dataset.theme; }
    document.querySelector("meta[name=color-scheme]").content = name || "light dark";
    document.cookie = "theme=" + name + "; path=/; SameSite=Strict; max-age=" + (name ? YEAR : 0);
    site.repaint();
    paint(document);
    mark();
  }

  function mark() {
    var chosen = root.dataset.theme || "";
    document.querySelectorAll("#head [data-choice]").forEach(function (button) {
      var pressed = String(button.dataset.choice === chosen);
      if (button.getAttribute("aria-pressed") !== pressed) { button.setAttribute("aria-pressed", pressed); }
    });
  }

  /* Drawings ask the system whether it is dark; where the reader has chosen, they are told instead. */
  var ASKS = "(prefers-color-scheme:dark)", YES = "(min-width:0)", NO = "(max-width:0)";
  site.drawing = function (source) {
    var chosen = root.dataset.theme;
    return [ASKS, YES, NO].reduce(function (text, said) {
      return text.split(said).join(chosen ? (chosen === "dark" ? YES : NO) : ASKS);
    }, source);
  };

  function paint(part) {
    part.querySelectorAll("img[src^='data:image/svg+xml']").forEach(function (image) {
      var wanted = site.drawing(image.getAttribute("src"));
      if (wanted !== image.getAttribute("src")) { image.setAttribute("src", wanted); }
    });
  }

  /* ── undo: the address before the last change of a control ── */
  var before = [];
  var here = function () { return window.location.pathname + window.location.search; };

  /* To be called before a change that undo takes back. */
  site.remember = function () {
    if (before[before.length - 1] !== here()) { before.push(here()); }
    offer();
  };

  site.undo = function () {
    var address = before.pop();
    while (address !== undefined && address === here()) { address = before.pop(); }
    if (address !== undefined) { site.go(address); }
    offer();
  };

  /* Where nothing is left to take back, the button goes, and the focus does not go with it. */
  function offer() {
    var held = document.activeElement && document.activeElement.matches("#head .undo");
    root.classList.toggle("can-undo", before.length > 0);
    if (held && !before.length) { site.home(); }
  }

  /* What floats over the page does not lie on what has the focus: the page moves from under it. */
  document.addEventListener("focusin", function (event) {
    if (!event.target.matches(":focus-visible")) { return; }
    window.requestAnimationFrame(function () {
      var at = event.target.getBoundingClientRect();
      document.querySelectorAll("#toast:not(.gone), #head .undo").forEach(function (over) {
        var box = over.getBoundingClientRect();
        if (window.getComputedStyle(over).position !== "fixed" || over.contains(event.target) || !box.height) { return; }
        if (at.bottom > box.top && at.top < box.bottom && at.right > box.left && at.left < box.right) {
          window.scrollBy(0, Math.min(at.bottom - box.top + 12, at.top - 80));
        }
      });
    });
  });

  document.addEventListener("keydown", function (event) {
    var writes = event.target.closest && event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]");
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !writes && before.length) {
      event.preventDefault();
      site.undo();
    }
  });

  /* ── a page on its way: a bar after a moment; where the server is away, the page of before stays ── */
  var asked = 0, waiting = [], timer = null;

  function busy() {
    var page = document.getElementById("page");
    var long = asked > 0;
    root.classList.toggle("busy", long);
    if (page) { if (long) { page.setAttribute("aria-busy", "true"); } else { page.removeAttribute("aria-busy"); } }
  }

  function count(by) {
    asked += by;
    window.clearTimeout(timer);
    if (asked > 0) { timer = window.setTimeout(busy, PATIENCE); } else { busy(); }
  }

  function away() { root.classList.toggle("unreachable", waiting.length > 0); }

  site.again = function () {
    var all = waiting;
    waiting = [];
    away();
    all.forEach(function (one) { one(); });
  };

  var send = window.fetch;
  window.fetch = function (address, how) {
    if (String(address).indexOf("/_dash-update-component") < 0) { return send.call(window, address, how); }
    var first = site.underWay(how);
    if (first) { return first; }
    function attempt() {
      count(1);
      return send.call(window, address, how).then(function (answer) {
        if (answer.status >= 500) { throw new Error(String(answer.status)); }
        count(-1);
        return answer;
      }).catch(function (fault) {
        count(-1);
        if (fault.name === "AbortError") { throw fault; }
        return new Promise(function (done) {
          waiting.push(function () { done(attempt()); });
          away();
        });
      });
    }
    return attempt();
  };
  window.addEventListener("online", function () { site.again(); });

  /* What stands where a chart could not be loaded, or a part not be drawn: the words of the head, another try. */
  site.trouble = function (again, says) {
    var said = document.querySelector("#head ." + (says || "unreachable-says"));
    var button = document.querySelector("#head .again");
    return window.React.createElement("p", { className: "chart-fails", role: "alert" }, said ? said.textContent : "", " ",
      window.React.createElement("button", { type: "button", className: "plain", onClick: again }, button ? button.textContent : "↻"));
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("#head button, .first-away button");
    var menu = document.querySelector("#head .themes[open]");
    if (menu && !menu.contains(event.target)) { menu.open = false; }
    if (!button) { return; }
    if (button.dataset.choice !== undefined) { setTheme(button.dataset.choice); }
    if (button.classList.contains("undo")) { site.undo(); }
    if (button.classList.contains("again")) { site.again(); }
  });

  new MutationObserver(mark).observe(document.documentElement, { childList: true, subtree: true });
})();
