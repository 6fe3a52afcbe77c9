/* The controls of a page (dashboard/choice.py): a list to search, a native list, two or three choices
   side by side, a line of text. Each has a real label and is used by keyboard as the ARIA guide says. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var FEW = 4;
  var refocus = null;

  function h() { return window.React.createElement.apply(null, arguments); }

  /* Letters as they are typed: no case, no marks, one i for İ, I and ı. */
  function folded(text) {
    return text.replace(/[İIı]/g, "i").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ə/g, "e");
  }

  function fitting(options, typed) {
    var words = folded(typed).split(/\s+/).filter(Boolean);
    return options.filter(function (option) {
      var text = folded((option.search || "") + " " + option.label);
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    });
  }

  /* After the page was made anew, the control that was used has the focus again. */
  function useFocusAgain(name, at) {
    window.React.useEffect(function () {
      var lost = document.activeElement === null || document.activeElement === document.body;
      if (refocus === name && lost && at.current) { at.current.focus({ preventScroll: true }); }
    }, []);
  }

  document.addEventListener("focusin", function (event) {
    if (!event.target.closest(".control-" + refocus)) { refocus = null; }
  });

  function tell(props, value) {
    if (JSON.stringify(value) === JSON.stringify(props.value)) { return; }
    refocus = props.name;
    props.wish(value);
  }

  function titled(props, id, control) {
    return h("div", { className: "control control-" + props.name },
      h("label", { className: "control-title", htmlFor: id, id: id + "-title" }, props.title), control);
  }

  function option(one) {
    return h("option", { key: one.value, value: one.value, disabled: one.disabled }, one.label + (one.note ? " · " + one.note : ""));
  }

  /* A few choices: the list of the browser itself. */
  function Listed(props) {
    var id = "control-" + props.name, at = window.React.useRef(null);
    useFocusAgain(props.name, at);
    var empty = props.clearable ? [h("option", { key: "", value: "" }, props.placeholder)] : [];
    return titled(props, id, h("select", {
      id: id, ref: at, className: "choice", value: props.value || "",
      onChange: function (event) { tell(props, event.target.value || null); }
    }, empty.concat(props.options.map(option))));
  }

  /* Two or three choices side by side. */
  function Switch(props) {
    var at = window.React.useRef(null);
    useFocusAgain(props.name, at);
    return h("fieldset", { className: "control control-" + props.name },
      h("legend", { className: "control-title" }, props.title),
      h("div", { className: "switch" }, props.options.map(function (one) {
        return h("label", { key: one.value, className: one.disabled ? "disabled" : "", title: one.note },
          h("input", {
            type: "radio", ref: one.value === props.value ? at : undefined, name: "control-" + props.name, value: one.value, checked: one.value === props.value,
            disabled: one.disabled, onChange: function () { tell(props, one.value); }
          }), one.label);
      })));
  }

  /* A line of text, which counts when it is entered or left. */
  function Line(props) {
    var id = "control-" + props.name, at = window.React.useRef(null);
    useFocusAgain(props.name, at);
    window.React.useEffect(function () { at.current.value = props.value || ""; }, [props.value]);
    function enter() { tell(props, at.current.value); }
    return titled(props, id, h("input", {
      id: id, ref: at, type: "search", className: "choice", defaultValue: props.value || "", autoComplete: "off",
      placeholder: props.placeholder, onBlur: enter,
      onKeyDown: function (event) { if (event.key === "Enter") { enter(); } }
    }));
  }

  function chosenOf(props) {
    return props.multi ? props.value || [] : props.value ? [props.value] : [];
  }

  /* The chosen ones of several, each with the way to take it out. */
  function chips(props, chosen, set, at) {
    if (!props.multi || !chosen.length) { return null; }
    var names = {};
    props.options.forEach(function (one) { names[one.value] = one.label; });
    return h("ul", { className: "chips" }, chosen.map(function (value) {
      var name = names[value] || value;
      return h("li", { key: value }, h("button", {
        type: "button", title: props.words.remove.replace("{name}", name),
        "aria-label": props.words.remove.replace("{name}", name),
        onClick: function () {
          set(chosen.filter(function (other) { return other !== value; }));
          if (chosen.length === 1) { at.current.focus({ preventScroll: true }); }
        }
      }, name, h("span", { "aria-hidden": true }, " ×")));
    }));
  }

  /* A list with a field to search it: one choice, or several that count when the list closes. */
  function Searched(props) {
    var React = window.React, id = "control-" + props.name;
    var at = React.useRef(null), box = React.useRef(null);
    var open = React.useState(false), typed = React.useState(""), active = React.useState(-1);
    var kept = React.useState(chosenOf(props)), first = React.useState([]);
    useFocusAgain(props.name, at);
    React.useEffect(function () { kept[1](chosenOf(props)); }, [JSON.stringify(props.value)]);

    var chosen = kept[0];
    var found = fitting(first[0].length ? first[0] : props.options, typed[0]);
    var label = props.options.filter(function (one) { return one.value === props.value; }).map(function (one) { return one.label; })[0];

    function start() {
      if (open[0]) { return; }
      var on = props.options.filter(function (one) { return chosen.indexOf(one.value) >= 0; });
      var off = props.options.filter(function (one) { return chosen.indexOf(one.value) < 0; });
      first[1](props.multi ? on.concat(off) : props.options);
      active[1](props.multi ? -1 : props.options.indexOf(on[0]));
      typed[1]("");
      open[1](true);
    }

    function close(values) {
      open[1](false); typed[1](""); active[1](-1);
      if (props.multi) { tell(props, values || chosen); }
    }

    function pick(one) {
      if (!one || one.disabled) { return; }
      if (!props.multi) { close(); tell(props, one.value); return; }
      var there = chosen.indexOf(one.value) >= 0;
      kept[1](there ? chosen.filter(function (v) { return v !== one.value; }) : chosen.concat([one.value]));
    }

    function step(by) {
      var to = Math.max(0, Math.min(found.length - 1, active[0] + by));
      active[1](found.length ? to : -1);
    }

    function key(event) {
      var steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
      if (event.key in steps) { event.preventDefault(); if (open[0]) { step(steps[event.key]); } else { start(); } return; }
      if (event.key === "Enter") { event.preventDefault(); if (open[0]) { pick(found[active[0]]); } else { start(); } return; }
      if (event.key === "Escape" && open[0]) { event.preventDefault(); event.stopPropagation(); close(); return; }
      if (event.key === "Tab" && open[0]) { close(); return; }
      if (event.key === "Backspace" && props.multi && !typed[0] && chosen.length) {
        kept[1](chosen.slice(0, -1));
        if (!open[0]) { tell(props, chosen.slice(0, -1)); }
      }
    }

    /* Left by pointer or by keyboard: the list closes, and what was chosen counts. */
    function left(event) {
      if (open[0] && !(box.current && box.current.contains(event.relatedTarget))) { close(); }
    }

    React.useEffect(function () {
      var here = document.getElementById(id + "-" + active[0]);
      if (open[0] && here) { here.scrollIntoView({ block: "nearest" }); }
    }, [open[0], active[0]]);

    function line(one, i) {
      var on = chosen.indexOf(one.value) >= 0;
      return h("li", {
        key: one.value, id: id + "-" + i, role: "option", "aria-selected": on, "aria-disabled": one.disabled || undefined,
        className: (i === active[0] ? "active " : "") + (on ? "on" : ""),
        onMouseDown: function (event) { event.preventDefault(); },
        onClick: function () { active[1](i); pick(one); }
      }, h("span", null, one.label), one.note ? h("span", { className: "note" }, one.note) : null);
    }

    function lines() {
      var made = [], heading = null;
      found.forEach(function (one, i) {
        if (one.group && one.group !== heading) {
          heading = one.group;
          made.push(h("li", { key: "group " + i, role: "presentation", className: "heading" }, one.group));
        }
        made.push(line(one, i));
      });
      return made;
    }

    var popup = h("div", { className: "options", hidden: !open[0] },
      h("ul", { role: "listbox", id: id + "-list", "aria-label": props.title, "aria-multiselectable": props.multi || undefined },
        open[0] ? lines() : null),
      h("p", { className: "none", role: "status" }, open[0] && !found.length ? props.words.none : ""));
    return h("div", { className: "control control-" + props.name, ref: box, onBlur: left },
      h("label", { className: "control-title", htmlFor: id }, props.title),
      h("div", { className: "field" }, chips(props, chosen, function (values) { kept[1](values); if (!open[0]) { tell(props, values); } }, at),
        h("input", {
          id: id, ref: at, className: "choice", type: "text", role: "combobox", autoComplete: "off", spellCheck: false,
          "aria-expanded": open[0], "aria-controls": id + "-list", "aria-autocomplete": "list",
          "aria-activedescendant": open[0] && active[0] >= 0 ? id + "-" + active[0] : undefined,
          value: open[0] ? typed[0] : props.multi ? "" : label || "",
          placeholder: open[0] && !props.multi ? label : props.multi && chosen.length > FEW ? props.words.search : props.placeholder || props.words.search,
          onChange: function (event) { if (!open[0]) { start(); } typed[1](event.target.value); active[1](event.target.value ? 0 : -1); },
          onClick: start, onKeyDown: key
        })), popup);
  }

  /* What was chosen is shown at once, and until a page says otherwise: it may be a while on its way. */
  site.Choice = function (props) {
    var React = window.React, wished = React.useState(null), wish = wished[0];
    var value = wish && wish.of === props.id ? wish.value : props.value;
    React.useLayoutEffect(function () { return site.control(props.id, props.value); }, [props.id]);
    React.useEffect(function () {
      function taken() { if (site.asks(site.drawn)) { wished[1](null); } }
      window.addEventListener("popstate", taken);
      return function () { window.removeEventListener("popstate", taken); };
    }, []);
    function ask(other) {
      wished[1]({ of: props.id, value: other });
      site.write(props.id, other);
    }
    return h({ list: Listed, "switch": Switch, line: Line, search: Searched }[props.kind], Object.assign({}, props, { value: value, wish: ask }));
  };
})();
