/* The kinds of act that stand in the line, and for each: where and with what it is sent (`address`, `fields`), how it
   shows when it is taken up again (`show`), what follows when the store has it (`done`; without an answer when another
   window sent it), how it looks while it waits (`waits`), what follows a refusal (`refused`), and how it is taken back
   here (`takeBack`). */

import { say } from "./page.js";

export function kindsOf(acts) {
  const { page, codings, changes } = acts;
  const { words, data } = page;
  const one = (act) => `${data.codings}/${act.guid}`;
  const quoted = (fields) => {
    if (fields.quote_sha256 || fields.revision !== data.revision) return fields;
    return { ...fields, quote: codings.transcript.words(fields.start, fields.end) };
  };
  const sent = (act) => ({ ...quoted(act.fields), request: act.request, version: act.seen, after: changes.last });
  const look = (act, state) => act.coding && acts.look(act.coding, state);
  const tellRefused = (act, failure) => {
    page.speak(say(words.unsaved, { count: acts.queue.acts.length, why: failure.message }));
    acts.dispatchEvent(new CustomEvent("refused", { detail: { act, failure } }));
  };
  const renewed = () => changes.poll().catch(() => null); // the next asking brings it

  const shown = (act, start, end, code) => {
    const coding = codings.same(start, end, code, data.me) ?? acts.newCoding(start, end, code, act.order);
    return Object.assign(coding, { request: act.request, madeAs: code.path });
  };
  /* It was taken back before it was refused. */
  const isUnwanted = (act) => acts.queue.acts.some(({ made, kind }) => made === act.request && ["undo", "remove"].includes(kind));

  const apply = {
    address: () => data.codings,
    fields: sent,
    show(act) {
      const { start, end, code: path, revision } = act.fields;
      const code = codings.codeAt(path);
      if (!code || revision !== data.revision) return; // it has no place on this page; the store says what is wrong
      act.coding = shown(act, start, end, code);
    },
    done({ coding }, answer) {
      if (answer && coding) codings.saved(coding, answer);
      else renewed().then(() => coding && !coding.guid && codings.remove(coding)); // given up in another window
      if (answer && coding) page.speak(say(words.coded, { code: coding.code.name }));
    },
    waits: (act) => act.coding?.state === "adding" && look(act, "unadded"),
    refused(act, failure) {
      if (isUnwanted(act)) return acts.queue.drop(act);
      look(act, "unadded");
      return tellRefused(act, failure);
    },
    takeBack: ({ coding }) => coding && codings.remove(coding),
  };

  const several = {
    address: () => `${data.codings}/several`,
    fields: sent,
    show(act) {
      const { start, end, codes, revision } = act.fields;
      if (revision !== data.revision) return;
      act.codings = codes.map((path) => codings.codeAt(path)).filter(Boolean).map((code) => shown(act, start, end, code));
    },
    done({ codings: made = [] }, answer) {
      if (!answer) return renewed().then(() => made.filter((coding) => !coding.guid).forEach((coding) => codings.remove(coding)));
      changes.take(answer);
      for (const coding of made) {
        const guid = answer.several[coding.madeAs];
        if (guid) codings.name(coding, guid);
        else codings.remove(coding); // taken away again since, by an act whose answer came first
        acts.showAgain(coding);
      }
      return page.speak(say(words.coded, { code: made.map(({ code }) => code.name).join(", ") }));
    },
    waits: ({ codings: made = [] }) => made.filter(({ state }) => state === "adding").forEach((coding) => acts.look(coding, "unadded")),
    refused(act, failure) {
      if (isUnwanted(act)) return acts.queue.drop(act);
      for (const coding of act.codings ?? []) acts.look(coding, "unadded");
      return tellRefused(act, failure);
    },
    takeBack: ({ codings: made = [] }) => made.forEach((coding) => codings.remove(coding)),
  };

  const remove = {
    address: (act) => `${one(act)}/remove`,
    fields: sent,
    show: (act) => look(act, "removing"),
    waits: (act) => act.coding?.state === "removing" && codings.has(act.coding) && look(act, "unremoved"),
    done({ coding }, _answer) {
      if (!coding) return;
      if (codings.has(coding)) codings.remove(coding);
      page.speak(say(words.uncoded, { code: coding.code.name }));
    },
    refused(act, failure) {
      if (failure.status === 404) return acts.queue.drop(Object.assign(act, { isGone: true })); // it is what was wanted
      look(act, "unremoved");
      return tellRefused(act, failure);
    },
    takeBack(act) {
      if (act.isGone && act.coding) codings.remove(act.coding);
      else look(act, act.coding?.guid ? "saved" : "adding");
    },
  };

  const change = (kind, valuesOf) => ({
    valuesOf,
    address: (act) => `${one(act)}/${kind}`,
    fields: sent,
    show(act) {
      const values = act.coding && (act.fields.revision ?? data.revision) === data.revision ? valuesOf(act.fields) : null;
      if (!values) return;
      act.before = Object.fromEntries(Object.keys(values).map((name) => [name, act.coding[name]]));
      codings.amend(act.coding, { ...values, state: "changing" });
    },
    done(act, answer) {
      if (answer) changes.take(answer);
      else renewed();
      acts.showAgain(act.coding);
    },
    waits: (act) => act.coding?.state === "changing" && look(act, "unchanged"),
    refused(act, failure) {
      look(act, "unchanged");
      tellRefused(act, failure);
    },
    takeBack({ coding, before, seen, fields }) {
      if (!coding || !codings.has(coding)) return;
      const values = coding.version === seen ? before : {}; // what somebody else made of it since stays
      codings.amend(coding, { ...values, state: coding.guid ? "saved" : "adding" });
      acts.dispatchEvent(new CustomEvent("back", { detail: { coding, fields } }));
    },
  });

  const revert = (kind) => ({
    address: () => `${data.here}/${kind}`,
    fields: (act) => ({ request: act.request, after: changes.last }),
    done(_act, answer) {
      if (!answer) return renewed();
      changes.take(answer);
      return acts.dispatchEvent(new CustomEvent("reverted", { detail: answer.did }));
    },
    refused: tellRefused,
  });

  return {
    apply,
    several,
    remove,
    resize: change("resize", ({ start, end }) => ({ start, end })),
    recode: change("recode", ({ code }) => codings.codeAt(code) && { code: codings.codeAt(code) }),
    mark: change("mark", ({ important }) => ({ important: important === 1 })),
    rate: change("rate", ({ rating }) => ({ rating })),
    undo: revert("undo"),
    redo: revert("redo"),
    leave: {
      address: () => `${data.here}/leave-standing`,
      fields: (act) => ({ ...act.fields, after: changes.last }),
      done: (_act, answer) => (answer ? changes.take(answer) : renewed()),
      refused: (act) => acts.queue.drop(act), // it was left already, or something else comes next now
    },
  };
}
