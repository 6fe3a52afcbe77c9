/* The show: a deck full screen, by keyboard, clicker or finger; every slide is drawn before it is needed. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var make = function () { return site.make.apply(null, arguments); };
  var NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Spacebar"];
  var BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

  /* Shows `deck` from slide `from`; `left(at)` is called when it ends. */
  site.show = function (deck, from, told, left) {
    var say = told.words, total = deck.slides.length, at = from, digits = "", began = Date.now();
    var notesWindow = null, hiding = null, touched = null;
    var size = site.stage[deck.ratio];
    var made = deck.slides.map(function (slide, i) { return site.slide(slide, deck, told, i + 1 + " / " + total); });
    var live = make("p", { "class": "unseen", role: "status", "aria-live": "polite" });
    var stage = make("div", { "class": "show-stage", style: "width:" + size[0] + "px;height:" + size[1] + "px" },
      made.map(function (m) { return m.element; }));
    var notes = make("aside", { "class": "show-notes", hidden: true, "aria-label": say.notes });
    var bar = make("div", { "class": "show-bar" }, [
      button("‹", say.previous, function () { go(at - 1); }), button("›", say.next, function () { go(at + 1); }),
      button(say.notes, say.notesKey, toggleNotes), button(say.notesWindow, say.notesWindowKey, openNotes),
      button(say.fullscreen, say.fullscreenKey, fullscreen), button(say.leave, say.leaveKey, leave)
    ]);
    var show = make("div", {
      "class": "show" + (deck.dark ? " dark" : ""), role: "dialog", "aria-modal": "true", "aria-label": deck.name, tabindex: "-1"
    }, [stage, make("div", { "class": "show-black", hidden: true }), notes, bar, live]);

    function button(text, says, act) {
      return make("button", { type: "button", text: text, title: says, "aria-label": says, onclick: act });
    }

    function fit() {
      var below = notes.hidden ? 0 : notes.offsetHeight;
      var height = show.clientHeight - below;
      var scale = Math.min(show.clientWidth / size[0], height / size[1]);
      stage.style.transform = "translate(" + (show.clientWidth - size[0] * scale) / 2 + "px," +
        (height - size[1] * scale) / 2 + "px) scale(" + scale + ")";
    }

    function go(to) {
      at = Math.max(0, Math.min(total - 1, to));
      made.forEach(function (m, i) {
        m.element.classList.toggle("on", i === at);
        m.element.setAttribute("aria-hidden", i === at ? "false" : "true");
      });
      live.textContent = say.slideOf.replace("{n}", at + 1).replace("{all}", total) + ": " + deck.slides[at].title;
      black(false);
      tell();
    }

    function black(on) {
      var sheet = show.querySelector(".show-black");
      sheet.hidden = !on;
    }

    function clock() {
      var seconds = Math.floor((Date.now() - began) / 1000);
      var two = function (n) { return (n < 10 ? "0" : "") + n; };
      var now = new Date();
      return two(now.getHours()) + ":" + two(now.getMinutes()) + " · " + two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
    }

    /* What only the speaker sees: place, clock, notes, the next title. */
    function speakers() {
      var slide = deck.slides[at], next = deck.slides[at + 1];
      return [
        make("p", { "class": "show-clock" }, [
          make("strong", { text: at + 1 + " / " + total }), make("span", { "class": "ticking", text: clock() })
        ]),
        make("p", { "class": "show-title", text: slide.title }),
        make("div", { "class": "show-words", text: slide.notes || say.noNotes }),
        make("p", { "class": "show-after", text: next ? say.then + " " + next.title : say.last })
      ];
    }

    function tell() {
      notes.replaceChildren.apply(notes, speakers());
      if (notesWindow && !notesWindow.closed) {
        var body = notesWindow.document.body;
        body.replaceChildren.apply(body, speakers());
      }
      fit();
    }

    function tick() {
      var all = Array.prototype.slice.call(notes.querySelectorAll(".ticking"));
      if (notesWindow && !notesWindow.closed) { all = all.concat(Array.prototype.slice.call(notesWindow.document.querySelectorAll(".ticking"))); }
      all.forEach(function (element) { element.textContent = clock(); });
    }

    function toggleNotes() { notes.hidden = !notes.hidden; fit(); }

    function openNotes() {
      notesWindow = window.open("", "cei-notes", "width=900,height=600");
      if (!notesWindow) { notes.hidden = false; fit(); return; }
      var page = notesWindow.document;
      page.title = say.notes + " – " + deck.name;
      page.documentElement.lang = document.documentElement.lang;
      page.body.style.cssText = "margin:0;padding:2rem;background:#10161d;color:#fff;font:26px/1.45 sans-serif;white-space:pre-wrap";
      page.addEventListener("keydown", pressed);
      tell();
      show.focus();
    }

    function fullscreen() {
      if (document.fullscreenElement) { document.exitFullscreen(); return; }
      if (show.requestFullscreen) { show.requestFullscreen().catch(function () { return null; }); }
    }

    /* What lies under the show can be neither reached nor heard. */
    function covered(on) {
      Array.prototype.forEach.call(document.body.children, function (element) {
        if (element !== show && element.tagName !== "SCRIPT") { element.inert = on; }
      });
    }

    function leave() {
      covered(false);
      document.removeEventListener("keydown", pressed, true);
      window.removeEventListener("resize", fit);
      window.clearInterval(ticking);
      if (notesWindow && !notesWindow.closed) { notesWindow.close(); }
      if (document.fullscreenElement === show) { document.exitFullscreen(); }
      made.forEach(function (m) {
        var chart = m.element.querySelector(".slide-chart");
        if (chart && (chart.plotly || window.Plotly)) { (chart.plotly || window.Plotly).purge(chart); }
      });
      show.remove();
      document.documentElement.classList.remove("showing");
      left(at);
    }

    function pressed(event) {
      if (event.metaKey || event.ctrlKey || event.altKey) { return; }
      var key = event.key, onButton = event.target.tagName === "BUTTON" && (key === " " || key === "Enter");
      if (onButton || key === "Tab") { return; }
      event.preventDefault();
      event.stopPropagation();
      if (/^[0-9]$/.test(key)) { digits += key; return; }
      if (key === "Enter" && digits) { go(Number(digits) - 1); digits = ""; return; }
      digits = "";
      if (NEXT.indexOf(key) >= 0 || key === "Enter") { go(at + 1); }
      else if (BACK.indexOf(key) >= 0) { go(at - 1); }
      else if (key === "Home") { go(0); }
      else if (key === "End") { go(total - 1); }
      else if (key === "Escape") { leave(); }
      else { letter(event.code, key.toLowerCase()); }
    }

    /* By the place of the key too: with a Cyrillic layout B is И. */
    function letter(code, key) {
      if (key === "b" || key === "." || code === "KeyB") { black(show.querySelector(".show-black").hidden); }
      else if (key === "s" || code === "KeyS") { toggleNotes(); }
      else if (key === "n" || code === "KeyN") { openNotes(); }
      else if (key === "f" || code === "KeyF") { fullscreen(); }
    }

    function awake() {
      show.classList.add("awake");
      window.clearTimeout(hiding);
      hiding = window.setTimeout(function () { show.classList.remove("awake"); }, 2500);
    }

    document.addEventListener("keydown", pressed, true);
    window.addEventListener("resize", fit);
    show.addEventListener("mousemove", awake);
    stage.addEventListener("click", function () { go(at + 1); });
    show.addEventListener("touchstart", function (event) { touched = event.changedTouches[0].clientX; awake(); }, { passive: true });
    show.addEventListener("touchend", function (event) {
      var moved = event.changedTouches[0].clientX - touched;
      if (Math.abs(moved) > 40) { go(at + (moved < 0 ? 1 : -1)); }
    });
    var ticking = window.setInterval(tick, 1000);
    document.documentElement.classList.add("showing");
    document.body.append(show);
    covered(true);
    go(at);
    show.focus();
    awake();
    var order = made.slice(from).concat(made.slice(0, from));
    return order.reduce(function (before, m) { return before.then(m.draw); }, Promise.resolve())
      .then(function () { show.classList.add("drawn"); });
  };
})();
