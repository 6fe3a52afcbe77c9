/* Draws a tree of plain elements as one component (dashboard/still.py says why). Text stays text;
   only the attributes below pass; an address passes when it is of this site, http(s) or a drawing.
   Live draws a whole page, parts that live included, and puts its next state in place of the last. */
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
    if (node.namespace === "site") { return live(node, key === undefined ? 0 : key); }
    var kept = attributes(node.props);
    kept.key = key === undefined ? 0 : key;
    if (node.type === "Link") { kept.onClick = follow; }
    var children = node.props && node.props.children;
    var tag = node.type === "Link" ? "a" : node.type.toLowerCase();
    return window.React.createElement(tag, kept, children === undefined ? undefined : draw(children));
  }

  /* A control stays itself wherever it stands among the others. */
  function live(node, key) {
    if (node.type === "Still") { return window.React.createElement(window.React.Fragment, { key: key }, draw(node.props.tree)); }
    var name = node.type === "Choice" ? "control " + node.props.name : key;
    return window.React.createElement(fence(), { key: name, of: node },
      window.React.createElement(window.site[node.type], node.props));
  }

  /* Around each part that lives: what fails in one does not take the others with it, as it would with the one
     fence that Dash has for the whole page. What comes next in its place is tried anew. */
  var Fence = null;
  function fence() {
    if (Fence) { return Fence; }
    Fence = class extends window.React.Component {
      constructor(props) { super(props); this.state = { of: null }; }
      componentDidCatch() { this.setState({ of: this.props.of }); }
      static getDerivedStateFromError() { return { of: true }; }
      componentDidUpdate() {
        if (this.state.of && this.state.of !== true && this.state.of !== this.props.of) { this.setState({ of: null }); }
      }
      render() {
        var own = this;
        return this.state.of ? window.site.trouble(function () { own.setState({ of: null }); }, "part-says") : this.props.children;
      }
    };
    return Fence;
  }

  /* A link of this site changes the address without loading the page anew. */
  function follow(event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    window.site.go(window.site.meant(event.currentTarget));
  }

  window.site = window.site || {};
  window.site.laidOut = draw;
  window.site.Still = function (props) {
    return window.React.createElement(window.React.Fragment, null, draw(props.tree, 0));
  };

  window.site.home = function () { document.getElementById("page").focus({ preventScroll: true }); };

  /* What is shown: {address, stays, parts}. An answer to an address that was left meanwhile is not drawn, for
     the next one is on its way. A page that stays is changed in place: what is pressed, scrolled or focused in
     it remains there. Dash would mount everything anew (4.4.1: DashWrapper gives what a callback brings a new
     key), and a press whose button is replaced under the finger never becomes a click. */
  window.site.Live = function (props) {
    var React = window.React, last = React.useRef(null), nth = React.useRef(0);
    var now = props.tree, was = last.current;
    if (was && now.address && !window.site.asks(now.address)) { now = was; }
    if (now !== was) {
      if (!was || !now.stays || now.stays !== was.stays) { nth.current += 1; }
      last.current = now;
    }
    var focused = document.activeElement;
    React.useLayoutEffect(function () {
      if (now.address) {
        window.site.drawn = now.address;
        window.site.arrived();
      }
      /* What had the focus went with the page: unless somebody here knows a better place, the new page has it. */
      window.setTimeout(function () {
        if (focused && !focused.isConnected && document.activeElement === document.body) { window.site.home(); }
      });
    }, [now]);
    return React.createElement(React.Fragment, { key: nth.current }, draw(now.parts));
  };
})();
