/* Linking words to a finding as evidence: which finding, what they say of it, which part of it they speak to. */

import { newRequest } from "./codings.js";
import { say } from "./page.js";

export function addEvidence(reading) {
  const { changes, codings, commands, inspector, page, status } = reading;
  const evidence = (reading.evidence = new Evidence(page, codings, changes));

  evidence.addEventListener("closed", () => commands.back());
  evidence.addEventListener("linked", ({ detail: link }) => status.hint(say(page.words.linked, link)));

  changes.addEventListener("links", ({ detail }) => {
    page.data.links = detail;
    inspector.update();
  });
}

export class Evidence extends EventTarget {
  #span = null;
  #request = ""; // sent again after a failure it is still the same link
  #isSending = false; // the button stays as it is meanwhile: one that is disabled loses the focus

  constructor(page, codings, changes) {
    super();
    Object.assign(this, { page, codings, changes });
    this.dialog = page.part("evidence");
    this.form = page.part("evidence-form");
    this.refused = page.part("evidence-refused");
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.elements.finding.addEventListener("change", () => this.#offerLevers());
    this.dialog.addEventListener("close", () => this.dispatchEvent(new Event("closed")));
    this.#offerLevers();
  }

  /* Ask about the words of a span, with a finding chosen where one is named by its key. */
  open(start, end, finding) {
    this.#span = { start, end };
    this.#request = newRequest();
    if (finding) this.form.elements.finding.value = finding;
    this.#offerLevers();
    this.refused.hidden = true;
    this.form.elements.note.value = "";
    this.page.part("evidence-words").textContent = `“${this.codings.transcript.words(start, end)}”`;
    this.dialog.showModal();
    this.form.elements.finding.focus();
  }

  /* A finding names its levers; only those can be anchored. */
  #offerLevers() {
    const { finding, lever } = this.form.elements;
    const named = (finding.selectedOptions[0]?.dataset.levers ?? "").split(" ");
    for (const option of lever.options) option.disabled = option.hidden = Boolean(option.value) && !named.includes(option.value);
    if (lever.selectedOptions[0]?.disabled) lever.value = "";
  }

  #submit(event) {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    if (this.#isSending) return;
    const { finding, stance, role, lever, note } = this.form.elements;
    const { start, end } = this.#span;
    const quote = this.codings.transcript.words(start, end);
    const said = { finding: finding.value, stance: stance.value, role: role.value, lever: lever.value, note: note.value };
    this.#send({ revision: this.page.data.revision, start, end, quote, ...said, request: this.#request });
  }

  async #send(fields) {
    this.#isSending = true;
    try {
      const link = await this.changes.ask(this.page.data.evidence, fields);
      this.dialog.close();
      this.dispatchEvent(new CustomEvent("linked", { detail: link }));
    } catch (failure) {
      this.refused.textContent = failure.message;
      this.refused.hidden = false;
      this.refused.focus();
    } finally {
      this.#isSending = false;
    }
  }
}
