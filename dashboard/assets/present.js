/* The page of decks: which there are, their slides in order, what is written on them; site.Deck mounts it. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var make = function () { return site.make.apply(null, arguments); };
  var MOST_UNDONE = 30;

  /* `told`: words, languages, configs, dark, release (of dashboard/present/spoken.py). */
  site.deckPage = function (root, told) {
    var say = told.words, deck = null, all = [], undone = [], ended = false;
    site.deckFile.languages = told.languages.map(function (l) { return l.code; });
    root.classList.add("decks");
    var status = make("p", { "class": "deck-status", role: "status", "aria-live": "polite" });
    var banner = make("div", { "class": "notices deck-offline", role: "status", hidden: true });
    var tools = make("div", { "class": "deck-tools" });
    var report = make("div", { "class": "deck-report" });
    var shelf = make("ol", { "class": "deck-slides" });
    var ready = make("p", { "class": "quiet deck-ready" });
    var take = site.deckTake(told, function () { return deck; });
    root.replaceChildren(banner, tools, status, report, shelf, take, make("p", { "class": "quiet", text: say.keys }), ready);

    function filled(text, fields) {
      return text.replace(/{(\w+)}/g, function (_, name) { return fields[name] === undefined ? "" : String(fields[name]); });
    }

    function button(text, act, more) {
      return make("button", Object.assign({ type: "button", text: text, onclick: act }, more || {}));
    }

    /* Every change makes a new deck; the old one waits for Undo. */
    function change(fields, told) {
      undone.push(deck);
      undone = undone.slice(-MOST_UNDONE);
      keep(Object.assign({}, deck, fields, { saved: new Date().toISOString() }));
      if (told) { status.textContent = told; }
    }

    function keep(next) {
      deck = next;
      site.decks.chosen(deck.id);
      return site.decks.save(deck).catch(function () { status.textContent = say.notKept; });
    }

    function undo() {
      if (!undone.length) { return; }
      keep(undone.pop());
      status.textContent = say.undone;
      render();
    }

    function edit(id, fields) {
      change({ slides: deck.slides.map(function (s) { return s.id === id ? Object.assign({}, s, fields) : s; }) });
      touched();
    }

    /* The tools after a small change: none is made anew, for one of them may be just about to be pressed. */
    function touched() {
      tools.querySelector(".deck-undo").disabled = !undone.length;
      tools.querySelector(".deck-choice option:checked").textContent = deck.name;
    }

    function move(id, by) {
      var from = index(id), to = from + by;
      if (to < 0 || to >= deck.slides.length) { return; }
      var slides = deck.slides.slice();
      slides.splice(to, 0, slides.splice(from, 1)[0]);
      change({ slides: slides }, filled(say.moved, { title: slides[to].title, n: to + 1, all: slides.length }));
      var item = itemOf(id), other = shelf.children[to];
      if (item !== other) { shelf.insertBefore(item, by > 0 ? other.nextSibling : other); }
      number();
      touched();
    }

    function index(id) { return deck.slides.map(function (s) { return s.id; }).indexOf(id); }
    function itemOf(id) { return shelf.querySelector('[data-slide-id="' + id + '"]'); }

    function insert(slides, at, says) {
      var next = deck.slides.slice();
      Array.prototype.splice.apply(next, [at, 0].concat(slides));
      change({ slides: next }, says);
      render();
      var item = itemOf(slides[0].id);
      if (item) { item.querySelector("input").focus(); }
    }

    function textSlide(title) {
      return { id: site.decks.identity(), kind: "text", address: "", unit: "", title: title, annotation: "", notes: "", content: null };
    }

    function remove(id) {
      var at = index(id), title = deck.slides[at].title;
      change({ slides: deck.slides.filter(function (s) { return s.id !== id; }) }, filled(say.removed, { title: title }));
      render();
      var next = shelf.children[Math.min(at, deck.slides.length - 1)];
      (next ? next.querySelector("input") : tools.querySelector("button")).focus();
    }

    /* ── one slide in the list ── */

    function item(slide) {
      var made = site.slide(slide, deck, told, ""), frame = site.framed(made, deck.ratio);
      var thumb = button("", function () { start(index(slide.id)); }, { "class": "deck-thumb", "aria-label": say.showFrom });
      thumb.append(frame);
      var element = make("li", { "data-slide-id": slide.id, tabindex: "-1" }, [
        make("span", { "class": "deck-grip", draggable: "true", title: say.drag, text: "⠿", "aria-hidden": "true" }),
        thumb, fields(slide), actions(slide)
      ]);
      site.deckDrag(element, slide.id, function (moved) { if (index(moved) >= 0) { move(moved, index(slide.id) - index(moved)); } });
      element.addEventListener("keydown", function (event) {
        if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) { return; }
        event.preventDefault();
        var focused = document.activeElement;
        move(slide.id, event.key === "ArrowUp" ? -1 : 1);
        focused.focus();
      });
      made.element.setAttribute("aria-hidden", "true");
      return { element: element, draw: made.draw };
    }

    function field(title, tag, value, longest, act, input) {
      var control = make(tag, { value: value, maxlength: longest, onchange: act, oninput: input, rows: tag === "textarea" ? 2 : null });
      return make("label", {}, [make("span", { "class": "control-title", text: title }), control]);
    }

    function fields(slide) {
      var own = function (name) {
        return function (event) {
          var fields = {};
          fields[name] = event.target.value;
          edit(slide.id, fields);
          if (name === "annotation") { redrawn(slide.id); } else { number(); }
        };
      };
      var children = [
        field(say.title, "input", slide.title, 300, own("title"), function (event) {
          itemOf(slide.id).querySelector(".slide-title").textContent = event.target.value;
        }),
        field(slide.kind === "text" ? say.text : say.annotation, "textarea", slide.annotation, 2000, own("annotation")),
        field(say.notes, "textarea", slide.notes, 20000, own("notes"))
      ];
      if (slide.content) {
        var origin = make("p", { "class": "quiet deck-origin" }, [
          make("span", { lang: slide.content.language, text: slide.content.origin + " " })
        ]);
        origin.append(make("a", { href: slide.address, text: say.openPage }));
        children.push(origin);
      }
      return make("div", { "class": "deck-fields" }, children);
    }

    /* The slide anew in its frame; what the reader types in beside it is left alone. */
    function redrawn(id) {
      var slide = deck.slides[index(id)], old = itemOf(id);
      if (!slide || !old) { return; }
      var made = site.slide(slide, deck, told, "");
      made.element.setAttribute("aria-hidden", "true");
      old.querySelector(".frame").replaceChildren(made.element);
      number();
      made.draw();
    }

    function actions(slide) {
      var named = function (text) { return { title: text, "aria-label": text + ": " + slide.title }; };
      return make("div", { "class": "deck-actions" }, [
        button("↑", function () { move(slide.id, -1); this.focus(); }, named(say.up)),
        button("↓", function () { move(slide.id, 1); this.focus(); }, named(say.down)),
        button(say.copy, function () {
          var twin = Object.assign({}, deck.slides[index(slide.id)], { id: site.decks.identity() });
          insert([twin], index(slide.id) + 1, filled(say.copied, { title: slide.title }));
        }, named(say.copy)),
        button(say.remove, function () { remove(slide.id); }, named(say.remove))
      ]);
    }

    function number() {
      Array.prototype.forEach.call(shelf.children, function (element, i) {
        var slide = deck.slides[i];
        element.setAttribute("aria-label", filled(say.slideOf, { n: i + 1, all: deck.slides.length }) + ": " + slide.title);
        element.querySelectorAll(".deck-actions button")[0].toggleAttribute("disabled", i === 0);
        element.querySelectorAll(".deck-actions button")[1].toggleAttribute("disabled", i === deck.slides.length - 1);
      });
    }

    /* ── the tools over the list ── */

    function choice(title, options, value, act) {
      var select = make("select", { "class": title === say.deck ? "deck-choice" : null, onchange: function (event) { act(event.target.value); } }, options.map(function (o) {
        return make("option", { value: o[0], text: o[1], selected: o[0] === value });
      }));
      return make("label", {}, [make("span", { "class": "control-title", text: title }), select]);
    }

    function renderTools() {
      var focused = Array.prototype.indexOf.call(tools.querySelectorAll("button,select,input"), document.activeElement);
      var none = deck.slides.length === 0;
      tools.replaceChildren(
        make("div", { "class": "deck-row" }, [
          choice(say.deck, all.map(function (d) { return [d.id, d.id === deck.id ? deck.name : d.name]; }), deck.id, open),
          field(say.name, "input", deck.name, 200, function (event) { rename(event.target.value); }),
          choice(say.language, told.languages.map(function (l) { return [l.code, l.name]; }), deck.language, translate),
          choice(say.shape, [["16:9", "16:9"], ["4:3", "4:3"]], deck.ratio, function (v) { change({ ratio: v }); render(); }),
          choice(say.ground, [["", say.light], ["dark", say.darkened]], deck.dark ? "dark" : "", function (v) { change({ dark: !!v }); render(); })
        ]),
        make("div", { "class": "deck-row" }, [
          button(say.present, function () { start(0); }, { "class": "primary", disabled: none }),
          button(say.addText, function () { insert([textSlide(say.newSlide)], deck.slides.length, say.textAdded); }),
          button(say.refresh, refresh, { disabled: none }),
          button(say.save, save, { disabled: none }),
          button(say.open, function () { picker.click(); }),
          button(say.print, function () { drawing.then(function () { window.print(); }); }, { disabled: none }),
          button(say.newDeck, fresh),
          button(say.removeDeck, removeDeck),
          button(say.undo, undo, { disabled: !undone.length, "class": "deck-undo" })
        ]),
        make("h2", { text: filled(say.slides, { n: deck.slides.length }) })
      );
      if (focused >= 0) { (tools.querySelectorAll("button,select,input")[focused] || tools).focus(); }
    }

    function rename(name) {
      change({ name: name.trim() || say.myDeck });
      list().then(touched);
    }

    function list() { return site.decks.list().then(function (found) { all = found; }); }

    function open(id) {
      return site.decks.load(id).then(function (found) {
        if (!found) { return; }
        undone = [];
        deck = found;
        site.decks.chosen(id);
        report.replaceChildren();
        render();
      });
    }

    function fresh() {
      undone = [];
      keep(site.decks.fresh(say.myDeck + " " + (all.length + 1), told.language)).then(list).then(function () {
        status.textContent = say.newMade;
        render();
      });
    }

    /* A deck that is removed stays at hand until the page is left: its way back is offered at once. */
    function removeDeck() {
      var gone = deck;
      site.decks.remove(gone.id).then(list).then(function () {
        deck = all[0] || site.decks.fresh(say.myDeck, told.language);
        undone = [];
        return keep(deck);
      }).then(list).then(function () {
        render();
        status.replaceChildren(filled(say.deckRemoved, { name: gone.name }) + " ", button(say.undo, function () {
          site.decks.save(gone).then(list).then(function () { return open(gone.id); }).then(function () { status.textContent = say.undone; });
        }));
      });
    }

    /* ── files ── */

    var picker = make("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": say.open, onchange: function () {
      if (picker.files[0]) { picker.files[0].text().then(reopen); }
      picker.value = "";
    } });
    root.append(picker);

    function save() {
      var blob = new window.Blob([site.deckFile.written(deck)], { type: "application/json" });
      var link = make("a", { href: window.URL.createObjectURL(blob), download: (deck.name.replace(/[^\p{L}\p{N}]+/gu, "-") || "deck") + ".deck.json" });
      link.click();
      window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, 10000);
      status.textContent = say.savedFile;
    }

    function reopen(raw) {
      var found;
      try { found = site.deckFile.read(raw); } catch (fault) {
        report.replaceChildren(make("div", { "class": "panel misread", role: "alert" }, [
          make("h2", { text: say.unreadable }),
          make("p", { text: filled(say["bad_" + fault.why] || say.bad_part, { place: fault.place || "" }) })
        ]));
        return;
      }
      undone = [];
      keep(found).then(list).then(function () {
        render();
        report.replaceChildren();
        status.textContent = filled(say.opened, { name: found.name, n: found.slides.length });
      });
    }

    /* ── what the server says now ── */

    function asked(language, release) {
      status.textContent = say.asking;
      return site.deckCompare.asked(deck, language, release, say);
    }

    function translate(language) {
      var before = deck;
      asked(language).then(function (answers) {
        var failed = answers.filter(function (a) { return a.faults; });
        if (deck !== before) { return; }
        if (failed.length) {
          status.textContent = say.notTranslated;
          report.replaceChildren(site.deckCompare.faults(failed));
          renderTools();
          return;
        }
        change({ language: language, slides: site.deckCompare.taken(deck, answers) }, say.translated);
        render();
      });
    }

    function refresh() {
      var before = deck;
      asked(deck.language, "").then(function (answers) {
        if (deck !== before) { return; }
        status.textContent = "";
        report.replaceChildren(site.deckCompare.compared(answers, say, button, function () {
          change({ slides: site.deckCompare.taken(deck, answers) }, say.takenOver);
          report.replaceChildren();
          render();
        }, function () { report.replaceChildren(); }));
        report.firstChild.focus();
      });
    }

    /* ── the whole ── */

    var drawing = Promise.resolve();

    function render() {
      renderTools();
      var made = deck.slides.map(item);
      shelf.replaceChildren.apply(shelf, made.map(function (m) { return m.element; }));
      shelf.dataset.ratio = deck.ratio;
      if (!deck.slides.length) { shelf.append(make("li", { "class": "panel empty", text: say.empty })); } else { number(); }
      var of = deck;
      drawing = made.reduce(function (before, m) {
        return before.then(function () { return deck.id === of.id && m.element.isConnected ? m.draw() : null; });
      }, Promise.resolve()).then(function () { root.classList.add("drawn"); });
      offline();
    }

    function start(from) {
      if (deck.slides.length) { site.show(deck, from, told, function (at) {
        var element = shelf.children[at];
        if (element) { element.querySelector(".deck-thumb").focus(); }
      }); }
    }

    /* A reader whom no server answers is told how old what he sees is. */
    function offline() {
      var gone = told.kept || !window.navigator.onLine;
      banner.hidden = !gone;
      if (!gone) { return; }
      var origins = deck.slides.map(function (s) { return s.content && s.content.origin; }).filter(Boolean);
      banner.replaceChildren(
        make("p", { text: say.offline }),
        make("p", { text: origins.filter(function (o, i) { return origins.indexOf(o) === i; }).join(" · ") }),
        make("p", {}, [make("a", { href: window.location.href, text: say.again })])
      );
    }

    function keys(event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !typing && undone.length) {
        event.preventDefault();
        event.stopImmediatePropagation();
        undo();
      }
    }

    document.addEventListener("keydown", keys, true);
    window.addEventListener("online", offline);
    window.addEventListener("offline", offline);
    site.decks.onChange(function (id) { if (!ended && deck && id === deck.id) { open(id); } });
    site.decks.current(say.myDeck, told.language)
      .then(function (found) { return keep(found); }).then(list)
      .then(function () { if (!ended) { render(); } })
      .then(function () { return told.kept || site.keepForLater(told); })
      .then(function (whole) { ready.textContent = told.kept ? "" : whole ? say.ready : say.notReady; });
    return function () { ended = true; document.removeEventListener("keydown", keys, true); };
  };

  site.Deck = function (props) {
    var React = window.React, at = React.useRef(null);
    React.useEffect(function () { return site.deckPage(at.current, props.told); }, [props.told]);
    return React.createElement("div", { ref: at });
  };
})();
