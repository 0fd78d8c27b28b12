// What ends between two builds: news fold away, an authorisation is told as ended.

import assert from "node:assert/strict";
import { test } from "node:test";

import { foldNews, tellEnds } from "../../docs/assets/scripts/site/days.js";

/** An element that knows what these scripts ask. */
function element(attributes = {}, children = []) {
  const self = {
    attributes,
    children,
    hidden: false,
    parent: null,
    get childElementCount() {
      return children.length;
    },
    getAttribute: (name) => attributes[name] ?? null,
    toggleAttribute(name, on) {
      self[name] = on;
    },
    prepend(item) {
      item.parent.children.splice(item.parent.children.indexOf(item), 1);
      children.unshift(item);
      item.parent = self;
    },
    closest: () => self.parent,
    all: () => children.flatMap((one) => [one, ...one.all()]),
    querySelectorAll: (selector) =>
      self.all().filter((one) => selector.slice(1, -1) in one.attributes),
    querySelector: (selector) => self.querySelectorAll(selector)[0] ?? null,
  };
  for (const child of children) child.parent = self;
  return self;
}

const lists = () => {
  const items = ["2026-12-01", "2026-12-06"].map((day) => element({ "data-last-day": day }));
  const current = element({ "data-current": "" }, items);
  const none = element({ "data-none": "" });
  const past = element({ "data-past": "" });
  const details = element({}, [past]);
  details.hidden = true;
  return {
    page: element({}, [element({ "data-news": "" }, [current, none, details])]),
    current,
    none,
    past,
    details,
  };
};

test("on their last day news are still to come", () => {
  const { page, current, none, details } = lists();
  foldNews(page, "2026-12-01");
  assert.equal(current.childElementCount, 2);
  assert.deepEqual([none.hidden, details.hidden], [true, true]);
});

test("the day after, they are with those that are over", () => {
  const { page, current, past, details } = lists();
  foldNews(page, "2026-12-02");
  assert.deepEqual([current.childElementCount, past.childElementCount], [1, 1]);
  assert.equal(details.hidden, false);
});

test("when nothing is to come any more, a sentence says so", () => {
  const { page, none, past } = lists();
  foldNews(page, "2026-12-07");
  assert.deepEqual([none.hidden, past.childElementCount], [false, 2]);
});

test("an authorisation is told until its last day, then as ended", () => {
  const told = element({ "data-ends": "2029-02-28" }, [element(), element()]);
  tellEnds(element({}, [told]), "2029-02-28");
  assert.deepEqual(
    told.children.map((one) => one.hidden),
    [false, true],
  );
  tellEnds(element({}, [told]), "2029-03-01");
  assert.deepEqual(
    told.children.map((one) => one.hidden),
    [true, false],
  );
});
