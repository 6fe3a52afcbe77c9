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

  /* An address that asks the usual question in silence, with that question written out. */
  function spelled(search, controls) {
    var query = new URLSearchParams(search || "");
    var asks = function (c) { return c.id.control === "indicator"; };
    if (query.has("indicator") || !controls.some(asks)) { return search || ""; }
    controls.forEach(function (c) {
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
        var known = pathname === "/" && !query.has("passport") && query.has("indicator");
        var page = [pathname, known ? search : withoutPassport(pathname, search)];
        var passport = query.has("passport") ? [pathname, search] : [pathname, ""];
        var wasOpen = open && open[1] !== "";
        var moved = !same(page, view);
        if (moved && view && !fromControl) { window.scrollTo(0, 0); }
        fromControl = false;
        var drawerChanged = passport[1] === "" ? wasOpen : !same(passport, open);
        return [moved ? page : none(), drawerChanged ? passport : none()];
      },
      /* The control that was touched writes its parameter; what others show by default stays out. */
      write: function (values, search) {
        var triggered = window.dash_clientside.callback_context.triggered;
        if (triggered.length !== 1 || triggered[0].prop_id === ".") { return none(); }
        var control = JSON.parse(triggered[0].prop_id.replace(/\.value$/, ""));
        var value = triggered[0].value;
        var text = Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value);
        var query = new URLSearchParams(spelled(search, window.dash_clientside.callback_context.inputs_list[0]));
        var before = query.get(control.control) || "";
        query.delete("passport");
        if (text === "" || text === control.usual) { query.delete(control.control); } else { query.set(control.control, text); }
        if (control.forgets && text !== before) { query.delete(control.forgets); }
        if (written(query) === (search || "")) { return none(); }
        fromControl = true;
        window.site.remember();
        return written(query);
      }
    }
  });

  var site = window.site = window.site || {};

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
    if (chosen || !list.contains(event.target)) { list.open = false; }
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
