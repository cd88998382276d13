// The browser's half of tanxin.core.markings: the same rules, the same verdict.

/** Returns `(text) => ({ rule, hint })`; an empty rule lets the text pass. */
export function screenOf({ newlines, dropped, same, pieces, stops, hint }) {
  const table = new Map(newlines.map((code) => [code, "\n"]));
  for (const [first, last] of dropped) for (let code = first; code <= last; code++) table.set(code, "");
  for (const [kept, others] of Object.entries(same)) for (const other of others) table.set(other.codePointAt(0), kept);

  const folded = (text) => {
    let out = "";
    for (const sign of text.normalize("NFKC")) out += table.get(sign.codePointAt(0)) ?? sign;
    return out;
  };
  const whole = (pattern) => {
    const put = pattern.replace(/<([A-Z]+)>/g, (_, name) => pieces[name]);
    return put === pattern ? put : whole(put);
  };
  const stopping = stops.map(({ rule, pattern }) => [rule, new RegExp(whole(pattern), "u")]);
  const hinting = new RegExp(whole(hint), "u");

  return (text) => {
    const seen = folded(text);
    const rule = stopping.find(([, pattern]) => pattern.test(seen))?.[0] ?? "";
    return { rule, hint: !rule && hinting.test(seen) };
  };
}
