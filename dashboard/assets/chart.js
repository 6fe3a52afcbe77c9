/* Draws every chart of the site (dashboard/graph.py): site.draw(element, figure, config) -> Promise. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var BUNDLE = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  var loading = {};

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

  function drawn(element, figure, config) {
    return window.Plotly.react(element, figure.data, figure.layout, config).then(function () {
      if (element.clicks) { return; }
      element.clicks = true;
      element.on("plotly_click", function (event) {
        var point = event.points && event.points[0];
        if (point && typeof point.customdata === "string") { site.openPassport(point.customdata); }
      });
    });
  }

  site.draw = function (element, figure, config) {
    return (window.Plotly ? Promise.resolve() : site.load(BUNDLE)).then(function () {
      return drawn(element, site.fitted(element, figure, config), config);
    });
  };

  /* The passport of a figure, on the page that is open: the address says so, the page follows. */
  site.openPassport = function (id) {
    var query = new URLSearchParams(window.location.search);
    query.set("passport", id);
    site.go(window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
  };

  site.go = function (address) {
    window.history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  site.Chart = function (props) {
    var React = window.React;
    var at = React.useRef(null);
    React.useEffect(function () { site.draw(at.current, props.figure, props.config); }, [props.figure]);
    React.useEffect(function () {
      return function () { if (window.Plotly && at.current) { window.Plotly.purge(at.current); } };
    }, []);
    return React.createElement("div", {
      ref: at, className: props.className, role: "img", "aria-label": props.says,
      style: { height: props.figure.layout.height }
    });
  };
})();
