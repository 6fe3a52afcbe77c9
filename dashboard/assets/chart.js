/* Draws every chart of the site (dashboard/graph.py): site.draw(element, figure, config) -> Promise.
   The lighter bundle of Plotly where it knows the kinds of the figure, the whole one where it does not. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var told = JSON.parse(document.getElementById("parts").textContent);
  var LIGHT = ["scatter", "bar", "heatmap", "box", "histogram", "pie", "violin", "contour", "image"];
  var PAPER = 680;  /* pixels of an A4 sheet within its margins (monitor.css), at 96 an inch */
  var loading = {}, bundles = {}, drawn = [], printing = false;

  /* The address of what is loaded later: "plotly", "grid"; "assets" is the folder of our own files. */
  site.part = function (name) { return told[name]; };

  /* A script once, however often it is asked for. */
  site.load = function (address) {
    loading[address] = loading[address] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = function () { delete loading[address]; failed(new Error(address)); };
      document.head.appendChild(script);
    });
    return loading[address];
  };

  /* The Plotly that can draw the figure; the whole one, once there, draws all. */
  function bundle(figure) {
    var light = told.lightPlotly && figure.data.every(function (trace) {
      return LIGHT.indexOf(trace.type || "scatter") >= 0;
    });
    var name = light && !bundles.plotly ? "lightPlotly" : "plotly";
    if (bundles[name]) { return Promise.resolve(bundles[name]); }
    return site.load(site.part(name)).then(function () {
      bundles[name] = bundles[name] || window.Plotly;
      return bundles[name];
    });
  }
  site.bundle = bundle;

  /* Where a chart is sure to come, its bundle comes at once, beside the request for the figures. */
  if (/^\/(explore|compare)\b/.test(window.location.pathname)) { bundle({ data: [] }).catch(function () {}); }

  /* The same figure with each colour of theme.py as the reader's theme has it. */
  function tinted(part) {
    if (typeof part === "string") {
      return part.indexOf("#") < 0 ? part : part.replace(/#[0-9a-f]{6}\b/gi, function (colour) {
        return told.dark[colour.toLowerCase()] || colour;
      });
    }
    if (Array.isArray(part)) {
      /* Numbers alone are copied; a step of a colour scale is a number and a colour. */
      return part.every(function (one) { return typeof one === "number"; }) ? part.slice() : part.map(tinted);
    }
    if (part === null || typeof part !== "object") { return part; }
    return Object.keys(part).reduce(function (copy, name) { copy[name] = tinted(part[name]); return copy; }, {});
  }

  site.dark = function () {
    var chosen = document.documentElement.dataset.theme;
    return printing ? false : chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  };

  /* Plotly writes into what it is given; the figure itself stays as it came, for the other theme. */
  function own(figure) { return site.dark() ? tinted(figure) : JSON.parse(JSON.stringify(figure)); }

  function put(element, figure, config, plotly) {
    var shown = own(figure), least = parseFloat(element.style.minWidth) || 0;
    if (printing) { shown.layout.width = Math.max(PAPER, least); }
    element.style.zoom = printing && least > PAPER ? PAPER / least : "";
    if (element.plotly && element.plotly !== plotly) { element.plotly.purge(element); element.clicks = false; }
    element.plotly = plotly;
    element.figure = figure;
    config = Object.assign({}, config, { topojsonURL: site.part("assets") + "topojson/" });
    return plotly.react(element, shown.data, shown.layout, config).then(function () {
      if (drawn.indexOf(element) < 0) { drawn.push(element); }
      element.redraw = function () { return put(element, element.figure, config, plotly); };
      if (element.clicks) { return; }
      element.clicks = true;
      element.on("plotly_click", function (event) {
        var point = event.points && event.points[0];
        if (point && typeof point.customdata === "string") { site.openPassport(point.customdata); }
      });
    });
  }

  site.draw = function (element, figure, config) {
    element.wanted = figure;
    return bundle(figure).then(function (plotly) {
      return element.wanted === figure ? put(element, site.fitted(element, figure, config), config, plotly) : undefined;
    });
  };

  site.undraw = function (element) {
    drawn = drawn.filter(function (one) { return one !== element; });
    element.wanted = null;
    if (element.plotly) { element.plotly.purge(element); }
  };

  /* Each chart again, in the theme that now holds. */
  site.repaint = function () { drawn.forEach(function (element) { element.redraw(); }); };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { site.repaint(); });

  /* A sheet is narrower than most screens, and white: charts are drawn for it while the browser prints. */
  function onPaper(event) {
    printing = event.type === "beforeprint";
    drawn.forEach(function (element) { if (!element.closest(".slide")) { element.redraw(); } });
  }
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", onPaper);

  /* The passport of a figure, on the page that is open: the address says so, the page follows. */
  site.passportAddress = function (id) {
    var query = new URLSearchParams(window.location.search);
    query.set("passport", id);
    return window.location.pathname + "?" + query.toString().replace(/%2C/g, ",");
  };

  site.openPassport = function (id) { site.go(site.passportAddress(id)); };

  site.go = function (address) {
    window.history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  /* The element is ours, not React's: one that was drawn before Dash came is moved here as it is. */
  site.Chart = function (props) {
    var React = window.React, frame = React.useRef(null), at = React.useRef(null), failed = React.useState(false);
    var early = React.useRef(false), taken = React.useRef(false);
    function draw() {
      failed[1](false);
      var drawn = site.draw(at.current, props.figure, props.config);
      if (early.current) { site.drawingFirst(at.current, props.figure, drawn); }
      drawn.catch(function () { failed[1](true); });
    }
    React.useLayoutEffect(function () {
      early.current = site.isFirst(frame.current);
      if (!early.current) { site.arrived(); }
      var before = early.current ? null : site.drawnFirst(props.figure);
      taken.current = before !== null;
      at.current = before || document.createElement("div");
      at.current.classList.remove("arriving");
      at.current.classList.add(early.current ? "arriving" : props.className);
      at.current.setAttribute("role", "application");
      at.current.tabIndex = 0;
      frame.current.prepend(at.current);
    }, []);
    React.useLayoutEffect(function () {
      var hint = document.querySelector("#head .chart-keys");
      at.current.setAttribute("aria-label", props.says + (hint ? " " + hint.textContent : ""));
    });
    React.useLayoutEffect(function () {
      var stands = taken.current;
      taken.current = false;
      if (!stands) {
        at.current.style.height = props.figure.layout.height + "px";
        draw();
      } else if (at.current.clientWidth !== at.current._fullLayout.width) { at.current.redraw(); }
    }, [props.figure]);
    React.useEffect(function () {
      var element = at.current, leave = site.byKeys(element), own = frame.current;
      return function () { leave(); if (own.contains(element)) { site.undraw(element); } };
    }, []);
    return React.createElement(React.Fragment, null,
      React.createElement("div", { className: "chart-frame", ref: frame },
        React.createElement("p", { className: "heard", "aria-live": "polite" })),
      failed[0] ? site.trouble(draw) : null);
  };
})();
