package io.github.datastorelookup.report;

/** What the tests ask the page. */
final class Scripts {
  /** The texts in the last column of the mutants. */
  static final String LAST_CELLS =
      "return [...document.querySelectorAll('#mutant-table tbody tr')]"
          + ".map(r => r.lastElementChild.textContent)";

  /** How many of its rows are shown. */
  static final String SHOWN_ROWS =
      "return [...document.querySelectorAll('#mutant-table tbody tr')]"
          + ".filter(r => r.offsetHeight > 0).length";

  /** More than the window's, if the page as a whole can be scrolled sideways. */
  static final String WIDTH = "return document.documentElement.scrollWidth";

  /** Opens whatever a toggle is in. */
  static final String REVEAL =
      """
      for (let d = arguments[0].parentElement.parentElement; d; d = d.parentElement) {
        if (d.tagName === 'DETAILS') { d.open = true; }
      }
      arguments[0].scrollIntoView({block: 'center'});
      return 1;
      """;

  /** The texts whose contrast is less than the argument; in drawings those on one ground too. */
  static final String CONTRAST =
      """
      const least = arguments[0];
      const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = c => {
        const [r, g, b] = c.map(v => {
          v /= 255;
          return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = e => {
        for (let n = e; n; n = n.parentElement) {
          const c = rgb(getComputedStyle(n).backgroundColor);
          if (c.length === 3 || c[3] > 0) { return c.slice(0, 3); }
        }
        return [255, 255, 255];
      };
      const bad = new Set();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || ['SCRIPT', 'title', 'desc'].includes(e.tagName)) {
          continue;
        }
        const style = getComputedStyle(e);
        const text = light(rgb(e.closest('svg') ? style.fill : style.color).slice(0, 3));
        const back = light(ground(e));
        const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        if (contrast < least) {
          bad.add(e.tagName + '.' + e.className + ' ' + contrast.toFixed(2));
        }
      }
      return [...bad];
      """;

  private Scripts() {}
}
