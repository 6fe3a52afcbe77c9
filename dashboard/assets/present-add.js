/* A button with data-slide puts what its address answers into the deck, and says so; Undo takes it out again. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var leaving = null, from = null, passed = "";

  function told(children, css) {
    var box = document.getElementById("toast");
    if (!box) {
      box = site.make("div", { id: "toast", role: "status", "aria-live": "polite" });
      document.body.append(box);
    }
    box.className = "toast " + (css || "");
    box.replaceChildren.apply(box, children);
    window.clearTimeout(leaving);
    passed = "";
    leaving = window.setTimeout(function () { if (box.contains(document.activeElement)) { told(children, css); } else { gone(); } }, 12000);
  }
  site.toast = told;

  function answered(address) {
    return window.fetch(address, { headers: { Accept: "application/json" } }).then(function (response) {
      return response.json().then(function (said) {
        if (response.ok) { return said; }
        throw { faults: said.faults || [] };
      });
    });
  }

  /* The content of a slide: of its address, in a language, of a release or, where that is "", of the newest. */
  site.slideContent = function (slide, language, release) {
    var page = slide.address.split("?");
    var query = new URLSearchParams(page[1] || "");
    query.delete("lang");
    if (language && language !== "en") { query.set("lang", language); }
    if (release !== undefined) { query.delete("release"); }
    if (release) { query.set("release", release); }
    var asked = new URLSearchParams({ kind: slide.kind, address: page[0] + "?" + query.toString() });
    if (slide.unit) { asked.set("unit", slide.unit); }
    return answered("/present/slide?" + asked.toString());
  };

  function asked(button) {
    var query = new URLSearchParams(button.getAttribute("data-slide").split("?")[1]);
    return { kind: query.get("kind"), address: query.get("address"), unit: query.get("unit") || "" };
  }

  function spoken(address) { return new URLSearchParams(address.split("?")[1] || "").get("lang") || "en"; }

  function add(button) {
    if (button.hasAttribute("aria-busy")) { return Promise.resolve(); }
    var slide = asked(button);
    from = button;
    button.setAttribute("aria-busy", "true");  /* a disabled button would lose the focus */
    return site.decks.current("", spoken(slide.address)).then(function (deck) {
      var language = deck.slides.length ? deck.language : spoken(slide.address);
      return site.slideContent(slide, language).then(function (said) { return put(deck, said, language); });
    }).catch(function (fault) {
      var faults = fault.faults || [button.getAttribute("data-unreached")];
      told(faults.map(function (f) { return site.make("p", { text: f }); }), "wrong");
    }).then(function () { button.removeAttribute("aria-busy"); });
  }

  function put(deck, said, language) {
    var slide = site.decks.slide(said.slide);
    var next = Object.assign({}, deck, {
      name: deck.name || said.says.deck, language: language, slides: deck.slides.concat([slide]), saved: new Date().toISOString()
    });
    return site.decks.save(next).then(function () {
      site.decks.chosen(next.id);
      told([
        site.make("p", { text: said.says.added }),
        site.make("p", {}, [
          site.make("a", { href: said.says.page, text: said.says.open, onclick: follow }),
          site.make("button", { type: "button", text: said.says.undo, onclick: function () { takeOut(next.id, slide.id); } })
        ])
      ]);
    });
  }

  function takeOut(id, slide) {
    site.decks.load(id).then(function (deck) {
      deck.slides = deck.slides.filter(function (s) { return s.id !== slide; });
      return site.decks.save(deck);
    }).then(gone);
  }

  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !site.go) { return; }
    event.preventDefault();
    site.go(event.currentTarget.getAttribute("href"));
    gone();
    site.home();
  }

  function gone() {
    var box = document.getElementById("toast");
    if (from && box.contains(document.activeElement)) { from.focus({ preventScroll: true }); }
    box.className = "toast gone";
  }

  /* By keyboard what is said stands right after the button that made it say so. */
  document.addEventListener("keydown", function (event) {
    var box = document.getElementById("toast");
    if (event.key !== "Tab" || !from || !box || /gone/.test(box.className)) { return; }
    var stops = box.querySelectorAll("a, button"), last = stops[stops.length - 1];
    var leaves = document.activeElement === (event.shiftKey ? stops[0] : last);
    if (!stops.length || !(leaves || (document.activeElement === from && !event.shiftKey && passed !== box.textContent))) { return; }
    if (leaves) {
      passed = box.textContent;
      from.focus();
      if (!event.shiftKey) { return; }  /* and the browser goes on from there */
    } else { stops[0].focus(); }
    event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-slide]");
    if (button) { event.preventDefault(); add(button); }
  });
})();
