// Keeps a page live: parts arrive by server-sent events and take the place of those shown. The page is whole without it.
(() => {
  "use strict";

  const body = document.body;
  const source = body.dataset.live;
  const status = document.getElementById("live");
  const token = document.querySelector('meta[name="dualdb-token"]');
  const held = new Map();

  const tell = state => {
    if (status && status.dataset.state !== state) {
      status.dataset.state = state;
      status.textContent = status.dataset["say" + state[0].toUpperCase() + state.slice(1)];
    }
  };

  // A form that somebody fills in must not be taken away from under his hands.
  const isBusy = part =>
    [...part.querySelectorAll("input:not([type=hidden]), textarea, select")].some(field =>
      field === document.activeElement ||
      (field.tagName === "SELECT" ? [...field.options].some(option => option.selected !== option.defaultSelected && field.dataset.touched)
        : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
          : field.value !== field.defaultValue));

  const show = (part, markup) => {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const focusedId = focused && focused.id;
    const focusedLink = focused && focused.getAttribute("href");
    const open = new Set([...part.querySelectorAll("details[open][id]")].map(details => details.id));
    const closed = new Set([...part.querySelectorAll("details[id]:not([open])")].map(details => details.id));
    const scrolled = [...part.querySelectorAll(".scroll, .code")].map(box => [box.scrollLeft, box.scrollTop]);
    part.querySelector(".content").innerHTML = markup;
    for (const details of part.querySelectorAll("details[id]")) {
      if (open.has(details.id)) details.open = true;
      if (closed.has(details.id)) details.open = false;
    }
    part.querySelectorAll(".scroll, .code").forEach((box, place) => {
      if (scrolled[place]) [box.scrollLeft, box.scrollTop] = scrolled[place];
    });
    if (focused) {
      const again = focusedId ? document.getElementById(focusedId)
        : focusedLink ? [...part.querySelectorAll("a[href]")].find(link => link.getAttribute("href") === focusedLink) : null;
      (again || part).focus({ preventScroll: true });
    }
  };

  const take = (id, markup) => {
    const part = document.getElementById("part-" + id);
    if (!part) return;
    if (isBusy(part)) {
      held.set(id, markup);
      part.querySelector(".held").hidden = false;
      return;
    }
    held.delete(id);
    part.querySelector(".held").hidden = true;
    show(part, markup);
  };

  const release = () => {
    for (const [id, markup] of [...held]) take(id, markup);
  };

  document.addEventListener("focusout", () => setTimeout(release, 0));
  document.addEventListener("input", event => { event.target.dataset.touched = "1"; });

  // Forms that came by the stream have no token: it is each viewer's own, and the stream is the same for all.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method === "post" && token && !form.elements.namedItem(token.dataset.field)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = token.dataset.field;
      field.value = token.content;
      form.append(field);
    }
  });

  if (location.search.includes("m=")) {
    const address = new URL(location.href);
    address.searchParams.delete("m");
    history.replaceState(null, "", address);
  }

  if (!source || !window.EventSource) return;

  let wait = 1000;
  const connect = () => {
    const stream = new EventSource(source);
    stream.addEventListener("open", () => { wait = 1000; tell("live"); });
    stream.addEventListener("part", event => {
      const end = event.data.indexOf("\n");
      take(event.data.slice(0, end), event.data.slice(end + 1));
    });
    stream.addEventListener("shown", event => {
      const at = document.getElementById("shown");
      if (at) {
        at.dateTime = event.data;
        at.textContent = event.data.replace("T", " ").replace("Z", " UTC");
      }
    });
    // The server asks anew who looks: the mark stays as it is, unless that fails.
    stream.addEventListener("end", () => {
      stream.close();
      connect();
    });
    // What is merely cut off the browser connects again by itself; an answer that is no stream it takes for the end.
    stream.addEventListener("error", () => {
      tell("lost");
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(connect, wait);
        wait = Math.min(wait * 2, 30000);
      }
    });
  };
  tell("connecting");
  connect();
})();
