/** <figure data-graph><script type="application/graphviz">…: draws a lifecycle. The caption stays as its text alternative. */
/** A picture wider than the screen is first shown where it begins: at its topmost box. */
function toBeginning(frame: HTMLElement): void {
  const boxes = [...frame.querySelectorAll<SVGGElement>("g.node")].map((node) => node.getBoundingClientRect());
  const first = boxes.reduce((top, box) => (box.top < top.top ? box : top), boxes[0] ?? frame.getBoundingClientRect());
  frame.scrollLeft += first.left + first.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;
}

async function draw(figure: HTMLElement): Promise<void> {
  const dot = figure.querySelector('script[type="application/graphviz"]')?.textContent;
  if (!dot || figure.querySelector("svg.drawn")) return;
  // More than a megabyte: fetched where a picture is looked at, not with each page that has one folded away.
  const { instance } = await import("@viz-js/viz");
  const picture = (await instance()).renderSVGElement(dot);
  picture.classList.add("drawn");
  picture.setAttribute("role", "img");
  const caption = figure.querySelector("figcaption");
  if (caption) picture.setAttribute("aria-labelledby", (caption.id ||= `graph-${[...document.querySelectorAll("figure[data-graph]")].indexOf(figure)}`));
  // Graphviz gives points; as pixels the text has the size of the page's own.
  picture.removeAttribute("width");
  picture.removeAttribute("height");
  const box = picture.viewBox.baseVal;
  picture.style.width = `${Math.round(box.width * 1.2)}px`;
  const frame = document.createElement("div");
  frame.className = "scroll graph-picture";
  frame.tabIndex = 0;
  frame.append(picture);
  figure.prepend(frame);
  toBeginning(frame);
}

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-graph]")) {
  const fold = figure.closest("details");
  if (fold && !fold.open) fold.addEventListener("toggle", () => void draw(figure), { once: true });
  else void draw(figure);
}
