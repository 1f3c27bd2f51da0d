/** How guarded places are: what is above a place's class is not said there (S3). Pure. */
import type { DataClass, Org } from './record.ts';

/** By platform, for those that are one kind of place only. */
const BY_PLATFORM: Readonly<Record<string, DataClass>> = {
  status: 'public',
  press: 'public',
  webhook: 'sensitive',
  email: 'sensitive',
  call: 'confidential',
};

/** By kind, on platforms where people talk. Whether a channel is private nobody tells us: the organisation says so. */
const BY_KIND: Readonly<Record<string, DataClass>> = {
  channel: 'sensitive',
  thread: 'sensitive',
  group: 'sensitive',
  audience: 'sensitive',
  person: 'confidential',
};

/** The class of a place: what the organisation said of it, else what places of its kind have. */
export function classOfPlace(place: string, org: Pick<Org, 'placeClasses'>): DataClass {
  const said = org.placeClasses?.[place];
  if (said !== undefined) return said;
  const [platform = '', kind = ''] = place.split('/');
  return BY_PLATFORM[platform] ?? BY_KIND[kind] ?? 'public';
}
