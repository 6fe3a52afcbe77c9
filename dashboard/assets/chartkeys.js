/* A chart by keyboard: arrow keys move over its marks, Enter opens the passport of one, Escape leaves. */
(function () {
  "use strict";
  var site = window.site = window.site || {};

  function plain(html) {
    var text = new DOMParser().parseFromString(String(html || "").replace(/<br\s*\/?>/gi, "; "), "text/html");
    return text.body.textContent.replace(/\s+/g, " ").trim();
  }

  /* Lines of marks {curve, at, id, says, x}, one for each trace; the rows of tables of cells are lines too. What
     has neither a passport nor words is no mark; a country without a figure is none on a map that has some. */
  function lines(element) {
    var traces = (element.data || []).map(function (trace, curve) {
      var says = trace.hovertext || trace.text;
      return { curve: curve, trace: trace, ids: Array.isArray(trace.customdata) ? trace.customdata : [], says: Array.isArray(says) ? says : [] };
    }).filter(function (one) { return one.trace.hoverinfo !== "skip"; });
    var known = traces.filter(function (one) { return one.ids.length; });
    var rows = {}, found = [];
    (known.length ? known : traces).forEach(function (one) {
      function mark(at, id, says, x) {
        return { curve: one.curve, at: at, id: typeof id === "string" ? id : null, says: says, x: x };
      }
      if (Array.isArray(one.ids[0]) || Array.isArray(one.says[0])) {
        one.says.forEach(function (row, r) {
          row.forEach(function (says, c) {
            var id = (one.ids[r] || [])[c];
            if (id || (says && !known.length)) { (rows[r] = rows[r] || []).push(mark([r, c], id, says, c)); }
          });
        });
        return;
      }
      var many = one.ids.length || one.says.length, xs = one.trace.x || [], line = [];
      for (var i = 0; i < many; i += 1) { line.push(mark(i, one.ids[i], one.says[i], xs[i])); }
      if (line.length) { found.push(line); }
    });
    var axis = element._fullLayout && element._fullLayout.yaxis, down = axis && axis.range && axis.range[0] > axis.range[1];
    var ordered = Object.keys(rows).map(Number).sort(function (a, b) { return down ? a - b : b - a; });
    return found.concat(ordered.map(function (r) { return rows[r].sort(function (a, b) { return a.x - b.x; }); }));
  }

  /* The place in another line that stands above or below: the same x, else the nearest column, else as far along. */
  function nearest(mark, place, line) {
    var same = line.findIndex(function (other) { return other.x !== undefined && other.x === mark.x; });
    if (same >= 0) { return same; }
    if (!Array.isArray(mark.at) || !Array.isArray(line[0].at)) { return Math.min(place, line.length - 1); }
    return line.reduce(function (best, other, i) {
      return Math.abs(other.x - mark.x) < Math.abs(line[best].x - mark.x) ? i : best;
    }, 0);
  }

  /* Maps and treemaps cannot be told what lies under the pointer: their shape is marked, its words stand beside. */
  function shape(element, mark) {
    var cell = element.calcdata && element.calcdata[mark.curve] && element.calcdata[mark.curve][mark.at];
    return Array.prototype.find.call(element.querySelectorAll(".choroplethlayer path, .scattergeo path, .treemaplayer .slice"), function (drawn) {
      var held = drawn.__data__;
      return held && (held === cell || (held.data && held.data.data && held.data.data.i === mark.at));
    });
  }

  site.byKeys = function (element) {
    var line = 0, place = -1, box = null, frame = null;

    function forget() {
      [box, frame].forEach(function (one) { if (one) { one.remove(); } });
      box = frame = null;
      element.querySelectorAll(".mark-here").forEach(function (one) { one.classList.remove("mark-here"); });
    }

    /* The place of a mark on the page; a cell of a table of cells is drawn within a picture, and has a frame of its own. */
    function placed(mark, within) {
      var drawn = Array.isArray(mark.at) ? null : shape(element, mark);
      if (drawn) { drawn.classList.add("mark-here"); return drawn.getBoundingClientRect(); }
      if (!Array.isArray(mark.at)) { return null; }
      var trace = element.data[mark.curve], layout = element._fullLayout;
      function span(axis, values, i) {
        var middle = axis.d2c(values[i]), ends = [axis.c2p(middle - 0.5), axis.c2p(middle + 0.5)];
        return [axis._offset + Math.min.apply(null, ends), Math.abs(ends[1] - ends[0])];
      }
      var across = span(layout.xaxis, trace.x, mark.at[1]), along = span(layout.yaxis, trace.y, mark.at[0]);
      return new DOMRect(within.left + across[0], within.top + along[0], across[1], along[1]);
    }

    function beside(mark) {
      var within = element.getBoundingClientRect(), at = placed(mark, within);
      if (!at) { return; }
      if (Array.isArray(mark.at)) {
        frame = document.createElement("div");
        frame.className = "mark-frame";
        frame.style.cssText = "left:" + (at.left - within.left) + "px;top:" + (at.top - within.top) + "px;width:" + at.width + "px;height:" + at.height + "px";
        element.append(frame);
      }
      box = document.createElement("div");
      box.className = "mark-says";
      box.setAttribute("aria-hidden", "true");
      box.textContent = plain(mark.says);
      element.append(box);
      var left = at.left - within.left + at.width / 2 - box.offsetWidth / 2, top = at.bottom - within.top + 6;
      box.style.left = Math.max(0, Math.min(left, within.width - box.offsetWidth)) + "px";
      box.style.top = Math.min(top, within.height - box.offsetHeight) + "px";
    }

    function show(mark) {
      forget();
      if (element._fullLayout._has("cartesian") && !Array.isArray(mark.at)) {
        element.plotly.Fx.hover(element, [{ curveNumber: mark.curve, pointNumber: mark.at }]);
      } else { beside(mark); }
      element.parentNode.querySelector(".heard").textContent = plain(mark.says);
    }

    function leave() {
      place = -1;
      forget();
      if (element.plotly && element.data) { element.plotly.Fx.unhover(element); }
      var heard = element.parentNode && element.parentNode.querySelector(".heard");
      if (heard) { heard.textContent = ""; }
    }

    function pressed(event) {
      var all = event.target === element && element.plotly ? lines(element) : [];
      if (!all.length || event.ctrlKey || event.metaKey || event.altKey) { return; }
      line = Math.min(line, all.length - 1);
      place = Math.min(place, all[line].length - 1);
      var last = all[line].length - 1, mark = all[line][place];
      if (event.key === "Escape" && mark) { leave(); event.stopPropagation(); return; }
      if (event.key === "Enter" && mark) {
        if (mark.id) { site.returnTo(element); site.openPassport(mark.id); }
        event.preventDefault();
        return;
      }
      if (event.key === "ArrowRight") { place = Math.min(place + 1, last); }
      else if (event.key === "ArrowLeft") { place = Math.max(place - 1, 0); }
      else if (event.key === "Home") { place = 0; }
      else if (event.key === "End") { place = last; }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        line = (line + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length;
        place = mark ? nearest(mark, place, all[line]) : 0;
      } else { return; }
      event.preventDefault();
      show(all[line][place]);
    }

    element.addEventListener("keydown", pressed);
    element.addEventListener("blur", leave);
    return function () {
      element.removeEventListener("keydown", pressed);
      element.removeEventListener("blur", leave);
    };
  };
})();
