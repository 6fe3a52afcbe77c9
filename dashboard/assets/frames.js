/* What of a figure is drawn: its narrow layout on a narrow screen, and one of its years.
   site.fitted(element, figure, config) -> { data, layout };  site.frame(element, year) -> whether it has that year. */
(function () {
  "use strict";
  var site = window.site = window.site || {};
  var NARROW = 560;

  site.fitted = function (element, figure, config) {
    element.style.minWidth = figure.wide ? figure.wide + "px" : "";
    var room = element.parentNode ? element.parentNode.clientWidth : element.clientWidth;
    var narrow = room < NARROW && figure.narrow || {};
    var layout = JSON.parse(JSON.stringify(Object.assign({}, figure.layout, narrow.layout)));
    element.style.height = layout.height + "px";
    element.shown = { figure: figure, config: config };
    return { data: narrow.data || figure.data, layout: layout };
  };

  site.frame = function (element, year) {
    var shown = element.shown;
    var frame = shown && shown.figure.frames && shown.figure.frames[year];
    if (!frame) { return false; }
    site.draw(element, Object.assign({}, shown.figure, frame), shown.config);
    return true;
  };
})();
