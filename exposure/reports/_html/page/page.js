"use strict";
// The list of photos: filtered, sorted, shown a page at a time. Whatever comes from a photo becomes text, never markup.
(() => {
  const PAGE = 50;
  const root = document.documentElement;
  const by = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(by(id).textContent);
  const shared = read("shared");
  const photos = read("rows").map((row, number) => {
    const photo = { number };
    shared.columns.forEach((column, place) => { photo[column] = row[place]; });
    return photo;
  });
  const order = new Intl.Collator("en", { numeric: true });
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const said = (words) => (typeof words === "number" ? shared.words[words] : words);
  const title = (rule) => shared.titles[said(rule)] || said(rule);
  const state = { search: "", level: -1, rule: "", set: null, sort: "worst", down: true, page: 0, open: new Set() };
  let found = photos;
  let columns = 6;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== ""));
    return element;
  }

  // ---- What a photo says in each column

  const levels = (photo) => photo.findings.map((finding) => finding[1]);
  const area = (photo) => (photo.area < 0 ? "" : shared.areas[photo.area]);
  const zone = (photo) => photo.offset || "time zone not given";

  function condition(photo) {
    if (photo.media || shared.examined[photo.examined] === "none") return "not read";
    return shared.examined[photo.examined] === "partial" ? "read in part" : "nothing found";
  }

  function weight(photo) {
    const counts = [0, 0, 0, 0, 0];
    for (const level of levels(photo)) counts[level] = Math.min(63, counts[level] + 1);
    const sum = counts.reduceRight((total, number) => total * 64 + number, 0);
    return sum || (condition(photo) === "nothing found" ? 0 : 0.5);
  }

  function words(photo) {
    if (photo.text === undefined) {
      const values = photo.fields.map((field) => said(field[2]));
      const rules = photo.findings.map((finding) => title(finding[0]));
      photo.text = [photo.name, photo.taken, area(photo), said(photo.camera), ...rules, ...values]
        .join("\n").toLowerCase();
      photo.whole = photo.fields.filter((field) => field[4]).map((field) => field[4]).join("\n").toLowerCase();
    }
    return root.classList.contains("open") ? `${photo.text}\n${photo.whole}` : photo.text;
  }

  const keys = {
    name: (photo) => photo.name,
    taken: (photo) => photo.taken,
    area,
    camera: (photo) => said(photo.camera),
    worst: weight,
    found: (photo) => photo.findings.length,
  };

  // ---- Filter and sort

  function wanted(photo) {
    if (state.set !== null && !state.set.has(photo.number)) return false;
    const level = photo.findings.some((finding) =>
      finding[1] >= state.level && (!state.rule || said(finding[0]) === state.rule));
    if ((state.level >= 0 || state.rule) && !level) return false;
    return state.search.split(/\s+/).every((part) => !part || words(photo).includes(part));
  }

  function arrange() {
    const key = keys[state.sort];
    const pairs = photos.filter(wanted).map((photo) => [key(photo), photo]);
    const text = pairs.length > 0 && typeof pairs[0][0] === "string";
    pairs.sort(([a, one], [b, other]) => {
      if (text && (a === "") !== (b === "")) return a === "" ? 1 : -1;
      const ahead = text ? order.compare(a, b) : a - b;
      return (state.down ? -ahead : ahead) || one.number - other.number;
    });
    found = pairs.map((pair) => pair[1]);
    state.page = 0;
    show();
  }

  // ---- Show one page of the list

  function told(text, masked, full) {
    const note = masked ? make("small", {}, " (masked)") : "";
    if (full === undefined) return make("span", {}, said(text), note);
    return make("span", {},
      make("span", { class: "masked" }, said(text), note), make("span", { class: "full" }, full));
  }

  function badge(level) {
    return make("span", { class: `badge ${shared.levels[level]}` }, shared.levels[level]);
  }

  function finding([rule, level, confidence, message, reason, remedy, evidence]) {
    const sure = shared.sure[confidence];
    const values = evidence.map(([field, ...value]) => make("li", {}, `${said(field)}: `, told(...value)));
    return make("li", {},
      make("p", {}, badge(level), " ", make("strong", {}, title(rule)),
        sure ? make("span", { class: "sure" }, ` (${sure})`) : ""),
      make("p", {}, said(message)),
      values.length ? make("ul", { class: "values" }, ...values) : "",
      make("p", {}, make("strong", {}, "What to do: "), said(remedy)),
      said(reason) ? make("p", { class: "reason" }, said(reason)) : "");
  }

  function everything(photo) {
    const cell = make("td", { colspan: columns });
    const found = photo.findings.map(finding);
    if (found.length) cell.append(make("ul", { class: "findings" }, ...found));
    if (photo.command) {
      cell.append(make("p", { class: "lead" }, make("strong", {}, "A clean copy of it")),
        make("pre", { class: "command", tabindex: 0, role: "group", "aria-label": "Command to type" },
          make("code", {}, photo.command)));
    }
    if (photo.problems.length) {
      cell.append(make("p", { class: "lead" }, make("strong", {}, "Could not be read")), make("ul", {},
        ...photo.problems.map(([where, message]) => make("li", {}, `${said(message)} (${said(where)})`))));
    }
    if (photo.fields.length) {
      const list = make("dl", { class: "fields" });
      for (const [kind, field, ...value] of photo.fields) {
        list.append(make("dt", {}, said(kind), " ", make("small", {}, said(field))), make("dd", {}, told(...value)));
      }
      cell.append(make("p", { class: "lead" }, make("strong", {}, "What stands in it")), list);
      if (photo.more) cell.append(make("p", {}, `and ${count(photo.more, "more value")}`));
    }
    const read = { complete: "Every byte of it was looked at.", partial: "Only a part of it could be read.",
      none: "Nothing in it could be read.",
      bounded: "All that the file declares was read; the picture itself was not searched for hidden things." };
    cell.append(make("p", { class: "quiet" }, `${said(photo.format)}. ${read[shared.examined[photo.examined]]}`));
    return make("tr", { class: "more", id: `more-${photo.number}` }, cell);
  }

  function line(photo) {
    const open = state.open.has(photo.number);
    const button = make("button", { type: "button", class: "photo", "data-row": photo.number, "aria-expanded": open,
      "aria-controls": `more-${photo.number}` }, photo.name);
    const name = make("th", { scope: "row" });
    if (photo.thumbnail) {
      name.append(make("img", { alt: "", src: `data:image/webp;base64,${photo.thumbnail}` }));
    }
    name.append(button);
    const worst = Math.max(-1, ...levels(photo));
    const rules = [...new Set(photo.findings.map((each) => title(each[0])))];
    const shown = rules.slice(0, 2).join("; ") + (rules.length > 2 ? `; and ${rules.length - 2} more` : "");
    const when = photo.taken ? [photo.taken.slice(0, 16), " ", make("small", {}, zone(photo))] : [""];
    return make("tr", {}, name, make("td", {}, ...when), make("td", {}, area(photo)), make("td", {}, said(photo.camera)),
      make("td", {}, worst < 0 ? condition(photo) : badge(worst)), make("td", {}, shown));
  }

  function show() {
    const first = state.page * PAGE;
    const shown = found.slice(first, first + PAGE);
    const rows = shown.flatMap((photo) => (state.open.has(photo.number) ? [line(photo), everything(photo)] : [line(photo)]));
    by("list").tBodies[0].replaceChildren(...rows);
    const all = found.length === photos.length ? "" : `; ${count(photos.length, "photo")} in all`;
    by("status").textContent = found.length
      ? `Showing ${(first + 1).toLocaleString("en")} to ${(first + shown.length).toLocaleString("en")} of ${count(found.length, "photo")}${all}`
      : `No photo is like that${all}`;
    by("page").textContent = `Page ${state.page + 1} of ${Math.max(1, Math.ceil(found.length / PAGE))}`;
    by("before").disabled = state.page === 0;
    by("after").disabled = first + PAGE >= found.length;
    for (const head of document.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  // ---- What the person does

  function toggle(number) {
    if (!state.open.delete(number)) state.open.add(number);
    show();
    document.querySelector(`button[data-row="${number}"]`).focus();
  }

  function only(changes) {
    Object.assign(state, { search: "", level: -1, rule: "", set: null }, changes);
    by("search").value = state.search;
    by("level").value = String(state.level);
    by("rule").value = state.rule;
    arrange();
  }

  function jump(changes) {
    only(changes);
    by("photos").scrollIntoView();
    by("status").focus({ preventScroll: true });
  }

  function turn(pages) {
    state.page += pages;
    show();
    by("status").focus();
    by("status").scrollIntoView();
  }

  function pressed(event) {
    const target = event.target.closest("[data-photo], [data-set], [data-rule], [data-row], [data-sort] button");
    if (!target) return;
    const { photo, set, rule, row } = target.dataset;
    if (photo !== undefined) {
      event.preventDefault();
      state.open.add(Number(photo));
      jump({ set: new Set([Number(photo)]) });
    } else if (set !== undefined) jump({ set: new Set(shared.sets[Number(set)]) });
    else if (rule !== undefined) jump({ rule });
    else if (row !== undefined) toggle(Number(row));
    else {
      const { sort } = target.parentElement.dataset;
      state.down = state.sort === sort ? !state.down : sort === "worst" || sort === "found";
      state.sort = sort;
      arrange();
    }
  }

  function reveal() {
    const open = root.classList.toggle("open");
    by("reveal").setAttribute("aria-pressed", String(open));
    if (state.search) arrange();
  }

  let closed = [];
  function beforePrint() {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  }
  function afterPrint() {
    for (const each of closed) each.open = false;
  }

  function measure() {
    const seen = [...document.querySelectorAll("th[data-sort]")].filter((head) => head.offsetParent !== null).length;
    if (seen === columns || seen === 0) return;
    columns = seen;
    show();
  }

  function begin() {
    for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
    for (const head of document.querySelectorAll("th[data-sort]")) {
      head.replaceChildren(make("button", { type: "button" }, head.textContent));
    }
    let typing;
    by("search").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => { state.search = event.target.value.trim().toLowerCase(); arrange(); }, 150);
    });
    by("level").addEventListener("change", (event) => { state.level = Number(event.target.value); arrange(); });
    by("rule").addEventListener("change", (event) => { state.rule = event.target.value; arrange(); });
    by("filters").addEventListener("submit", (event) => event.preventDefault());
    by("reset").addEventListener("click", () => only({}));
    by("before").addEventListener("click", () => turn(-1));
    by("after").addEventListener("click", () => turn(1));
    if (shared.reveal) by("reveal").addEventListener("click", reveal);
    document.addEventListener("click", pressed);
    addEventListener("resize", measure);
    addEventListener("beforeprint", beforePrint);
    addEventListener("afterprint", afterPrint);
    arrange();
    measure();
  }

  begin();
})();
