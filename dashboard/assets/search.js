/* The search box (dashboard/search.py): a combobox with a list, after the pattern of the ARIA practices.
   Arrow keys move in the list, Enter opens what is marked or all results, Escape closes; "/" comes here. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var PAUSE = 120;
  var INPUT = "search-box", LIST = "search-list";

  function kept(address, name, value) {
    return address + (address.indexOf("?") < 0 ? "?" : "&") + name + "=" + encodeURIComponent(value);
  }

  function ask(address, text, signal) {
    return fetch(kept(address, "q", text), { signal: signal }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    });
  }

  site.Search = function (props) {
    var React = window.React, make = React.createElement;
    var input = React.useRef(null), running = React.useRef(null), timer = React.useRef(null);
    var text = React.useState(""), given = React.useState(null), marked = React.useState(-1), open = React.useState(false);
    var found = given[0] && given[0].found || [];
    var options = found.length ? found.concat([{ name: given[0].all, href: kept(props.page, "q", text[0]), every: true }]) : [];

    React.useEffect(function () { close(); given[1](null); }, [props.address]);
    React.useEffect(function () { return stop; }, []);

    function stop() {
      clearTimeout(timer.current);
      if (running.current) { running.current.abort(); }
    }
    function close() { open[1](false); marked[1](-1); }
    function typed(event) {
      var now = event.target.value;
      text[1](now);
      marked[1](-1);
      stop();
      if (!now.trim()) { given[1](null); open[1](false); return; }
      timer.current = setTimeout(function () { fill(now); }, PAUSE);
    }
    function fill(now) {
      var own = running.current = new AbortController();
      ask(props.address, now, own.signal).then(function (answer) {
        given[1](answer);
        open[1](true);
      }).catch(function (fault) {
        if (fault.name !== "AbortError") { given[1]({ found: [], failed: true }); open[1](true); }
      });
    }
    function go(address) { stop(); close(); text[1](""); given[1](null); site.home(); site.go(address); }
    function submit(event) {
      event.preventDefault();
      if (open[0] && marked[0] >= 0 && options[marked[0]]) { go(options[marked[0]].href); return; }
      if (text[0].trim()) { go(kept(props.page, "q", text[0].trim())); }
    }
    function key(event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        var places = options.length + 1;
        marked[1](open[0] ? (marked[0] + 1 + step + places) % places - 1 : step > 0 ? 0 : options.length - 1);
        open[1](true);
      } else if (event.key === "Escape" && (open[0] || text[0])) {
        event.stopPropagation();
        if (open[0]) { close(); } else { text[1](""); given[1](null); }
      }
    }

    var says = !open[0] ? "" : found.length ? given[0].all : given[0] && given[0].failed ? props.words.failed : props.words.nothing;
    return make("form", { className: "search", role: "search", onSubmit: submit, action: "/search", "aria-label": props.words.hint },
      make("input", {
        ref: input, id: INPUT, type: "text", name: "q", role: "combobox", autoComplete: "off", spellCheck: false, value: text[0],
        placeholder: props.words.hint, title: props.words.key, "aria-label": props.words.label, "aria-autocomplete": "list",
        "aria-expanded": open[0] && options.length > 0, "aria-controls": LIST, "aria-keyshortcuts": "/",
        "aria-activedescendant": open[0] && marked[0] >= 0 ? LIST + "-" + marked[0] : undefined,
        onChange: typed, onKeyDown: key, onBlur: close, onFocus: function () { if (options.length) { open[1](true); } }
      }),
      make("kbd", { className: "search-key", "aria-hidden": true }, "/"),
      make("ul", { id: LIST, role: "listbox", "aria-label": props.words.label, hidden: !open[0] || !options.length },
        options.map(function (option, place) { return row(make, option, place, place === marked[0], go); })),
      open[0] && !options.length ? make("p", { className: "search-nothing" }, says) : null,
      make("span", { className: "unseen", role: "status" }, says));
  };

  function row(make, option, place, here, go) {
    return make("li", {
      key: place, id: LIST + "-" + place, role: "option", "aria-selected": here, className: option.every ? "every" : undefined,
      /* Before the box loses the focus, or the list would be gone when the click arrives. */
      onMouseDown: function (event) { event.preventDefault(); },
      onClick: function () { go(option.href); }
    },
      make("span", { className: "search-name", lang: option.lang || undefined }, option.name,
        option.by ? make("span", { className: "search-by", lang: option.byLang || undefined }, option.by) : null),
      option.every ? null : make("span", { className: "search-about" }, option.kind + " · " + option.figures));
  }

  document.addEventListener("keydown", function (event) {
    var at = event.target;
    var writing = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    var box = document.getElementById(INPUT);
    if (event.key !== "/" || writing || !box || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
