/* A deck leaves as PowerPoint, as a PDF, or as one file without a network: site.deckTake(told, deckOf) -> element. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var make = function () { return site.make.apply(null, arguments); };

  /* Only what the reader chose and wrote is sent: the server answers every slide anew from its address. */
  function sent(deck) {
    return JSON.stringify({
      format: "cei-deck", version: 1, name: deck.name, language: deck.language, ratio: deck.ratio, dark: deck.dark,
      slides: deck.slides.map(function (s) {
        return { kind: s.kind, address: s.address, unit: s.unit || "", title: s.title, annotation: s.annotation, notes: s.notes };
      })
    });
  }

  function nameOf(response) {
    var said = response.headers.get("Content-Disposition") || "";
    var coded = /filename\*=UTF-8''([^;]+)/i.exec(said), plain = /filename="?([^";]+)/i.exec(said);
    return coded ? decodeURIComponent(coded[1]) : plain ? plain[1] : "deck";
  }

  function keep(blob, name) {
    var link = make("a", { href: window.URL.createObjectURL(blob), download: name });
    link.click();
    window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, 10000);
  }

  /* A picture of a chart: saved, or the reader is told why not. */
  function picture(link) {
    link.setAttribute("aria-busy", "true");
    return window.fetch(link.href).then(function (response) {
      if (!response.ok) { return response.json().then(function (said) { throw said; }); }
      return response.blob().then(function (blob) { keep(blob, nameOf(response)); });
    }).catch(function (fault) {
      var faults = fault.faults || [link.getAttribute("data-unreached")];
      site.toast(faults.map(function (f) { return make("p", { text: f }); }), "wrong");
    }).then(function () { link.removeAttribute("aria-busy"); });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.picture");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) { return; }
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) { picture(link); }
  });

  site.deckTake = function (told, deckOf) {
    var say = told.words;
    var status = make("p", { "class": "take-status", role: "status", "aria-live": "polite" });
    var wrong = make("div", { role: "alert" });
    var template = make("input", { type: "file", id: "take-template", accept: ".pptx,.potx" });
    var buttons = [["pptx", say.takePptx], ["pdf", say.takePdf], ["html", say.takeHtml]].map(function (way) {
      return make("button", { type: "button", text: way[1], "data-format": way[0], onclick: function () { take(way[0]); } });
    });
    var section = make("section", { "class": "deck-take", "aria-labelledby": "take-title" }, [
      make("h2", { id: "take-title", text: say.take }),
      make("div", { "class": "deck-row" }, buttons),
      make("label", { "for": "take-template" }, [make("span", { "class": "control-title", text: say.takeTemplate }), template]),
      make("p", { "class": "quiet", text: say.takeHint }), status, wrong
    ]);
    var busy = false;

    /* Busy buttons stay where the keyboard is, and say that they wait. */
    function waiting(now) {
      busy = now;
      buttons.forEach(function (b) { b.setAttribute("aria-disabled", String(now)); });
    }

    function refused(faults) {
      status.textContent = "";
      wrong.replaceChildren(make("div", { "class": "panel misread" }, [
        make("h3", { text: say.notTakenAway }),
        make("ul", {}, faults.map(function (fault) { return make("li", { text: fault }); }))
      ]));
    }

    function take(format) {
      var deck = deckOf(), form = new window.FormData();
      if (busy) { return; }
      wrong.replaceChildren();
      if (!deck.slides.length) { refused([say.empty]); return; }
      form.append("deck", new window.Blob([sent(deck)], { type: "application/json" }), "deck.json");
      if (format === "pptx" && template.files[0]) { form.append("template", template.files[0]); }
      waiting(true);
      status.textContent = say.taking;
      window.fetch("/present/taken?format=" + format + "&lang=" + encodeURIComponent(told.language), { method: "POST", body: form })
        .then(function (response) {
          if (!response.ok) {
            return response.json().then(function (said) { refused(said.faults); });
          }
          return response.blob().then(function (blob) {
            keep(blob, nameOf(response));
            status.textContent = say.takenAway.replace("{file}", nameOf(response));
          });
        })
        .catch(function () { refused([say.unreached]); })
        .then(function () { waiting(false); });
    }

    return section;
  };
})();
