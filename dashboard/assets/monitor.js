/* The board: dragging its cards, keeping the focus where it was, and the boards that this browser keeps. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var KEY = "cei.boards";

  /* ── arranging: every step is an address ── */

  function order() {
    return Array.prototype.map.call(document.querySelectorAll(".board .kpi"), function (card) { return card.id.slice(4); });
  }

  function goOrdered(ids) {
    var query = new URLSearchParams(window.location.search);
    query.set("board", ids.join(","));
    if (site.stay) { site.stay(); }
    site.go(window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
  }

  var moved = null;

  document.addEventListener("click", function (event) {
    var step = event.target.closest && event.target.closest("a.step");
    if (!step) { return; }
    var ids = order(), card = step.closest(".kpi"), kind = step.classList[1];
    var place = ids.indexOf(card.id.slice(4));
    moved = { id: kind === "remove" ? "kpi-" + (ids[place + 1] || ids[place - 1]) : card.id, kind: kind,
      order: new URLSearchParams(step.search).get("board") };
    if (site.stay) { site.stay(); }
  }, true);

  /* The step that was taken keeps the focus on the card that it moved; a reader hears where that is now. */
  new MutationObserver(function () {
    if (!moved || order().join(",") !== moved.order) { return; }
    var card = document.getElementById(moved.id);
    var step = card && (card.querySelector("a.step." + moved.kind) || card.querySelector("a.step"));
    moved = null;
    if (!step) { return; }
    step.focus({ preventScroll: true });
    step.scrollIntoView({ block: "nearest" });
    say(card.getAttribute("aria-label"));
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] });

  function say(words) {
    var region = document.getElementById("said");
    if (!region) {
      region = document.createElement("div");
      region.id = "said";
      region.className = "unseen";
      region.setAttribute("role", "status");
      document.body.appendChild(region);
    }
    region.textContent = words;
  }

  /* Dragging by the grip, with mouse, pen or finger. */
  var dragged = null, over = null;

  function mark(card) {
    if (over) { over.classList.remove("drop"); }
    over = card;
    if (over) { over.classList.add("drop"); }
  }

  document.addEventListener("pointerdown", function (event) {
    var grip = event.target.closest && event.target.closest(".grip");
    if (!grip || event.button !== 0) { return; }
    event.preventDefault();
    dragged = grip.closest(".kpi");
    dragged.classList.add("dragged");
  });

  document.addEventListener("pointermove", function (event) {
    if (!dragged) { return; }
    var below = document.elementFromPoint(event.clientX, event.clientY);
    var card = below && below.closest(".board .kpi");
    mark(card && card !== dragged ? card : null);
  });

  function drop() {
    if (!dragged) { return; }
    var ids = order(), from = ids.indexOf(dragged.id.slice(4)), to = over ? ids.indexOf(over.id.slice(4)) : -1;
    dragged.classList.remove("dragged");
    dragged = null;
    mark(null);
    if (to < 0) { return; }
    ids.splice(to, 0, ids.splice(from, 1)[0]);
    goOrdered(ids);
  }

  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", function () { mark(null); drop(); });

  /* ── paper: what stands at the foot of every sheet is what the page says of itself ── */

  window.addEventListener("beforeprint", function () {
    var foot = document.querySelector(".sheet-foot");
    document.documentElement.style.setProperty("--sheet", JSON.stringify(foot ? foot.textContent : ""));
  });

  /* ── boards under a name, in this browser only ── */

  function kept() {
    try {
      var found = JSON.parse(window.localStorage.getItem(KEY) || "[]");
      return Array.isArray(found) ? found.filter(function (b) {
        return b && typeof b.name === "string" && typeof b.address === "string" && /^\/(\?|$)/.test(b.address);
      }) : [];
    } catch (fault) { return []; }
  }

  function keep(boards) {
    try { window.localStorage.setItem(KEY, JSON.stringify(boards)); return true; } catch (fault) { return false; }
  }

  /* The address of the board as it is, without what is only of this moment. */
  function here() {
    var query = new URLSearchParams(window.location.search);
    ["lang", "passport", "indicator", "arrange"].forEach(function (name) { query.delete(name); });
    var text = query.toString().replace(/%2C/g, ",");
    return text ? "/?" + text : "/";
  }

  function spoken(address, language) {
    return language ? address + (address.indexOf("?") < 0 ? "?" : "&") + "lang=" + language : address;
  }

  site.Boards = function (props) {
    var React = window.React, e = React.createElement, w = props.words;
    var list = React.useState(kept), name = React.useState(props.suggested);
    var told = React.useState({ text: "" }), renamed = React.useState(null);
    var boards = list[0];
    React.useEffect(function () { name[1](props.suggested); }, [props.suggested]);

    function settle(next, text, undo) {
      if (!keep(next)) { told[1]({ text: w.unable }); return; }
      list[1](next);
      told[1]({ text: text, undo: undo });
    }
    function save(event) {
      event.preventDefault();
      var called = name[0].trim();
      if (!called) { return; }
      var others = boards.filter(function (b) { return b.name !== called; });
      settle(others.concat([{ name: called, address: here() }]), others.length < boards.length ? w.replaced : w.saved,
        others.length < boards.length ? boards : null);
    }
    function rename(event, board) {
      event.preventDefault();
      var called = renamed[0].text.trim();
      if (!called) { return; }
      if (boards.some(function (b) { return b !== board && b.name === called; })) { told[1]({ text: w.taken }); return; }
      renamed[1](null);
      settle(boards.map(function (b) { return b === board ? { name: called, address: b.address } : b; }), "");
    }
    function copy(board) {
      var link = window.location.origin + spoken(board.address, props.language);
      told[1]({ text: site.copy(link) ? w.copied : link });
    }
    function follow(event, address) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) { return; }
      event.preventDefault();
      site.go(address);
    }
    function button(text, act, of) {
      return e("button", { type: "button", className: "small", onClick: act, "aria-label": of ? text + ": " + of : undefined }, text);
    }
    function row(board) {
      var address = spoken(board.address, props.language);
      if (renamed[0] && renamed[0].name === board.name) {
        return e("li", { key: board.name }, e("form", { onSubmit: function (event) { rename(event, board); } },
          e("input", { value: renamed[0].text, "aria-label": w.name, autoFocus: true,
            onChange: function (event) { renamed[1]({ name: board.name, text: event.target.value }); } }),
          e("button", { type: "submit", className: "small" }, w.save)));
      }
      return e("li", { key: board.name },
        e("a", { href: address, onClick: function (event) { follow(event, address); } }, board.name),
        button(w.rename, function () { renamed[1]({ name: board.name, text: board.name }); }, board.name),
        button(w.copy, function () { copy(board); }, board.name),
        button(w.delete, function () {
          settle(boards.filter(function (b) { return b !== board; }), w.deleted, boards);
        }, board.name));
    }
    return e("details", { className: "boards" },
      e("summary", null, w.title + (boards.length ? " (" + boards.length + ")" : "")),
      e("div", { className: "boards-panel" },
        boards.length ? e("ul", null, boards.map(row)) : e("p", { className: "quiet" }, w.none),
        e("form", { onSubmit: save },
          e("input", { value: name[0], "aria-label": w.name, maxLength: 80,
            onChange: function (event) { name[1](event.target.value); } }),
          e("button", { type: "submit", className: "button" }, w.save)),
        e("p", { role: "status", className: "told" }, told[0].text,
          told[0].undo ? e("button", { type: "button", className: "small", onClick: function () { settle(told[0].undo, ""); } }, w.undo) : null)));
  };
})();
