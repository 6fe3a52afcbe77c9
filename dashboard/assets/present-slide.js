/* A slide on its stage of 1920 x 1080 or 1440 x 1080; whoever shows it scales the stage. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var make = function () { return site.make.apply(null, arguments); };
  var LINE = 36, PATIENCE = 10000, MOST_SAID = 10;

  site.stage = { "16:9": [1920, 1080], "4:3": [1440, 1080] };

  /* -> { element, draw() }; the chart is drawn when the element stands in the page. */
  site.slide = function (slide, deck, told, place) {
    var size = site.stage[deck.ratio], content = slide.content;
    var chart = content && content.figure ? make("div", { "class": "slide-chart", role: "img", "aria-label": content.name }) : null;
    var text = !content;
    var element = make("div", {
      "class": "slide slide-" + slide.kind + (deck.dark ? " dark" : ""), lang: content ? content.language : deck.language,
      style: "width:" + size[0] + "px;height:" + size[1] + "px"
    }, [
      make("header", {}, [
        make("h2", { "class": "slide-title", text: slide.title }),
        content && content.subtitle ? make("p", { "class": "slide-subtitle", text: content.subtitle }) : null,
        slide.annotation ? make("p", { "class": "slide-says", text: slide.annotation }) : null
      ]),
      text ? null : make("div", { "class": "slide-body" }, [
        chart || (content.table ? table(content.table) : content.kpi ? kpi(content.kpi) : null)
      ]),
      content && content.left.length ? make("p", { "class": "slide-left", text: content.left.join(" · ") }) : null,
      content && content.key.length ? key(content.key) : null,
      foot(content, place)
    ]);
    return { element: element, draw: function () { return chart ? draw(chart, content, deck, told) : Promise.resolve(); } };
  };

  function foot(content, place) {
    var says = content ? [content.source + (content.dated ? ", " + content.dated : ""), content.origin] : [];
    return make("footer", {}, [
      make("div", {}, says.map(function (line) { return make("p", { text: line }); })),
      place ? make("p", { "class": "slide-place", text: place }) : null
    ]);
  }

  function key(entries) {
    return make("ul", { "class": "slide-key" }, entries.map(function (entry) {
      return make("li", {}, [entry.glyph ? make("img", { src: entry.glyph, alt: "" }) : null, make("span", { text: entry.says })]);
    }));
  }

  function table(of) {
    var cells = function (tag, values) {
      return make("tr", {}, values.map(function (value, i) {
        return make(i || tag === "th" ? tag : "th", { text: value, scope: tag === "th" ? "col" : i ? null : "row" });
      }));
    };
    return make("table", {}, [
      make("thead", {}, [cells("th", of.columns)]),
      make("tbody", {}, of.rows.map(function (row) { return cells("td", row); }))
    ]);
  }

  function kpi(of) {
    var facts = [of.when, of.change, of.hedge, of.rivals].filter(Boolean);
    return make("div", { "class": "slide-figure" }, [
      make("p", { "class": "slide-number" }, [
        of.before ? make("small", { text: of.before + " " }) : null, make("span", { text: of.number }),
        of.after ? make("small", { text: " " + of.after }) : null
      ]),
      make("ul", {}, facts.map(function (fact) { return make("li", { text: fact }); }))
    ]);
  }

  /* The figure in the box that is left for it, without a pointer, in the colours of the stage. */
  function draw(chart, content, deck, told) {
    var figure = JSON.parse(JSON.stringify(content.figure));
    var height = chart.clientHeight;
    if (content.height) { height = Math.min(height, Math.round(content.height * 3.4)); }
    figure.layout.width = chart.clientWidth;
    figure.layout.height = height;
    figure.layout.autosize = false;
    chart.style.height = height + "px";
    narrow(figure.layout);
    apart(figure.layout);
    if (deck.dark) { figure = recoloured(figure, told.dark); }
    var config = Object.assign({}, told.configs[content.language], { staticPlot: true, responsive: false, displayModeBar: false });
    return inTime(put(chart, figure, config)).catch(function () { said(chart, content); });
  }

  /* One chart that cannot be drawn, a map without its geometry, keeps no other waiting. */
  function inTime(drawing) {
    return Promise.race([drawing, new Promise(function (_, failed) {
      window.setTimeout(function () { failed(new Error("not drawn")); }, PATIENCE);
    })]);
  }

  /* What a chart would have shown, as numbers. */
  function said(chart, content) {
    chart.replaceChildren(make("ul", { "class": "slide-numbers" }, content.cells.slice(-MOST_SAID).reverse().map(function (cell) {
      return make("li", { text: cell[1] + ": " + cell[2] });
    })));
  }

  /* In the colours of the stage, whatever the theme of the page; nothing answers a pointer. */
  function put(chart, figure, config) {
    config = Object.assign({}, config, { topojsonURL: site.part("assets") + "topojson/" });
    if (!site.bundle) { return site.draw(chart, figure, config); }
    return site.bundle(figure).then(function (plotly) {
      chart.plotly = plotly;
      return plotly.react(chart, figure.data, figure.layout, config);
    });
  }

  /* On a narrow stage the labels may take a third of it. */
  function narrow(layout) {
    var most = Math.round(layout.width / 3);
    ["l", "r"].forEach(function (side) { layout.margin[side] = Math.min(layout.margin[side], most); });
  }

  /* Names at the ends of lines, moved apart for the height that the stage has. */
  function apart(layout) {
    var range = (layout.yaxis || {}).range;
    var ends = (layout.annotations || []).filter(function (a) {
      return a.xref === "paper" && a.yref !== "paper" && a.x === 1 && a.showarrow === false && typeof a.y === "number";
    });
    if (!range || !ends.length) { return; }
    var pixels = layout.height - layout.margin.t - layout.margin.b, floor = 0;
    var at = function (a) { return (a.y - range[0]) / (range[1] - range[0]) * pixels; };
    ends.sort(function (a, b) { return at(a) - at(b); }).forEach(function (a) {
      var to = Math.max(at(a), floor);
      a.yshift = Math.round(to - at(a));
      floor = to + LINE;
    });
  }

  function recoloured(node, dark) {
    if (typeof node === "string") {
      return node.replace(/#[0-9a-f]{6}\b/gi, function (c) { return dark[c.toLowerCase()] || c; });
    }
    if (Array.isArray(node)) { return node.map(function (n) { return recoloured(n, dark); }); }
    if (!node || typeof node !== "object") { return node; }
    var made = {};
    Object.keys(node).forEach(function (k) { made[k] = recoloured(node[k], dark); });
    return made;
  }

  /* A slide in a frame of any width: drawn at full size, shown smaller. */
  site.framed = function (made, ratio) {
    var size = site.stage[ratio];
    var frame = make("div", { "class": "frame", style: "aspect-ratio:" + size[0] + "/" + size[1] }, [made.element]);
    var fit = function () { frame.style.setProperty("--scale", frame.clientWidth / size[0] || 0.1); };
    if (window.ResizeObserver) { new window.ResizeObserver(fit).observe(frame); }
    return frame;
  };
})();
