/**
 * htmx, set up once: parts of a page that refresh or answer without a whole page load.
 *
 * htmx 4 swaps every answer but 204 and 304, so a refused form (409, 422) comes back with its messages. Expressions in
 * attributes (hx-on, hx-vals='js:…', trigger filters) need eval, which our Content-Security-Policy forbids: do not use them.
 */
import htmx from "htmx.org";
import { confirmed } from "./dialogs";

htmx.config.includeIndicatorCSS = true;
htmx.config.history = "reload";
htmx.config.defaultSwap = "outerHTML";

interface RequestContext {
  request: { method: string; headers: Record<string, string> };
}

interface ConfirmDetail {
  ctx: { confirm: string };
  issueRequest: () => void;
  dropRequest: () => void;
}

function cookie(name: string): string {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: RequestContext }>).detail;
  if (ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = cookie("csrftoken");
});

document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = (event as unknown as CustomEvent<ConfirmDetail>).detail;
  event.preventDefault();
  void confirmed(ctx.confirm).then((yes) => (yes ? issueRequest() : dropRequest()));
});

/** No answer came at all: say so where the person looks, in the words of the page. */
document.addEventListener("htmx:error", () => {
  document.querySelector("#no-answer")?.removeAttribute("hidden");
});
document.addEventListener("htmx:after:request", () => {
  document.querySelector("#no-answer")?.setAttribute("hidden", "");
});
