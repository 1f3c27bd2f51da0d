/** What people see of an escalation: what was sent to the vendor, on a card and as a document; the team; what was arbitrated. */
import { type Card, card, controls, list, shortened, text, type Words } from '../chat/card.ts';
import type { RecordView } from '../core/ask.ts';
import { escalation, VENDOR_FIELDS, type VendorField } from './escalation.ts';
import { problem } from './problem.ts';

const LABEL: Readonly<Record<VendorField, string>> = {
  vendor: 'Vendor',
  point: 'Point of escalation',
  description: 'Description',
  errors: 'Error messages',
  tried: 'Resolutions tried, in order, with their results',
  documents: 'Documents',
  tools: 'Diagnostic tools',
};
/** Longer texts are shown up to here; the document has the whole. */
const TEXT = 350;
const PEOPLE = 20;

/** The newest escalation to a vendor, with the button that gives it as a document. */
export function vendorCard(view: RecordView): Card {
  const sent = view.state(escalation).sent.at(-1);
  if (!sent) return card(`Escalations of ${view.id}`, [text('Nothing was sent to a vendor yet.')]);
  const { number, by, at } = sent;
  return card(
    `Escalation ${number} of ${view.id}`,
    [
      text('Recorded ', { time: at }, ' by ', { person: by }, '. Send the document to the vendor.'),
      ...VENDOR_FIELDS.map((field) => text({ bold: `${LABEL[field]}: ` }, shortened(sent[field], TEXT))),
      controls({ label: 'As document', action: 'problem.vendor-document', record: view.id, value: String(number) }),
    ],
    { tone: 'info', summary: `Escalation ${number} of ${view.id} to ${sent.vendor}` },
  );
}

/** Text that Markdown shows as it was written. */
const plain = (said: string): string => said.replaceAll(/[\\`*_{}[\]<>#|]/gu, '\\$&').replaceAll('\n', '  \n');

/** The same whole, in Markdown, for somebody outside; undefined when there is none of this number. Times are in UTC. */
export function vendorDocument(view: RecordView, number: number): string | undefined {
  const sent = view.state(escalation).sent.find((one) => one.number === number);
  if (!sent) return undefined;
  const { intake } = view.state(problem);
  const at = new Date(sent.at).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `# ${view.id}: ${plain(intake.title)}`,
    `Escalation ${number} to ${plain(sent.vendor)}, ${at} UTC`,
    ...VENDOR_FIELDS.filter((field) => field !== 'vendor').map((field) => `## ${LABEL[field]}\n\n${plain(sent[field])}`),
    '',
  ].join('\n\n');
}

/** Who is in the virtual team. */
export function teamCard(view: RecordView): Card {
  const { team } = view.state(escalation);
  const more = team.length > PEOPLE ? [[`and ${team.length - PEOPLE} more`]] : [];
  return card(`Team of ${view.id}`, [
    list(...team.slice(0, PEOPLE).map((person): Words => [{ person }]), ...more),
    text('Whoever is new is told, and reads the problem even while it is private.'),
  ]);
}

/** What was decided last. */
export function arbitratedCard(view: RecordView): Card {
  const last = view.state(escalation).arbitrations.at(-1);
  return card(`Decided about ${view.id}`, [
    text(shortened(last?.decision ?? '', TEXT)),
    text('It is recorded; owner, originator and team are told.'),
  ]);
}
