/* The first page of Explore before Dash: its answer is asked for at once, and what stands above and in the
   chart is drawn by the same components with React alone. Dash then starts, is given that very answer, and
   takes the drawn chart over. Where the answer is late, or has no chart, Dash starts at once.
   site.start(begin): called by the page after its scripts (dashboard/served.py). */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var PAGE = "..shown.tree...headed.tree..";
  var PATIENCE = 2000, LONGEST = 8000, UNSEEN = 300;
  var asked = null, root = null, stage = null, drawing = [];

  /* What Dash would ask when the address is `view`, word for word of the callback in dashboard/site.py. */
  function question(view) {
    return {
      output: PAGE,
      outputs: [{ id: "shown", property: "tree" }, { id: "headed", property: "tree" }],
      inputs: [{ id: "view", property: "data", value: view }],
      changedPropIds: ["view.data"], parsedChangedPropsIds: ["view.data"], state: []
    };
  }

  function ask() {
    var view = window.dash_clientside.site.split(window.location.pathname, window.location.search)[0];
    var how = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question(view)) };
    var answer = window.fetch("/_dash-update-component", how);
    return { view: JSON.stringify(view), answer: answer };
  }

  /* The answer that is on its way already, when Dash asks for it; null when it asks for anything else. */
  site.underWay = function (how) {
    if (!asked || !how || typeof how.body !== "string" || how.body.indexOf(PAGE) < 0) { return null; }
    var first = asked, wanted = JSON.parse(how.body);
    asked = null;
    if (wanted.output !== PAGE || JSON.stringify(wanted.inputs[0].value) !== first.view) { return null; }
    return first.answer.then(function (answer) { return answer.clone(); });
  };

  function holds(node) {
    if (Array.isArray(node)) { return node.some(holds); }
    return !!node && typeof node === "object" && (node.type === "Chart" || holds(node.props && node.props.children));
  }

  /* All up to the last chart; what follows stands below the edge of the screen and comes with Dash. */
  function upToChart(page) {
    var last = page.map(holds).lastIndexOf(true);
    return page.slice(0, last + 1);
  }

  function show(content) {
    var page = upToChart([].concat(content.shown.tree.parts)), entry = document.getElementById("react-entry-point");
    if (!page.length) { return; }
    var h = window.React.createElement;
    stage = document.createElement("div");
    stage.className = "first-page";
    stage.inert = true;
    entry.before(stage);
    entry.hidden = true;
    root = window.ReactDOM.createRoot(stage);
    window.ReactDOM.flushSync(function () {
      root.render(h(window.React.Fragment, null,
        h("header", { className: "site-head" }, site.laidOut(content.headed.tree.parts)), h("main", null, site.laidOut(page))));
    });
  }

  /* Whether an element stands in the page before Dash. */
  site.isFirst = function (element) { return !!stage && stage.contains(element); };

  /* A chart of this page says when it stands there. */
  site.drawingFirst = function (element, figure, drawn) {
    drawing.push({ element: element, figure: JSON.stringify(figure), drawn: drawn.catch(function () {}) });
  };

  /* Dash has put its page: it stands where the first one stood. */
  function arrived() {
    if (!stage || !document.querySelector("#page > *:not(.skeleton)")) { return; }
    document.getElementById("react-entry-point").hidden = false;
    stage.remove();
    var left = root;
    stage = root = null;
    window.setTimeout(function () { left.unmount(); drawing = []; }, 0);
  }
  site.arrived = arrived;

  /* The element in which that figure is drawn already, or null; nobody gets it twice. */
  site.drawnFirst = function (figure) {
    if (!drawing.length) { return null; }
    var text = JSON.stringify(figure);
    var found = drawing.filter(function (one) { return one.figure === text && one.element.plotly; })[0];
    if (!found) { return null; }
    drawing.splice(drawing.indexOf(found), 1);
    return found.element;
  };

  function later(time) { return new Promise(function (done) { window.setTimeout(done, time); }); }

  /* -> a promise that keeps Dash waiting until the chart has been painted, or there is none to wait for. */
  function first() {
    var answer = asked.answer.then(function (came) {
      if (!came.ok) { asked = null; throw new Error(came.status); }
      return came.clone().json();
    });
    return Promise.race([answer, later(PATIENCE)]).then(function (content) {
      if (!content) { return undefined; }
      show(content.response);
      return Promise.race([Promise.all(drawing.map(function (one) { return one.drawn; })), later(LONGEST)]);
    }).then(function () {
      return drawing.length ? new Promise(function (done) {
        window.requestAnimationFrame(function () { window.setTimeout(done, 0); });
        window.setTimeout(done, UNSEEN);  /* a page in the background is never painted */
      }) : undefined;
    }).catch(function () {});
  }

  function rest() { return Array.prototype.slice.call(document.querySelectorAll('script[type="later"]')); }

  /* The scripts of Dash, in their order. */
  function load() {
    return Promise.all(rest().map(function (told) {
      return new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = told.getAttribute("src");
        script.async = false;
        script.onload = done;
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }));
  }

  /* On their way while the chart is drawn, but behind what it needs. */
  function ahead() {
    rest().forEach(function (told) {
      var link = document.createElement("link");
      link.rel = "prefetch";
      link.href = told.getAttribute("src");
      document.head.appendChild(link);
    });
  }

  site.start = function (begin) {
    if (!asked) { begin(); return; }
    site.bundle({ data: [] }).then(ahead, ahead);
    first().then(load).then(begin);
  };

  /* The page leaves Dash for later where a chart is sure to come. */
  site.askFirst = function () { if (rest().length) { asked = ask(); } };
})();
