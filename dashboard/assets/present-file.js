/* A deck as a file: site.deckFile.written(deck) -> text, site.deckFile.read(text) -> deck, or throws { why, place }.
   Nothing of a file is trusted: only what is named here is taken, each of its kind and length; text stays text. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var FORMAT = "cei-deck", VERSION = 1;
  var LARGEST = 30000000, MOST_SLIDES = 300, MOST_PARTS = 200000, DEEPEST = 14;
  var TRACES = ["scatter", "bar", "heatmap", "choropleth", "scattergeo", "treemap"];
  var LAYOUT = ["annotations", "autosize", "bargap", "barmode", "coloraxis", "coloraxis2", "colorway", "dragmode", "font", "geo",
    "grid", "hidesources", "legend", "margin", "paper_bgcolor", "plot_bgcolor", "separators", "shapes", "showlegend", "title",
    "treemapcolorway", "uniformtext"];
  var ACTIVE = /<\s*\/?\s*(a|script|img|svg|iframe|object|embed|link|style)\b|href\s*=|url\s*\(|javascript:|data:|https?:|\bon\w+\s*=/i;
  var REFUSED = ["__proto__", "constructor", "prototype", "source", "src", "images", "href", "templateitemname", "updatemenus",
    "sliders", "frames", "plotlyServerURL", "topojsonURL", "geojson", "mapbox", "map", "transforms"];

  function wrong(why, place) { return { why: why, place: place }; }

  function text(value, longest, place, missing) {
    if (value === undefined && missing !== undefined) { return missing; }
    if (typeof value !== "string" || value.length > longest) { throw wrong("part", place); }
    return value;
  }

  function one(value, known, place) {
    if (known.indexOf(value) < 0) { throw wrong("part", place); }
    return value;
  }

  function list(value, longest, place, read) {
    if (!Array.isArray(value) || value.length > longest) { throw wrong("part", place); }
    return value.map(function (item, i) { return read(item, place + "[" + i + "]"); });
  }

  function object(value, known, place) {
    if (!value || typeof value !== "object" || Array.isArray(value)) { throw wrong("part", place); }
    Object.keys(value).forEach(function (name) {
      if (known.indexOf(name) < 0) { throw wrong("part", place + "." + name.slice(0, 40)); }
    });
    return value;
  }

  function texts() { return function (value, at) { return text(value, 600, at); }; }

  /* Plain data of a figure: numbers, short texts without addresses or elements, no name that would fetch. */
  function plain(value, place, depth, count) {
    count.n += 1;
    if (depth > DEEPEST || count.n > MOST_PARTS) { throw wrong("part", place); }
    if (value === null || typeof value === "boolean" || (typeof value === "number" && isFinite(value))) { return value; }
    if (typeof value === "string") {
      if (value.length > 2000 || ACTIVE.test(value)) { throw wrong("part", place); }
      return value;
    }
    if (Array.isArray(value)) { return value.map(function (v, i) { return plain(v, place + "[" + i + "]", depth + 1, count); }); }
    if (typeof value !== "object") { throw wrong("part", place); }
    var kept = {};
    Object.keys(value).forEach(function (name) {
      if (REFUSED.indexOf(name) >= 0 || name.length > 60) { throw wrong("part", place + "." + name.slice(0, 40)); }
      kept[name] = plain(value[name], place + "." + name, depth + 1, count);
    });
    return kept;
  }

  function figure(value, place) {
    object(value, ["data", "layout"], place);
    var layout = plain(value.layout, place + ".layout", 0, { n: 0 });
    if (!layout || typeof layout !== "object" || !layout.margin) { throw wrong("part", place + ".layout"); }
    Object.keys(layout).forEach(function (name) {
      if (LAYOUT.indexOf(name) < 0 && !/^[xy]axis\d*$|^geo\d*$/.test(name)) { throw wrong("part", place + ".layout." + name.slice(0, 40)); }
    });
    return {
      data: list(value.data, 400, place + ".data", function (trace, at) {
        one((trace || {}).type, TRACES, at + ".type");
        return plain(trace, at, 0, { n: 0 });
      }),
      layout: layout
    };
  }

  function glyph(value, place) {
    if (value === "") { return value; }
    if (typeof value !== "string" || value.length > 5000 || value.indexOf("data:image/svg+xml,") !== 0) { throw wrong("part", place); }
    return value;
  }

  function entry(value, place) {
    object(value, ["glyph", "says"], place);
    return { glyph: glyph(value.glyph, place + ".glyph"), says: text(value.says, 600, place + ".says") };
  }

  function table(value, place) {
    object(value, ["columns", "rows"], place);
    return {
      columns: list(value.columns, 40, place + ".columns", texts()),
      rows: list(value.rows, 100, place + ".rows", function (row, at) { return list(row, 40, at, texts()); })
    };
  }

  function kpi(value, place) {
    var names = ["before", "number", "after", "when", "change", "rivals", "hedge"], kept = {};
    object(value, names, place);
    names.forEach(function (name) { kept[name] = text(value[name], 300, place + "." + name, ""); });
    return kept;
  }

  /* An address of this site; never one of another. */
  function address(value, place) {
    text(value, 4000, place);
    if (!/^\/(?![\/\\])/.test(value) || /[\u0000-\u0020]/.test(value)) { throw wrong("part", place); }
    return value;
  }

  var SHORT = { title: 300, subtitle: 600, name: 600, source: 2000, dated: 300, release: 40, taken: 20, origin: 300, unit: 40 };

  function content(value, kind, place) {
    object(value, Object.keys(SHORT).concat(["kind", "address", "language", "figure", "table", "kpi", "key", "cells", "height", "left"]), place);
    var kept = { kind: one(value.kind, [kind], place + ".kind"), address: address(value.address, place + ".address") };
    Object.keys(SHORT).forEach(function (name) { kept[name] = text(value[name], SHORT[name], place + "." + name, ""); });
    if (!/^[0-9a-f]{12}$/.test(kept.release)) { throw wrong("part", place + ".release"); }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(kept.taken)) { throw wrong("part", place + ".taken"); }
    kept.language = one(value.language, site.deckFile.languages, place + ".language");
    kept.left = list(value.left, 10, place + ".left", texts());
    kept.key = list(value.key, 40, place + ".key", entry);
    kept.cells = list(value.cells, 20000, place + ".cells", function (cell, at) { return list(cell, 4, at, texts()); });
    if (typeof value.height === "number" && value.height > 0 && value.height < 20000) { kept.height = value.height; }
    if (kind === "chart") { kept.figure = figure(value.figure, place + ".figure"); }
    if (kind === "table") { kept.table = table(value.table, place + ".table"); }
    if (kind === "kpi") { kept.kpi = kpi(value.kpi, place + ".kpi"); }
    return kept;
  }

  function slide(value, place) {
    object(value, ["id", "kind", "address", "unit", "title", "annotation", "notes", "content"], place);
    var kind = one(value.kind, ["chart", "table", "kpi", "text"], place + ".kind");
    var words = kind === "text";
    return {
      id: site.decks.identity(), kind: kind, address: words ? "" : address(value.address, place + ".address"),
      unit: text(value.unit, 40, place + ".unit", ""), title: text(value.title, 300, place + ".title"),
      annotation: text(value.annotation, 2000, place + ".annotation", ""), notes: text(value.notes, 20000, place + ".notes", ""),
      content: words ? null : content(value.content, kind, place + ".content")
    };
  }

  function read(raw) {
    var said;
    if (raw.length > LARGEST) { throw wrong("large"); }
    try { said = JSON.parse(raw); } catch (fault) { throw wrong("json"); }
    if (!said || typeof said !== "object" || said.format !== FORMAT) { throw wrong("format"); }
    if (typeof said.version !== "number" || said.version > VERSION) { throw wrong("newer"); }
    object(said, ["format", "version", "name", "language", "ratio", "dark", "created", "saved", "releases", "slides"], "deck");
    var fresh = site.decks.fresh(text(said.name, 200, "deck.name"), one(said.language, site.deckFile.languages, "deck.language"));
    fresh.ratio = one(said.ratio, ["16:9", "4:3"], "deck.ratio");
    fresh.dark = said.dark === true;
    if (!isNaN(Date.parse(text(said.created, 40, "deck.created")))) { fresh.created = said.created; }
    fresh.slides = list(said.slides, MOST_SLIDES, "slides", slide);
    fresh.fromFile = true;
    return fresh;
  }

  function written(deck) {
    var releases = deck.slides.map(function (s) { return s.content && s.content.release; }).filter(Boolean);
    return JSON.stringify({
      format: FORMAT, version: VERSION, name: deck.name, language: deck.language, ratio: deck.ratio, dark: deck.dark,
      created: deck.created, saved: new Date().toISOString(),
      releases: releases.filter(function (r, i) { return releases.indexOf(r) === i; }), slides: deck.slides
    }, null, 1);
  }

  site.deckFile = { read: read, written: written, languages: [] };
})();
