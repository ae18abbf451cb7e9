import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, interestsOf } from "../src/sites.js";

const interests = { table: "t", interests: ["diy", "cinema"].map((name) => ({ code: `interest:${name}` })) };
const hosts = { table: "t", hosts: { "castorama.fr": [0], "cine.castorama.fr": [1], "rien.castorama.fr": [], "both.test": [0, 1] } };
const found = (host) => interestsOf(host, { hosts, interests });
const seen = (url, more = {}) => hostOf({ frameId: 0, url, ...more });

test("only the host of a page is read", () => {
  assert.equal(seen("https://user:secret@www.castorama.fr:8443/perceuse?q=mot#la"), "www.castorama.fr");
  assert.equal(seen("http://castorama.fr./"), "castorama.fr");
});

test("frames, pages loaded in advance and what is not the web are not sites", () => {
  assert.equal(seen("https://castorama.fr/", { frameId: 3 }), "");
  assert.equal(seen("https://castorama.fr/", { documentLifecycle: "prerender" }), "");
  const others = ["about:blank", "file:///home/me/cv.pdf", "chrome-extension://abc/x.html", "ftp://castorama.fr/", "data:text/html,x", "no address"];
  for (const url of others) assert.equal(seen(url), "");
});

test("a host below another inherits from it, unless it has its own row", () => {
  assert.deepEqual(found("castorama.fr"), ["interest:diy"]);
  assert.deepEqual(found("www.magasin.castorama.fr"), ["interest:diy"]);
  assert.deepEqual(found("a.cine.castorama.fr"), ["interest:cinema"]);
  assert.deepEqual(found("rien.castorama.fr"), []);
  assert.deepEqual(found("WWW.BOTH.TEST"), ["interest:diy", "interest:cinema"]);
});

test("a host that is not in the list, or only looks like one, has no interest", () => {
  const others = ["exemple.fr", "moncastorama.fr", "castorama.fr.exemple.net", "fr", "", "127.0.0.1", "constructor", "a.constructor", "__proto__.x"];
  for (const host of others) assert.deepEqual(found(host), []);
});
