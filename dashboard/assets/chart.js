/* Draws every chart of the site (dashboard/graph.py): site.draw(element, figure, config) -> Promise. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var told = JSON.parse(document.getElementById("parts").textContent);
  var loading = {};

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
    return (window.Plotly ? Promise.resolve() : site.load(site.part("plotly"))).then(function () {
      return drawn(element, site.fitted(element, figure, config), config);
    });
  };

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
