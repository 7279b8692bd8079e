"use strict";
// The list of posts: filtered, shown a page at a time, ticked off. Whatever comes from a post becomes text, never markup.
(() => {
  const PAGE = 20;
  const MOST_NAMED = 20;
  const by = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(by(id).textContent);
  const shared = read("shared");
  const known = shared.posts;
  const posts = read("post-rows").map((row, number) => {
    const post = { number };
    known.columns.forEach((column, place) => { post[column] = row[place]; });
    return post;
  });
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const said = (words) => (typeof words === "number" ? shared.words[words] : words);
  const state = { group: "open", service: "", action: "", level: -1, page: 0 };
  let found = posts;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== ""));
    return element;
  }

  // ---- Ticks: kept by the browser under each post's mark, which is a hash of its name

  const ticks = new Map();
  const place = (post) => `exposure-done:${post.mark}`;
  let keeps = true;

  function recall() {
    try {
      for (const post of posts) {
        const kept = localStorage.getItem(place(post));
        ticks.set(post.mark, kept === null ? post.done === 1 : kept === "1");
      }
    } catch {
      keeps = false;
      for (const post of posts) ticks.set(post.mark, post.done === 1);
    }
  }

  function keep(post, done) {
    ticks.set(post.mark, done);
    try {
      if (done === (post.done === 1)) localStorage.removeItem(place(post));
      else localStorage.setItem(place(post), done ? "1" : "0");
    } catch {
      keeps = false;
    }
  }

  const ticked = (post) => ticks.get(post.mark);
  const group = (post) => (ticked(post) ? "done" : known.groups[post.group][0]);

  function command(words, some) {
    const names = some.map((post) => post.name).join(" ");
    return make("pre", { class: "command", tabindex: 0, role: "group", "aria-label": "Command to type" },
      make("code", {}, `exposure done ${words}${names}`));
  }

  function tell() {
    const parts = [];
    const told = (some, lead, words) => {
      if (!some.length) return;
      parts.push(make("p", {}, lead(count(some.length, "post"), some.length === 1 ? "is" : "are")));
      if (some.length <= MOST_NAMED) parts.push(command(words, some));
      else parts.push(make("p", {}, "They are too many for one command: save your ticks as a file."));
    };
    told(posts.filter((post) => ticked(post) && !post.done),
      (number, are) => `${number} ${are} ticked off here. So that exposure knows it too, in every report:`, "");
    told(posts.filter((post) => !ticked(post) && post.done),
      (number, are) => `${number} ${are} not ticked off any more here. So that exposure knows it too:`, "--undo ");
    by("ticked-here").replaceChildren(...parts);
    by("ticked-trouble").hidden = keeps;
  }

  function save() {
    const done = posts.filter(ticked).map((post) => post.mark);
    const file = new Blob([JSON.stringify({ schema: "exposure-ticks/1", done: [...new Set(done)] })],
      { type: "application/json" });
    const address = URL.createObjectURL(file);
    make("a", { href: address, download: "exposure-ticks.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  // ---- One card

  function badge(level) {
    return make("span", { class: `badge ${shared.levels[level]}` }, shared.levels[level]);
  }

  function hidden(before, [text, masked, full], after) {
    if (!masked) return make("span", {}, before + text + after);
    const note = make("span", {}, before, text, " ", make("small", {}, "(masked)"), after);
    if (full === undefined) return note;
    note.className = "masked";
    return make("span", {}, note, make("span", { class: "full" }, after ? before + full + after : `\u201c${full}\u201d`));
  }

  function link(post) {
    const [tier, words] = known.tiers[post.tier];
    if (tier === "none") return [words];
    const masked = make("span", {}, make("small", {}, "(masked)"), ` ${words}`);
    if (!post.link) return [masked];
    masked.className = "masked";
    const shown = post.web === 1 && post.link.startsWith("https://")
      ? make("a", { href: post.link, rel: "noreferrer noopener", target: "_blank" }, post.link) : post.link;
    return [masked, make("span", { class: "full" }, shown, ` (${words})`)];
  }

  function sure(confidence) {
    const word = shared.sure[confidence];
    return word ? make("span", { class: "sure" }, ` (${word})`) : "";
  }

  function why(post) {
    if (!post.why.length) return [];
    const [[, , confidence, message], ...others] = post.why;
    const parts = [make("p", {}, make("strong", {}, "Why it matters: "), said(message), sure(confidence))];
    if (others.length) {
      parts.push(make("details", {}, make("summary", {}, `And ${count(others.length, "other thing")}`),
        make("ul", {}, ...others.map(([, level, firm, words]) => make("li", {}, badge(level), " ", said(words), sure(firm))))));
    }
    return parts;
  }

  function card(post) {
    const head = make("h3", { id: `post-${post.number}` }, post.level < 0 ? "" : badge(post.level), " ", said(post.service),
      post.posted ? `, ${post.posted}` : "", post.caption.length ? ": " : "",
      post.caption.length ? hidden("a caption of ", post.caption, "") : "");
    const box = make("input", { type: "checkbox", "data-tick": post.number, "aria-describedby": `post-${post.number}` });
    box.checked = ticked(post);
    const steps = make("ol", {}, ...post.steps.map((step) => make("li", {}, said(step))));
    const many = post.steps.length > 1 ? "What to do, the gentlest first" : "What to do";
    const photos = post.photos.length
      ? `${post.photos.length > 1 || post.more ? "Photos" : "Photo"}: ${post.photos.join(", ")}${post.more ? ` and ${post.more.toLocaleString("en")} more` : ""}. ` : "";
    return make("article", { class: `answer post${ticked(post) ? " done" : ""}`, "aria-labelledby": `post-${post.number}` },
      head,
      make("p", { class: "tick" }, make("label", {}, box, " Done")),
      make("p", {}, make("strong", {}, "Who can see it: "), said(post.seen_by),
        post.evidence.length ? hidden(" (", post.evidence, ")") : ""),
      ...why(post),
      make("div", { class: "fix" }, make("p", {}, make("strong", {}, many)), steps),
      make("p", { class: "link" }, make("strong", {}, "Link: "), ...link(post)),
      make("p", { class: "quiet" }, photos, "exposure calls this post ", make("code", {}, post.name), "."));
  }

  // ---- Filter and show

  function wanted(post) {
    const at = group(post);
    if (state.group === "open" ? at !== "todo" && at !== "look" : state.group && at !== state.group) return false;
    if (state.service && said(post.service) !== state.service) return false;
    if (state.action !== "" && post.action !== Number(state.action)) return false;
    return post.level >= state.level;
  }

  function arrange() {
    found = posts.filter(wanted);
    state.page = 0;
    show();
  }

  function show() {
    const first = state.page * PAGE;
    const shown = found.slice(first, first + PAGE);
    by("posts-list").replaceChildren(...shown.map(card));
    say();
    by("posts-page").textContent = `Page ${state.page + 1} of ${Math.max(1, Math.ceil(found.length / PAGE))}`;
    by("posts-before").disabled = state.page === 0;
    by("posts-after").disabled = first + PAGE >= found.length;
  }

  function say() {
    const first = state.page * PAGE;
    const last = Math.min(found.length, first + PAGE);
    const done = posts.filter(ticked).length;
    const all = `${count(posts.length, "post")} in all, ${done.toLocaleString("en")} ticked off`;
    by("posts-status").textContent = found.length
      ? `Showing ${(first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${count(found.length, "post")}; ${all}`
      : `No post is like that; ${all}`;
  }

  // ---- What the person does

  function turn(pages) {
    state.page += pages;
    show();
    by("posts-status").focus();
    by("posts-status").scrollIntoView();
  }

  function changed(event) {
    const { tick } = event.target.dataset;
    if (tick === undefined) return;
    const post = posts[Number(tick)];
    keep(post, event.target.checked);
    event.target.closest("article").classList.toggle("done", event.target.checked);
    say();
    tell();
  }

  function begin() {
    for (const [id, key] of [["posts-group", "group"], ["posts-service", "service"], ["posts-action", "action"]]) {
      by(id).value = state[key];
      by(id).addEventListener("change", (event) => { state[key] = event.target.value; arrange(); });
    }
    by("posts-level").value = "-1";
    by("posts-level").addEventListener("change", (event) => { state.level = Number(event.target.value); arrange(); });
    by("posts-filters").addEventListener("submit", (event) => event.preventDefault());
    by("posts-before").addEventListener("click", () => turn(-1));
    by("posts-after").addEventListener("click", () => turn(1));
    by("posts-list").addEventListener("change", changed);
    by("ticked-save").addEventListener("click", save);
    recall();
    if (!posts.some(wanted)) {
      state.group = "";
      by("posts-group").value = "";
    }
    arrange();
    tell();
  }

  begin();
})();
