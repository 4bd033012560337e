// Draws streams of server-sent events, and writes what eventsource-parser makes of each, one JSON object a line.
import { createParser } from "eventsource-parser";

// A generator of numbers that gives the same ones each time (mulberry32).
let state = 20261129;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const one = (list) => list[random(list.length)];

const NAMES = ["data", "data", "data", "event", "id", "retry", "", "other", "Data", " data", "dat", "data "];
const VALUES = ["", "a", " b", "  c", "x:y", ":", "Grüße 👋", "12", "3s", "007", "{\"a\": 1}", "\u0000", "1\u00002", "\u2028", "-5"];
const ENDS = ["\n", "\n", "\n", "\r\n", "\r"];

function stream() {
  let text = random(8) ? "" : "\ufeff";
  for (let lines = random(14); lines > 0; lines--) {
    // A block with an id has data as well: the judge forgets the ids of others.
    const kind = random(10);
    if (kind < 3) text += one(ENDS);
    else if (kind < 4) text += one(NAMES.filter((name) => name !== "id")) + one(ENDS);
    else text += one(NAMES) + one([":", ": ", ":  "]) + one(VALUES) + one(ENDS);
  }
  return text + one(["\n\n", "\r\n\r\n", "", "data: z"]);
}

for (let count = Number(process.argv[2]); count > 0; count--) {
  const text = stream();
  const events = [];
  let retry = null;
  const parser = createParser({
    onEvent(event) {
      events.push({ event: event.event ?? null, id: event.id ?? null, data: event.data, retry });
      retry = null;
    },
    onRetry(time) {
      retry = time;
    },
  });
  parser.feed(text);
  console.log(JSON.stringify({ text, events }));
}
