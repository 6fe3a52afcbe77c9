() => {
  /* A link within a sentence or a cell of text is as high as its line, which the rule allows. */
  function inText(e) {
    const words = e.parentElement && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    return getComputedStyle(e).display === 'inline' && Boolean(words);
  }
  function hit(e) { return e.getBoundingClientRect(); }
  /* Small is allowed where a circle of 24 px around it touches no other target (WCAG 2.5.8). */
  function crowded(e, box) {
    const cx = box.left + box.width / 2, cy = box.top + box.height / 2;
    return targets.some(o => {
      if (o === e || o.contains(e) || e.contains(o)) { return false; }
      const b = o.getBoundingClientRect();
      if (!b.width) { return false; }
      const small = b.width < 24 || b.height < 24;
      const dx = Math.max(b.left - cx, 0, cx - b.right), dy = Math.max(b.top - cy, 0, cy - b.bottom);
      const ox = b.left + b.width / 2 - cx, oy = b.top + b.height / 2 - cy;
      return Math.hypot(dx, dy) < 11.5 || (small && Math.hypot(ox, oy) < 23.5);
    });
  }
  const targets = [...document.querySelectorAll('a[href], button, select, input, summary, [role=option], [role=tab]')]
    .filter(e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))
    .filter(e => !(e.matches('input[type=radio], input[type=checkbox]') && e.closest('label')) && !inText(e));
  return targets.map(e => [e, hit(e)])
    .filter(([e, box]) => box.width > 0 && (box.width < 23.5 || box.height < 23.5) && crowded(e, box))
    .map(([e, box]) => e.tagName + '.' + e.className + ' ' + (e.innerText || '').slice(0, 30) + ' '
      + Math.round(box.width) + '×' + Math.round(box.height));
}
