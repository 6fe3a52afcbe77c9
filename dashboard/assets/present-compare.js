/* What the server says now of the slides of a deck, held against what they say: site.deckCompare. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var make = function () { return site.make.apply(null, arguments); };

  /* Of every slide its content anew, or why it has none; a slide of text is as it is. */
  function asked(deck, language, release, say) {
    return Promise.all(deck.slides.map(function (slide) {
      if (!slide.content) { return Promise.resolve({ slide: slide }); }
      return site.slideContent(slide, language, release).then(function (said) { return { slide: slide, content: said.slide }; },
        function (fault) { return { slide: slide, faults: fault.faults || [say.unreached] }; });
    }));
  }

  /* The slides with what was answered; a title that the reader wrote stays. */
  function taken(deck, answers) {
    var by = {};
    answers.forEach(function (a) { if (a.content) { by[a.slide.id] = a.content; } });
    return deck.slides.map(function (s) {
      var now = by[s.id];
      if (!now) { return s; }
      var title = s.title === s.content.title ? now.title : s.title;
      return Object.assign({}, s, { content: now, address: now.address, title: title });
    });
  }

  function differences(old, now, say) {
    var was = {}, found = [];
    old.cells.forEach(function (c) { was[c[0]] = c; });
    now.cells.forEach(function (c) {
      var before = was[c[0]];
      delete was[c[0]];
      if (!before) { found.push(c[1] + ": " + say.none + " → " + c[2]); }
      else if (before[3] !== c[3]) { found.push(c[1] + ": " + before[2] + " → " + c[2]); }
    });
    Object.keys(was).forEach(function (key) { found.push(was[key][1] + ": " + was[key][2] + " → " + say.none); });
    return found;
  }

  /* The same thing as text, whatever the order of its names. */
  function whole(node) {
    if (!node || typeof node !== "object") { return JSON.stringify(node); }
    if (Array.isArray(node)) { return "[" + node.map(whole).join() + "]"; }
    return Object.keys(node).sort().map(function (k) { return k + ":" + whole(node[k]); }).join();
  }

  /* A slide of the same release must look the same: a file may have been written by anybody. */
  function redrawnSince(old, now) {
    if (old.release !== now.release) { return false; }
    return ["figure", "table", "kpi", "key", "left", "source", "dated"].some(function (part) { return whole(old[part]) !== whole(now[part]); });
  }

  /* A panel of what differs, slide by slide; `take` takes it over, `leave` does not. */
  function compared(answers, say, button, take, leave) {
    var moved = 0, newer = false;
    var items = answers.filter(function (a) { return a.content || a.faults; }).map(function (a) {
      if (a.faults) { moved += 1; return make("li", {}, [make("strong", { text: a.slide.title }), make("p", { text: a.faults.join(" ") })]); }
      var found = differences(a.slide.content, a.content, say);
      if (!found.length && redrawnSince(a.slide.content, a.content)) { found = [say.otherwise]; }
      moved += found.length;
      newer = newer || a.content.release !== a.slide.content.release;
      return make("li", {}, [
        make("strong", { text: a.slide.title }),
        found.length ? make("ul", {}, found.map(function (f) { return make("li", { text: f }); })) : make("p", { text: say.same })
      ]);
    });
    var can = answers.some(function (a) { return a.content; });
    return make("section", { "class": "panel", tabindex: "-1", role: "region", "aria-label": say.compared }, [
      make("h2", { text: moved ? say.changed : newer ? say.sameNewer : say.current }),
      make("ul", { "class": "deck-differences" }, items),
      make("p", {}, [
        can && (moved || newer) ? button(say.takeOver, take, { "class": "primary" }) : null,
        button(moved || newer ? say.keepOld : say.close, leave)
      ])
    ]);
  }

  function faults(failed) {
    return make("div", { "class": "panel misread", role: "alert" }, [make("ul", {}, failed.map(function (a) {
      return make("li", { text: a.slide.title + ": " + a.faults.join(" ") });
    }))]);
  }

  site.deckCompare = { asked: asked, taken: taken, compared: compared, faults: faults };
})();
