/** What monitoring systems send, as alerts: Alertmanager webhook version 4, Grafana unified alerting, PagerDuty webhooks v3, and our own. Pure. */
import { z } from 'zod';
import type { Format } from './sources.ts';

/** One alert as it was sent. */
export interface Sent {
  readonly key: string;
  readonly title: string;
  readonly details: string;
  readonly severity: string;
  readonly items: string;
  readonly site?: string | undefined;
  readonly url?: string | undefined;
  readonly status: 'firing' | 'resolved';
  readonly occurrence?: string | undefined;
}

const MOST_ALERTS = 1000;
const LONGEST = { key: 500, title: 150, details: 3000, short: 150, url: 2000 } as const;

const cut = (words: string, most: number): string => {
  const plain = words.trim();
  return plain.length <= most ? plain : `${[...plain.slice(0, most - 1)].join('').replace(/[\uD800-\uDBFF]$/u, '')}…`;
};
/** Only what a browser opens. */
const link = (url: string | undefined): string | undefined =>
  url !== undefined && url.length <= LONGEST.url && /^https?:\/\/[^\s]+$/iu.test(url) ? url : undefined;

const labels = z.record(z.string(), z.string()).default({});
const words = z.string().optional();

const prometheus = z.object({
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels,
        annotations: labels,
        startsAt: words,
        generatorURL: words,
        dashboardURL: words,
        panelURL: words,
        valueString: words,
        fingerprint: words,
      }),
    )
    .max(MOST_ALERTS),
});

/** Without a fingerprint the labels tell alerts apart, as they do in Prometheus itself. */
const byLabels = (of: Readonly<Record<string, string>>): string =>
  Object.keys(of)
    .toSorted()
    .map((name) => `${name}=${of[name]}`)
    .join(',');

const named = (of: Readonly<Record<string, string>>, ...names: readonly string[]): string =>
  names.map((name) => of[name]).find((value) => value !== undefined && value.trim() !== '') ?? '';

function fromPrometheus(body: unknown): readonly Sent[] | undefined {
  const parsed = prometheus.safeParse(body);
  if (!parsed.success) return undefined;
  return parsed.data.alerts.map((one): Sent => {
    const { labels: of, annotations } = one;
    return {
      key: one.fingerprint || byLabels(of),
      title: named(annotations, 'summary', 'title') || named(of, 'alertname') || 'An alert without a name',
      details: [named(annotations, 'description', 'message'), one.valueString ?? ''].filter((part) => part !== '').join('\n'),
      severity: named(of, 'severity', 'priority'),
      items: [...new Set([named(of, 'service', 'job'), named(of, 'instance', 'host', 'pod')])]
        .filter((part) => part !== '')
        .join(', '),
      site: named(of, 'site', 'datacenter', 'region'),
      url: named(annotations, 'runbook_url') || one.dashboardURL || one.panelURL || one.generatorURL,
      status: one.status,
      occurrence: one.startsAt,
    };
  });
}

const pagerduty = z.object({
  event: z.object({
    id: z.string().min(1),
    event_type: z.string(),
    data: z
      .object({
        id: z.string().min(1),
        title: words,
        html_url: words,
        urgency: words,
        priority: z.object({ summary: words }).nullish(),
        service: z.object({ summary: words }).nullish(),
      })
      .partial()
      .default({}),
  }),
});

/** Only what says that something fires or is over; who acknowledged it there is nothing that we do. */
const PAGED: Readonly<Record<string, Sent['status']>> = {
  'incident.triggered': 'firing',
  'incident.reopened': 'firing',
  'incident.resolved': 'resolved',
};

function fromPagerduty(body: unknown): readonly Sent[] | undefined {
  const parsed = pagerduty.safeParse(body);
  if (!parsed.success) return undefined;
  const { id: occurrence, event_type: type, data } = parsed.data.event;
  const status = PAGED[type];
  if (status === undefined) return [];
  if (data.id === undefined) return undefined;
  return [
    {
      key: data.id,
      title: data.title || 'A PagerDuty incident without a title',
      details: '',
      severity: data.priority?.summary ?? data.urgency ?? '',
      items: data.service?.summary ?? '',
      url: data.html_url,
      status,
      occurrence,
    },
  ];
}

const own = z.object({
  key: z.string().trim().min(1),
  title: z.string().trim().min(1),
  details: z.string().default(''),
  severity: z.string().default(''),
  items: z.union([z.string(), z.array(z.string())]).default(''),
  site: words,
  status: z.enum(['firing', 'resolved']).default('firing'),
  url: words,
  occurrence: z.union([z.string(), z.number()]).optional(),
});
const generic = z.union([
  own.transform((one) => [one]),
  z.array(own).max(MOST_ALERTS),
  z.object({ alerts: z.array(own).max(MOST_ALERTS) }).transform(({ alerts }) => alerts),
]);

function fromGeneric(body: unknown): readonly Sent[] | undefined {
  const parsed = generic.safeParse(body);
  return parsed.success
    ? parsed.data.map(({ items, occurrence, ...one }) => ({
        ...one,
        items: [items].flat().join(', '),
        ...(occurrence === undefined ? {} : { occurrence: String(occurrence) }),
      }))
    : undefined;
}

const READERS: Readonly<Record<Format, (body: unknown) => readonly Sent[] | undefined>> = {
  alertmanager: fromPrometheus,
  grafana: fromPrometheus,
  pagerduty: fromPagerduty,
  generic: fromGeneric,
};

/** What each format must be, for the sentence that says that something is not. */
export const EXPECTED: Readonly<Record<Format, string>> = {
  alertmanager: 'an Alertmanager webhook (version 4) with its list of alerts',
  grafana: 'a Grafana alerting webhook with its list of alerts',
  pagerduty: 'a PagerDuty webhook (v3) with its event',
  generic: 'JSON with key and title, and perhaps details, severity, items, status (firing or resolved), url',
};

/** The alerts of a body, cut to what an incident holds; undefined when it is not of this format. */
export const alertsIn = (format: Format, body: unknown): readonly Sent[] | undefined =>
  READERS[format](body)?.map(({ key, title, details, severity, items, site, url, status, occurrence }) => ({
    key: key.length <= LONGEST.key ? key : `${key.slice(0, LONGEST.key)}…`,
    title: cut(title, LONGEST.title),
    details: cut(details, LONGEST.details),
    severity: cut(severity, LONGEST.short),
    items: cut(items, LONGEST.details),
    ...(site ? { site: cut(site, LONGEST.short) } : {}),
    ...(link(url) === undefined ? {} : { url: link(url) }),
    status,
    ...(occurrence ? { occurrence } : {}),
  }));
