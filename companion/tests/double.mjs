/** A device and a service for the tests of sending: what each keeps, and a place where the device dies. */
import { constants, createHash, createPublicKey, createVerify, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { sender } from "../src/sending.js";
import { openStore } from "../src/store.js";
import { doors } from "../src/terms.js";
import { fromText, toText } from "../src/tokens.js";

export const HOUR = 3_600_000;
export const START = Date.UTC(2026, 10, 10, 9);
export const LIST = { table: "2026-1", interests: Array.from({ length: 60 }, (_, place) => ({ code: `interest:i${place}` })) };
export const SERVICE = "http://service.test";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The service: signs one permit a quarter, counts a permit once. */
export class Service {
  terms = {
    table: "2026-1", k: 60, m: 5, s: 4, epsilon: 1000, period: "2026-4", cap: 4000,
    key: { n: publicKey.export({ format: "jwk" }).n, e: "AQAB" },
    groups: [{ code: "m", fr: "Support", en: "Support" }],
  };
  signed = new Map();
  counted = new Map();
  asked = [];
  answer = null;

  /** What the page of the service does once she has clicked there. */
  permit(blinded, period = this.terms.period) {
    const known = this.signed.get(period);
    if (known && known !== blinded) return { told: "refused", why: "already" };
    this.signed.set(period, blinded);
    const key = { key: privateKey, padding: constants.RSA_NO_PADDING };
    return { told: "permit", signature: toText(new Uint8Array(privateDecrypt(key, fromText(blinded)))) };
  }

  /** `fetch`, as the service sees it. */
  fetch = async (address, options) => {
    this.asked.push({ address, ...options });
    if (this.answer) return this.answer();
    if (address === `${SERVICE}/traces/terms.json`) return Response.json(this.terms);
    const { report, message, signature } = JSON.parse(options.body);
    const isRight = createVerify("sha384")
      .update(fromText(message))
      .verify({ key: createPublicKey(publicKey.export({ type: "spki", format: "pem" })), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, fromText(signature));
    const isOurs = Buffer.from(fromText(message).slice(32)).toString() === `visavis-permit-1:${this.terms.period}`;
    if (!isRight || !isOurs) return new Response("bad permit", { status: 400 });
    const used = createHash("sha256").update(message).digest("hex");
    if (options.method === "DELETE") return new Response(null, { status: this.counted.delete(used) ? 204 : 400 });
    if (this.counted.has(used) && this.counted.get(used) !== report) return new Response("used", { status: 409 });
    this.counted.set(used, report);
    return new Response(null, { status: 204 });
  };
}

/** A device that can be started again and again on what it kept; `dieAt` counts every door it goes through, twice each. */
export class Device {
  kept = {};
  time = START;
  doors = 0;
  dieAt = Infinity;
  isAllowed = true;
  log = [];

  constructor(service = new Service()) {
    this.service = service;
  }

  /** Goes through a door: dies before it, or after it before it knows, when that is its turn. Dead is silent, as a killed process. */
  through(name, work) {
    return async (...given) => {
      for (const when of ["before", "after"]) {
        this.doors += 1;
        if (this.doors === this.dieAt) {
          this.log.push(`${when} ${name}`);
          this.died();
          await new Promise(() => {});
        }
        if (when === "before") this.result = await work(...given);
      }
      return this.result;
    };
  }

  /** What she does from the click to the end: started anew each time. */
  async live({ interests = [3, 14, 15], group = "m" } = {}) {
    const work = this.start();
    let sending = await work.prepare();
    if (sending.stage === "asked") {
      const told = await this.through("window", async () => this.service.permit(sending.blinded))();
      sending = told.told === "permit" ? await work.permitted(told.signature, interests, group) : await work.refused(told.why);
    }
    for (let tried = 0; tried < 3 && sending.stage === "waiting"; tried++) {
      this.time += 25 * HOUR;
      sending = await work.send();
    }
    return sending;
  }

  /** The same, killed at that door; says whether it got so far. */
  async killed(dieAt, given) {
    Object.assign(this, { doors: 0, dieAt });
    const dead = new Promise((done) => (this.died = () => done("dead")));
    const end = await Promise.race([this.live(given), dead]);
    this.dieAt = Infinity;
    return end === "dead";
  }

  get store() {
    const area = {
      get: this.through("read", async (key) => structuredClone(key === null ? this.kept : { [key]: this.kept[key] })),
      set: this.through("write", async (items) => void Object.assign(this.kept, structuredClone(items))),
      clear: this.through("clear", async () => void (this.kept = {})),
    };
    return openStore(area);
  }

  start(store = this.store) {
    return sender({
      store,
      doors: doors(SERVICE, this.through("network", this.service.fetch)),
      list: this.through("list", async () => LIST),
      isAllowed: this.through("consent", async () => this.isAllowed),
      now: () => this.time,
    });
  }
}
