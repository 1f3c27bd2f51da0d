/**
 * Which addresses a webhook may be on: those of the public internet. Judged is the address that is connected to, after the name was
 * looked up, so that a name which changes its address between a check and the connection gains nothing.
 */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What IANA keeps for special purposes: private, loopback, link-local, shared, documentation, multicast. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within the global unicast range: tunnels that carry an IPv4 address inside, and documentation. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const GLOBAL_V6 = '2000::/3';

const listOf = (subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix = ''] = subnet.split('/');
    list.addSubnet(net, Number(prefix), family);
  }
  return list;
};
const specialV4 = listOf(SPECIAL_V4, 'ipv4');
const specialV6 = listOf(SPECIAL_V6, 'ipv6');
const globalV6 = listOf([GLOBAL_V6], 'ipv6');
const mappedV6 = listOf(['::ffff:0:0/96'], 'ipv6');

/** Whether an address is one of the public internet. An IPv4 address inside an IPv6 one is judged as itself; what is none is not. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/^\[|\]$/gu, '').replace(/%.*$/u, '');
  switch (isIP(plain)) {
    case 4:
      return !specialV4.check(plain, 'ipv4');
    case 6:
      // The list finds a mapped address by the IPv4 address inside.
      if (mappedV6.check(plain, 'ipv6')) return !specialV4.check(plain, 'ipv6');
      return globalV6.check(plain, 'ipv6') && !specialV6.check(plain, 'ipv6');
    default:
      return false;
  }
}

/** A name leads to no address that may be connected to. */
export class NotPublic extends Error {
  constructor() {
    super('its address is not one of the public internet');
  }
}

/** Looks names up as the system does, and answers with public addresses only; `NotPublic` when there is none. */
export const publicLookup: LookupFunction = (hostname, options: LookupOptions, done) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '', 0);
    const allowed = found.filter(({ address }) => isPublic(address));
    const [first] = allowed;
    if (!first) return done(new NotPublic(), '', 0);
    return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
  });
};
