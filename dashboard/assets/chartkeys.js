/* A chart by keyboard: arrow keys move over its points, Enter opens the passport of one, Escape leaves. */
(function () {
  "use strict";
  var site = window.site = window.site || {};

  /* Traces that have points to stop at: those whose points have a passport or say something. */
  function stops(element) {
    return (element.data || []).map(function (trace, number) {
      var says = trace.hovertext || trace.text;
      var many = Array.isArray(trace.customdata) ? trace.customdata.length : Array.isArray(says) ? says.length : 0;
      return { number: number, many: trace.hoverinfo === "skip" ? 0 : many };
    }).filter(function (one) { return one.many > 0; });
  }

  function text(trace, point) {
    var says = trace.hovertext || trace.text;
    var html = Array.isArray(says) ? says[point] : says;
    var plain = new DOMParser().parseFromString(String(html || "").replace(/<br\s*\/?>/gi, "; "), "text/html");
    return plain.body.textContent.replace(/\s+/g, " ").trim();
  }

  function nearest(element, from, to, point) {
    var xs = element.data[from.number].x || [], others = element.data[to.number].x || [];
    var at = others.indexOf(xs[point]);
    return at >= 0 ? at : Math.min(point, to.many - 1);
  }

  site.byKeys = function (element) {
    var series = 0, point = -1;

    function show() {
      var found = stops(element), one = found[series];
      element.plotly.Fx.hover(element, [{ curveNumber: one.number, pointNumber: point }]);
      element.parentNode.querySelector(".heard").textContent = text(element.data[one.number], point);
    }

    function leave() {
      point = -1;
      if (element.plotly && element.data) { element.plotly.Fx.unhover(element); }
      var heard = element.parentNode && element.parentNode.querySelector(".heard");
      if (heard) { heard.textContent = ""; }
    }

    function open() {
      var trace = element.data[stops(element)[series].number];
      var id = Array.isArray(trace.customdata) && trace.customdata[point];
      if (typeof id === "string") { site.returnTo(element); site.openPassport(id); }
    }

    function pressed(event) {
      var found = stops(element);
      if (event.target !== element || !element.plotly || !found.length || event.ctrlKey || event.metaKey || event.altKey) { return; }
      series = Math.min(series, found.length - 1);
      var last = found[series].many - 1, before = found[series];
      if (event.key === "Escape" && point >= 0) { leave(); event.stopPropagation(); return; }
      if (event.key === "Enter" && point >= 0) { open(); event.preventDefault(); return; }
      if (event.key === "ArrowRight") { point = Math.min(point + 1, last); }
      else if (event.key === "ArrowLeft") { point = Math.max(point - 1, 0); }
      else if (event.key === "Home") { point = 0; }
      else if (event.key === "End") { point = last; }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        series = (series + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
        point = point < 0 ? 0 : nearest(element, before, found[series], point);
      } else { return; }
      event.preventDefault();
      show();
    }

    element.addEventListener("keydown", pressed);
    element.addEventListener("blur", leave);
    return function () {
      element.removeEventListener("keydown", pressed);
      element.removeEventListener("blur", leave);
    };
  };
})();
