/* Parts of Explore that live: the slider of years, the table of areas by years, links that are copied. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var STEP = 900;

  function chartBeside(element) {
    var figure = element && element.closest("figure");
    return figure && figure.querySelector(".chart");
  }

  function calm() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches; }

  /* The year goes into the address; the page follows. */
  function ask(year) {
    var query = new URLSearchParams(window.location.search);
    query.set("year", year);
    query.delete("passport");
    site.stay();
    site.go(window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
  }

  site.Slider = function (props) {
    var React = window.React, h = React.createElement, words = props.words;
    var at = React.useRef(null), timer = React.useRef(null), touched = React.useRef(null);
    var place = React.useState(props.years.indexOf(props.year)), shown = place[0], show = place[1];
    var run = React.useState(false), playing = run[0], play = run[1];
    var last = props.years.length - 1;

    /* A page that arrives under a key or a finger that is down does not take the year out of the hand. */
    React.useEffect(function () { if (!touched.current) { show(props.years.indexOf(props.year)); } }, [props.year, props.years.join()]);
    /* A slider that goes away under a key that is down would never hear it go up: the year is asked for then. */
    React.useEffect(function () {
      return function () {
        window.clearTimeout(timer.current);
        var left = touched.current;
        if (left && left.query === window.location.search) { ask(left.year); }
      };
    }, []);

    function frame(i) {
      show(i);
      var chart = chartBeside(at.current);
      if (chart && site.frame) { site.frame(chart, props.years[i]); }
      var said = at.current.closest("figure").querySelector("figcaption .shown-year");
      if (said) { said.textContent = props.years[i]; }
    }
    function touch(i) {
      touched.current = { year: props.years[i], query: window.location.search };
      play(false);
      window.clearTimeout(timer.current);
      frame(i);
    }
    function settle(i) {
      touched.current = null;
      if (props.years[i] !== props.year) { ask(props.years[i]); }
    }
    function stop(i) { window.clearTimeout(timer.current); play(false); settle(i); }
    function next(i) {
      if (i > last) { stop(last); return; }
      frame(i);
      timer.current = window.setTimeout(function () { next(i + 1); }, calm() ? 2 * STEP : STEP);
    }
    function toggle() {
      if (playing) { stop(shown); return; }
      play(true);
      next(shown >= last ? 0 : shown + 1);
    }

    return h("div", { className: "years-slider", ref: at },
      h("button", { type: "button", className: "play" + (playing ? " on" : ""), onClick: toggle,
        "aria-label": playing ? words.pause : words.play, title: playing ? words.pause : words.play }),
      h("span", { className: "first", "aria-hidden": "true" }, props.years[0]),
      h("input", { type: "range", min: 0, max: last, step: 1, value: shown < 0 ? last : shown,
        "aria-label": words.title, "aria-valuetext": String(props.years[shown]),
        onChange: function (event) { touch(Number(event.target.value)); },
        onPointerUp: function (event) { settle(Number(event.target.value)); },
        onKeyUp: function (event) { settle(Number(event.target.value)); },
        onBlur: function (event) { settle(Number(event.target.value)); } }),
      h("span", { className: "last", "aria-hidden": "true" }, props.years[last]),
      h("output", { className: "year" }, props.years[shown]));
  };

  /* A cell: figure id, number, index of its publisher, marks, rivals, and its period where it is no plain year. */
  function cell(props, given, year, key) {
    var h = window.React.createElement, words = props.words;
    if (!given) { return h("td", { key: key }, h("span", { className: "absent", title: words.gap }, words.absent)); }
    var period = given[5] || year, number = given[1], gap = number === words.absent;
    var title = words.opens.replace("\u0003", number).replace("\u0002", period).replace("\u0001", props.publishers[given[2]]);
    var shown = given[0]
      ? h("a", { className: (gap ? "absent" : "number") + " to-passport", title: title, href: props.passport + encodeURIComponent(given[0]),
        onClick: follow }, number)
      : h("span", { className: "made", title: given[5] || "" }, number);
    return h("td", { key: key }, h("span", { className: "cell" }, shown, h("span", { className: "flags" },
      given[3].split("").map(function (letter) { return h("sup", { key: letter }, letter); }),
      given[4] ? h("sup", { className: "rivals", title: words.rivals }, "+" + given[4]) : null)));
  }

  function follow(event) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    site.go(event.currentTarget.getAttribute("href"));
  }

  site.Years = function (props) {
    var React = window.React, h = React.createElement;
    var every = React.useState(null), told = React.useState(""), whole = every[0], at = React.useRef(null);
    React.useEffect(function () { every[1](null); told[1](""); }, [props.rest]);
    function all() {
      fetch(props.rest).then(function (answer) {
        if (!answer.ok) { throw new Error(answer.status); }
        return answer.json();
      }).then(function (came) {
        every[1](Object.assign({ of: props.rest }, came));
        at.current.focus({ preventScroll: true });  /* the button goes */
      },
        function () { told[1](props.words.unreached); });
    }
    var unfolded = whole && whole.of === props.rest;
    if (unfolded) { props = Object.assign({}, props, { rows: whole.rows, publishers: whole.publishers }); }
    var rows = props.rows;
    var head = props.head.map(function (text, i) { return h("th", { scope: "col", key: i }, text); });
    var body = rows.map(function (row, i) {
      return h("tr", { key: i }, h("th", { scope: "row" }, row[0]),
        row.slice(1).map(function (given, k) { return cell(props, given, props.head[k + 1], k); }));
    });
    return h(React.Fragment, null,
      h("div", { className: "scroll", ref: at, tabIndex: 0, role: "region", "aria-label": props.words.title },
        h("table", { className: "years" }, h("thead", null, h("tr", null, head)), h("tbody", null, body))),
      props.rest && !unfolded
        ? h("button", { type: "button", className: "more-rows", onClick: all }, props.words.more)
        : null,
      told[0] ? h("p", { role: "status", className: "quiet" }, told[0]) : null);
  };

  /* Where the page is made anew, in another language, what was open stays open, and the focus stays where it was. */
  var opened = false, held = null;

  function place(element) {
    var control = element.closest(".settings .control");
    if (control) { return "." + control.className.split(" ").pop() + " " + (element.tagName === "INPUT" ? "input" : "button"); }
    if (element.closest(".years-slider")) { return ".years-slider " + element.tagName.toLowerCase(); }
    var item = element.closest("a.stay") && element.closest("li");
    var list = item && item.parentElement;
    if (!list || !list.className) { return null; }
    var nth = Array.prototype.indexOf.call(list.children, item) + 1;
    return "ul." + list.className.split(" ")[0] + " > li:nth-child(" + nth + ") > a";
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.matches && event.target.matches("details.more")) { opened = event.target.open; }
  }, true);

  document.addEventListener("focusin", function (event) {
    held = event.target.closest("#page") ? place(event.target) : null;
  });

  new MutationObserver(function () {
    var more = document.querySelector("details.more:not([data-seen])");
    if (more) { more.dataset.seen = "1"; if (opened) { more.open = true; } }
    if (held && document.activeElement === document.body) {
      var again = document.querySelector("#page " + held);
      if (again) { again.focus({ preventScroll: true }); }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("pointerdown", function (event) {
    if (!event.target.closest("a, button, input, .control")) { held = null; }
  }, true);

  /* A link that is copied: its address goes to the clipboard, and a word says so. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.copy-link");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) { return; }
    event.preventDefault();
    event.stopPropagation();
    if (site.copy(link.href)) { said(link); } else { window.prompt("", link.href); }
  }, true);

  function said(link) {
    var status = link.closest(".sharing").querySelector(".copy-said");
    var copied = link.querySelector(".copied").textContent;
    link.classList.add("done");
    status.textContent = copied;
    window.setTimeout(function () { link.classList.remove("done"); status.textContent = ""; }, 2500);
  }
})();
