/* Draws the large tables (dashboard/grid.py) with AG Grid Community, loaded when a table comes near. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var ENGINE = 346;            /* AG Grid Community within the bundle of dash-ag-grid 35.3.0 */
  var NEAR = "600px", ROW = 40, HEAD = 44, MOST_ROWS = 14;
  var engine = null;

  /* The engine out of the bundle, without the component around it, which is as heavy again. */
  function bring() {
    return engine ? Promise.resolve(engine) : site.load(site.part("grid")).then(function () {
      window.webpackChunkdash_ag_grid.push([["site"], {}, function (module) { engine = module(ENGINE); }]);
      if (!engine || !engine.createGrid) { throw new Error("no AG Grid in the bundle"); }
      return engine;
    });
  }

  function look() {
    return engine.themeQuartz.withParams({
      backgroundColor: "var(--paper)", foregroundColor: "var(--ink)", accentColor: "var(--accent)",
      borderColor: "var(--hairline)", headerBackgroundColor: "var(--paper)", headerTextColor: "var(--quiet)",
      headerFontWeight: 600, headerFontSize: 13, fontFamily: "inherit", fontSize: 15, rowHeight: ROW, headerHeight: HEAD,
      rowHoverColor: "var(--wash)", selectedRowBackgroundColor: "var(--accent-wash)", wrapperBorder: false,
      wrapperBorderRadius: 0, cellHorizontalPadding: 12, menuBackgroundColor: "var(--paper)", browserColorScheme: "inherit",
      inputBackgroundColor: "var(--paper)", inputTextColor: "var(--ink)", inputBorder: "1px solid var(--Dash-Stroke-Strong)",
      iconSize: 16, checkboxBorderWidth: 1.5, checkboxUncheckedBorderColor: "var(--quiet)", columnBorder: false
    });
  }

  /* What a cell holds: a figure {value, text, id, says, marks}, or a text. */
  function valueOf(held) { return held && held.value !== undefined ? held.value : null; }
  function textOf(held) {
    if (held === null || held === undefined) { return ""; }
    return typeof held === "object" ? (held.text || "") + (held.marks ? " " + held.marks : "") : String(held);
  }

  /* By value; what is missing stands last, whichever way the column is sorted. */
  function byValue(a, b, rowA, rowB, down) {
    var x = valueOf(a), y = valueOf(b);
    if (x === null || y === null) { return x === y ? 0 : (x === null ? 1 : -1) * (down ? -1 : 1); }
    return x - y;
  }

  function figure(cell) {
    var held = cell.value;
    if (!held) { return ""; }
    var link = document.createElement(held.id ? "a" : "span");
    link.textContent = held.text || "";
    if (held.says) { link.title = held.says; }
    if (held.id) {
      link.className = "number to-passport";
      link.href = site.passportAddress(held.id);
      link.tabIndex = -1;
      link.addEventListener("click", function (event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
        event.preventDefault();
        site.openPassport(held.id);
      });
    }
    if (!held.marks) { return link; }
    var both = document.createElement("span"), marks = document.createElement("sup");
    marks.textContent = held.marks;
    both.append(link, marks);
    return both;
  }

  function columns(given, language) {
    var order = new Intl.Collator(language, { numeric: true }).compare;
    return given.map(function (one) {
      var plain = Object.assign({}, one), isFigure = plain.figure;
      delete plain.figure;
      return Object.assign(isFigure ? {
        cellClass: "ag-right-aligned-cell", minWidth: 100, headerClass: "ag-right-aligned-header", comparator: byValue,
        filter: "agNumberColumnFilter", filterValueGetter: function (row) { return valueOf(row.data[one.field]); },
        cellRenderer: figure, equals: function (a, b) { return a === b; }
      } : { filter: "agTextColumnFilter", comparator: function (a, b) { return order(textOf(a), textOf(b)); } }, {
        getQuickFilterText: function (cell) { return textOf(cell.value); },
        valueFormatter: function (cell) { return textOf(cell.value); }
      }, plain);
    });
  }

  function options(props, at, changed) {
    return {
      theme: look(), columnDefs: columns(props.columns, document.documentElement.lang), rowData: props.rows,
      localeText: props.locale, rowSelection: { mode: "multiRow", headerCheckbox: true, checkboxes: true },
      selectionColumnDef: { pinned: "left", width: 48, suppressHeaderMenuButton: true },
      defaultColDef: { sortable: true, resizable: true, minWidth: 72, suppressHeaderMenuButton: true },
      autoSizeStrategy: { type: "fitCellContents" }, enableCellTextSelection: true, ensureDomOrder: true,
      domLayout: props.rows.length > MOST_ROWS ? "normal" : "autoHeight", animateRows: false,
      onSelectionChanged: changed,
      /* Arrow keys move within the table; Tab leaves it, for no one should pass through a thousand cells. */
      tabToNextCell: function () { return false; }, tabToNextHeader: function () { return false; },
      onCellKeyDown: function (cell) {
        var link = cell.event.key === "Enter" && cell.event.target.querySelector("a.to-passport");
        if (link) { link.click(); site.returnTo(cell.event.target); }
      },
      onFirstDataRendered: function () {
        var root = at.querySelector("[role=grid], [role=treegrid]");
        if (root) { root.setAttribute("aria-label", props.says); }
        var all = at.querySelector(".ag-header-cell[col-id^='ag-Grid-Selection']");
        if (all) { all.setAttribute("aria-label", props.locale.ariaHeaderSelection); }
      }
    };
  }

  /* Rows as they stand, tab between cells, as spreadsheets take them. */
  function copied(api, nodes) {
    var shown = api.getAllDisplayedColumns().filter(function (column) { return column.getColDef().field; });
    var lines = [shown.map(function (column) { return column.getColDef().headerName; })];
    nodes.forEach(function (node) {
      lines.push(shown.map(function (column) { return textOf(node.data[column.getColDef().field]); }));
    });
    return lines.map(function (cells) {
      return cells.map(function (text) { return text.replace(/[\t\r\n]+/g, " "); }).join("\t");
    }).join("\n");
  }

  function chosenNodes(api) {
    var nodes = [];
    api.forEachNodeAfterFilterAndSort(function (node) { if (node.isSelected()) { nodes.push(node); } });
    return nodes;
  }

  function useTable(props, at, state) {
    var React = window.React, api = React.useRef(null), latest = React.useRef(props);
    latest.current = props;
    function usual() { return latest.current.rows.length > MOST_ROWS ? "normal" : "autoHeight"; }
    React.useEffect(function () {
      var watcher = new IntersectionObserver(function (seen) {
        if (!seen.some(function (one) { return one.isIntersecting; })) { return; }
        watcher.disconnect();
        bring().then(function () {
          if (!at.current) { return; }
          api.current = engine.createGrid(at.current, options(latest.current, at.current, function () {
            state.chosen(chosenNodes(api.current).length);
          }));
          state.set("there");
        }).catch(function () { state.set("failed"); });
      }, { rootMargin: NEAR });
      if (state.is === "waits") { watcher.observe(at.current); }
      return function () { watcher.disconnect(); };
    }, [state.is === "waits"]);
    React.useEffect(function () {
      if (!api.current) { return; }
      api.current.updateGridOptions({ columnDefs: columns(props.columns, document.documentElement.lang),
        rowData: props.rows, domLayout: usual() });
      api.current.autoSizeAllColumns();
      state.chosen(0);
    }, [props.columns, props.rows]);
    React.useEffect(function () {
      function layout(name) { return function () { if (api.current) { api.current.setGridOption("domLayout", name); } }; }
      var before = layout("print"), after = function () { layout(usual())(); };
      window.addEventListener("beforeprint", before);
      window.addEventListener("afterprint", after);
      return function () {
        window.removeEventListener("beforeprint", before);
        window.removeEventListener("afterprint", after);
        if (api.current) { api.current.destroy(); api.current = null; }
      };
    }, []);
    return api;
  }

  function keepSelect(props, api) {
    var React = window.React;
    return React.createElement("label", { className: "grid-keep" }, props.words.keep, " ",
      React.createElement("select", {
        onChange: function (event) {
          var state = props.columns.map(function (one) {
            return { colId: one.field, pinned: one.pinned || (one.field === event.target.value ? "left" : null) };
          });
          api.current.applyColumnState({ state: state });
        }
      }, React.createElement("option", { value: "" }, props.words.none), props.columns.filter(function (one) {
        return !one.pinned;
      }).map(function (one) { return React.createElement("option", { key: one.field, value: one.field }, one.headerName); })));
  }

  function findInput(props, api) {
    return window.React.createElement("label", { className: "grid-find" }, props.words.find, " ",
      window.React.createElement("input", { type: "search", onInput: function (event) {
        api.current.setGridOption("quickFilterText", event.target.value);
      } }));
  }

  site.Grid = function (props) {
    var React = window.React, at = React.useRef(null);
    var is = React.useState("waits"), chosen = React.useState(0), said = React.useState("");
    var api = useTable(props, at, { is: is[0], set: is[1], chosen: function (n) { chosen[1](n); said[1](""); } });
    function copy(event) {
      var nodes = chosenNodes(api.current);
      if (!nodes.length || (event && String(window.getSelection()))) { return; }
      var text = copied(api.current, nodes);
      if (event) { event.clipboardData.setData("text/plain", text); event.preventDefault(); } else { site.copy(text); }
      said[1](props.words.copied.replace("{n}", nodes.length));
    }
    var there = is[0] === "there";
    var height = HEAD + ROW * Math.min(props.rows.length, MOST_ROWS) + 18;
    return React.createElement("div", { className: props.className, onCopy: there ? copy : undefined },
      React.createElement("div", { className: "grid-bar", hidden: !there },
        findInput(props, api), keepSelect(props, api),
        React.createElement("span", { className: "grid-chosen" },
          React.createElement("span", { role: "status" }, said[0] || props.words.chosen.replace("{n}", chosen[0])), " ",
          React.createElement("button", { type: "button", disabled: !chosen[0], onClick: function () { copy(); } }, props.words.copy))),
      there ? null : React.createElement("p", { className: "grid-waits", role: is[0] === "failed" ? "alert" : undefined },
        is[0] === "failed" ? props.words.fails + " " : props.words.waits,
        is[0] === "failed" ? React.createElement("button", { type: "button", onClick: function () { is[1]("waits"); } }, props.words.again) : null),
      React.createElement("div", { ref: at, className: "grid-table", style: there && props.rows.length <= MOST_ROWS ? null : { height: height } }),
      React.createElement("p", { className: "grid-keys", hidden: !there }, props.words.keys));
  };
})();
