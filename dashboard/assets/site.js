/* The address is the state: it is split into the page and the passport that lies open on it. */
(function () {
  "use strict";
  var fromControl = false;
  var none = function () { return window.dash_clientside.no_update; };

  function withoutPassport(pathname, search) {
    var query = new URLSearchParams(search || "");
    query.delete("passport");
    if (pathname === "/") { query.delete("indicator"); }
    return written(query);
  }

  function written(query) {
    var text = query.toString().replace(/%2C/g, ",");
    return text ? "?" + text : "";
  }

  /* The address of a page is without the passport that lies on it, unless the page is that passport's. */
  function pageOf(pathname, search) {
    var query = new URLSearchParams(search || "");
    var known = pathname === "/" && !query.has("passport") && query.has("indicator");
    return [pathname, known ? search : withoutPassport(pathname, search)];
  }

  /* The controls of the page that is drawn, by the parameter that they write. */
  var controls = {};

  /* An address that asks the usual question in silence, with that question written out. */
  function spelled(search) {
    var query = new URLSearchParams(search || "");
    if (query.has("indicator") || !controls.indicator) { return search || ""; }
    Object.keys(controls).forEach(function (name) {
      var c = controls[name];
      var text = Array.isArray(c.value) ? c.value.join(",") : c.value;
      if (text && String(text) !== c.id.usual) { query.set(c.id.control, text); }
    });
    return written(query);
  }

  function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    site: {
      /* (pathname, search, page shown, passport shown) -> [page, passport], each only where it changed. */
      split: function (pathname, search, view, open) {
        var query = new URLSearchParams(search || "");
        var page = pageOf(pathname, search);
        var passport = query.has("passport") ? [pathname, search] : [pathname, ""];
        var wasOpen = open && open[1] !== "";
        var moved = !same(page, view);
        if (moved && view && !fromControl) { window.scrollTo(0, 0); }
        fromControl = false;
        var drawerChanged = passport[1] === "" ? wasOpen : !same(passport, open);
        return [moved ? page : none(), drawerChanged ? passport : none()];
      }
    }
  });

  var site = window.site = window.site || {};

  /* Whether the address that now holds asks for this page. */
  site.asks = function (page) { return same(pageOf(window.location.pathname, window.location.search), page); };

  site.control = function (id, value) {
    controls[id.control] = { id: id, value: value };
    return function () { if (controls[id.control] && controls[id.control].id === id) { delete controls[id.control]; } };
  };

  /* A control writes its parameter into the address that now holds, whichever page is drawn by then; what
     others show by default stays out. The page follows the address. */
  site.write = function (control, value) {
    var here = window.location, search = here.search;
    if (site.drawn && site.drawn[0] !== here.pathname) { return; }
    var text = Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value);
    var query = new URLSearchParams(spelled(search));
    var before = query.get(control.control) || "";
    query.delete("passport");
    if (text === "" || text === control.usual) { query.delete(control.control); } else { query.set(control.control, text); }
    if (control.forgets && text !== before) { query.delete(control.forgets); }
    if (written(query) === search) { return; }
    site.stay();
    site.go(here.pathname + written(query));
  };

  /* Where a link leads. One that changes something of this page was written for the page that is drawn; where
     the reader has changed something else since, it changes its own part of the address that now holds. */
  site.meant = function (link) {
    var href = link.getAttribute("href"), to = new URL(href, window.location.href), here = window.location;
    if (!link.classList.contains("stay") || !site.drawn || to.pathname !== here.pathname || site.asks(site.drawn)) { return href; }
    var from = new URLSearchParams(spelled(site.drawn[1])), now = new URLSearchParams(here.search);
    new Set(Array.from(from.keys()).concat(Array.from(to.searchParams.keys()))).forEach(function (name) {
      var value = to.searchParams.get(name);
      if (value === from.get(name)) { return; }
      if (value === null) { now.delete(name); } else { now.set(name, value); }
    });
    now.delete("passport");
    return here.pathname + written(now);
  };

  /* The next change of the address is of what is looked at: the page does not jump to its head. */
  site.stay = function () {
    fromControl = true;
    site.remember();
  };

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a.stay")) { site.stay(); }
  }, true);

  /* The number that was pressed takes the focus back when its passport closes. */
  var lastNumber = null;
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.to-passport");
    if (link && !link.closest("#passport")) { lastNumber = link; }
  }, true);

  /* Another language is the same address, an open passport included; the list of languages closes when left. */
  document.addEventListener("click", function (event) {
    var list = document.querySelector("#head .languages[open]");
    if (!list) { return; }
    var chosen = event.target.closest && event.target.closest("a.language");
    if (chosen) {
      var query = new URLSearchParams(window.location.search);
      var wanted = new URLSearchParams(chosen.search).get("lang");
      if (wanted) { query.set("lang", wanted); } else { query.delete("lang"); }
      chosen.setAttribute("href", window.location.pathname + written(query));
    }
    if (chosen || !list.contains(event.target)) {
      if (list.contains(document.activeElement)) { list.querySelector("summary").focus(); }
      list.open = false;
    }
  }, true);

  /* What takes the focus back when the passport closes, where no link was pressed. */
  window.site = window.site || {};
  window.site.returnTo = function (element) { lastNumber = element; };

  document.addEventListener("keydown", function (event) {
    var list = event.key === "Escape" && document.querySelector("#head details[open]");
    if (list) { list.open = false; list.querySelector("summary").focus(); return; }
    var close = event.key === "Escape" && document.querySelector("#passport a.close");
    if (close) { close.click(); }
  });

  /* The passport takes the focus when it opens and gives it back when it closes; the title follows the page. */
  new MutationObserver(function () {
    var drawer = document.getElementById("passport");
    if (!drawer) { return; }
    var heading = drawer.querySelector("h2.headline");
    if (heading && heading !== shown) {
      drawer.scrollTop = 0;
      heading.focus({ preventScroll: true });
    } else if (!heading && shown && lastNumber && document.contains(lastNumber)) {
      lastNumber.focus({ preventScroll: true });
    }
    shown = heading;
    var title = document.querySelector("#page .figure-page .headline") || document.querySelector("#page h1");
    var brand = document.querySelector("#head .brand");
    var name = brand ? brand.textContent : document.title;
    var spoken = document.querySelector("#head .languages .here");
    var language = spoken && spoken.parentElement.lang;
    if (language && document.documentElement.lang !== language) { document.documentElement.lang = language; }
    var wanted = title ? title.textContent + " – " + name : name;
    if (document.title !== wanted) { document.title = wanted; }
    var hash = window.location.hash.slice(1);
    var anchor = hash && document.getElementById(hash);
    if (anchor && hash !== reached) { reached = hash; anchor.scrollIntoView(); }
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.addEventListener("popstate", function () { reached = null; });

  var shown = null;
  var reached = null;

  site.askFirst();
})();
