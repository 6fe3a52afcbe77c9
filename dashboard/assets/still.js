/* Draws a tree of plain elements as one component (dashboard/still.py says why). Text stays text;
   only the attributes below pass; an address passes when it is of this site, http(s) or a drawing. */
(function () {
  "use strict";
  var PASS = ["className", "id", "title", "lang", "dir", "role", "tabIndex", "href", "target", "rel", "src", "alt",
    "width", "height", "scope", "colSpan", "open", "type", "download", "data-choice"];
  var ADDRESS = /^(\/(?!\/)|#|\?|https?:\/\/|data:image\/svg\+xml,)/i;

  function attributes(props) {
    var kept = {};
    Object.keys(props || {}).forEach(function (name) {
      var value = props[name];
      if (value === null || value === undefined) { return; }
      if ((name === "href" || name === "src") && !ADDRESS.test(value)) { return; }
      if (name === "src" && value.slice(0, 5) === "data:") { value = window.site.drawing(value); }
      if (PASS.indexOf(name) >= 0 || /^(aria|data)-/.test(name)) { kept[name] = value; }
    });
    return kept;
  }

  /* One node -> what React draws; `key` tells siblings apart. */
  function draw(node, key) {
    if (node === null || node === undefined || typeof node === "boolean") { return null; }
    if (Array.isArray(node)) { return node.map(draw); }
    if (typeof node !== "object") { return String(node); }
    var kept = attributes(node.props);
    kept.key = key === undefined ? 0 : key;
    if (node.type === "Link") { kept.onClick = follow; }
    var children = node.props && node.props.children;
    var tag = node.type === "Link" ? "a" : node.type.toLowerCase();
    return window.React.createElement(tag, kept, children === undefined ? undefined : draw(children));
  }

  /* A link of this site changes the address without loading the page anew. */
  function follow(event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    window.history.pushState({}, "", event.currentTarget.getAttribute("href"));
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  window.site = window.site || {};
  window.site.passing = attributes;
  window.site.Still = function (props) {
    window.React.useLayoutEffect(function () { if (!props.first) { window.site.arrived(); } }, []);
    return window.React.createElement(window.React.Fragment, null, draw(props.tree, 0));
  };
})();
