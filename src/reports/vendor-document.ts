/** A problem's escalation to a vendor as a document (P11). */
import { button, privately } from '../chat/registry.ts';
import { refuse } from '../core/refusal.ts';
import { vendorDocument } from '../problems/index.ts';
import { documentCard } from './cards.ts';
import { type ExportsAt, exportDocument } from './exports.ts';

/** The button of an escalation's card; whoever may read the problem gets the document. */
export const vendorDocumentDoing = (where: ExportsAt) =>
  button({
    name: 'problem.vendor-document',
    run: async (c, { record: id, value }) => {
      const view = await c.view(id);
      const written = view && vendorDocument(view, Number(value));
      if (written === undefined) return c.refused(refuse('unknown-record', { record: id }));
      const exported = await exportDocument(where, `${id.toLowerCase()}-escalation-${value}`, written);
      return privately(documentCard(`Escalation ${value} of ${id}`, exported));
    },
  });
