// What the tables over the steps show, as an SVG that stands alone.

const WIDTH = 44, HEIGHT = 24, NAMES = 48;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Draws tables below each other, each cell with its number and the colour that the page gives it. */
export function picture(tables) {
  const drawn = [];
  let top = 0, width = 0;
  const text = (x, y, words, anchor = "middle") =>
    drawn.push(`<text x="${x}" y="${y + 16}" text-anchor="${anchor}">${escaped(words)}</text>`);
  for (const table of tables) {
    text(0, top, table.caption.textContent, "start");
    top += HEIGHT;
    for (const row of [...table.rows].filter(({ hidden }) => !hidden)) {
      [...row.cells].forEach((cell, n) => {
        const x = n ? NAMES + (n - 1) * WIDTH : 0;
        if (cell.localName === "td") {
          const fill = getComputedStyle(cell).backgroundColor;
          drawn.push(`<rect x="${x}" y="${top}" width="${WIDTH - 2}" height="${HEIGHT - 2}" style="fill: ${fill}"/>`);
        }
        text(n ? x + WIDTH / 2 : 0, top, cell.textContent, n ? "middle" : "start");
        width = Math.max(width, x + WIDTH);
      });
      top += HEIGHT;
    }
    top += HEIGHT / 2;
  }
  const { color, backgroundColor } = getComputedStyle(document.body);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 ${width + 16} ${top + 16}" font-family="sans-serif" font-size="12" fill="${color}" style="background: ${backgroundColor}">${drawn.join("")}</svg>`;
}
