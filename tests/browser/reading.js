/* All that a page says in its own words, piece by piece: text that is seen, names that are heard, titles,
   placeholders, choices, texts of charts. What is marked as of another language is a quotation. */
() => {
  const own = document.documentElement.lang;
  const quoted = element => {
    const at = element.closest("[lang]");
    return (at && at.lang !== own) || element.closest("code, .citation, .publisher, .who, q");
  };
  const found = new Set();
  const add = (element, text) => { if (text && text.trim() && !quoted(element)) { found.add(text.trim()); } };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest("script, style, noscript")) { add(node.parentElement, node.data); }
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-description"]) {
      add(element, element.getAttribute(name));
    }
  }
  return [...found];
}
