/**
 * A labelled set for the search for similar records: fifty known errors and a hundred incidents, each with the known error that it is
 * a sign of. The kinds of failure are those of publicly known outages; the words are our own, and the incidents are told as
 * somebody at a service desk would tell them, not as the known error puts it.
 */
export interface KnownOutage {
  readonly key: string;
  readonly title: string;
  readonly symptom: string;
  readonly workaround: string;
}

export interface Reported {
  readonly title: string;
  readonly details: string;
  /** The key of the known error that it is. */
  readonly is: string;
}

export const KNOWN: readonly KnownOutage[] = [
  {
    key: 'bgp-withdrawn',
    title: 'Routes to the data centres withdrawn after backbone maintenance',
    symptom:
      'All sites and the name servers are unreachable from outside because the border routers no longer announce our prefixes.',
    workaround: 'Reach the routers by the out-of-band network and announce the prefixes again by hand.',
  },
  {
    key: 'bgp-leak',
    title: 'A neighbour network leaks our routes',
    symptom: 'Traffic takes a detour through a small provider, with high latency and packet loss in some regions.',
    workaround: 'Announce more specific prefixes and ask the neighbour to filter.',
  },
  {
    key: 'dns-expired-domain',
    title: 'Domain registration ran out',
    symptom: 'The domain resolves to a parking page, mail to it bounces.',
    workaround: 'Renew at the registrar; until it spreads use the second domain.',
  },
  {
    key: 'dnssec',
    title: 'DNSSEC signatures of the zone expired',
    symptom: 'Validating resolvers answer SERVFAIL for our zone, others still resolve it.',
    workaround: 'Sign the zone again, or remove the DS record at the parent.',
  },
  {
    key: 'resolver-overload',
    title: 'Internal resolvers drop queries under load',
    symptom: 'Name lookups inside the cluster time out at random; services report unknown host.',
    workaround: 'Add resolver replicas and enable the node-local cache.',
  },
  {
    key: 'cert-expired',
    title: 'TLS certificate of the gateway expired',
    symptom: 'Browsers and clients warn that the certificate is no longer valid and refuse to connect.',
    workaround: 'Install the renewed certificate on the gateway and reload it.',
  },
  {
    key: 'intermediate-cert',
    title: 'Intermediate certificate missing from the chain',
    symptom: 'Old phones and command-line clients do not trust the site, desktop browsers do.',
    workaround: 'Serve the full chain.',
  },
  {
    key: 'root-expired',
    title: 'Old root certificate no longer trusted by legacy devices',
    symptom: 'Payment terminals and televisions of older make cannot make secure connections since the root expired.',
    workaround: 'Switch to the alternative chain, or update the trust store.',
  },
  {
    key: 'leap-second',
    title: 'Leap second makes processes spin',
    symptom: 'Servers use all of the processor since midnight UTC, Java and the database hang.',
    workaround: 'Set the date once on each host, then restart the process.',
  },
  {
    key: 'clock-skew',
    title: 'Clocks of hosts drift apart',
    symptom: 'Tokens are refused as not yet valid or expired, and replication complains about time.',
    workaround: 'Restart the time service and step the clock.',
  },
  {
    key: 'config-push',
    title: 'Faulty configuration pushed everywhere at once',
    symptom: 'All front ends return errors within a minute of a configuration release.',
    workaround: 'Roll the configuration back to the version before.',
  },
  {
    key: 'regex-cpu',
    title: 'Firewall rule with a pattern that backtracks',
    symptom: 'The web application firewall uses all processor time and every page answers 502.',
    workaround: 'Turn the managed rule off.',
  },
  {
    key: 'maintenance-typo',
    title: 'Too many servers removed by a maintenance command',
    symptom: 'Object storage in one region rejects reads and writes; its index subsystem restarts.',
    workaround: 'Add capacity to the index and wait until it has restarted; read from the other region.',
  },
  {
    key: 'storage-full',
    title: 'Log partition full',
    symptom: 'Applications stop writing with no space left on device; logins fail.',
    workaround: 'Delete old logs and turn rotation on.',
  },
  {
    key: 'inodes',
    title: 'File system out of inodes',
    symptom: 'New files cannot be made although there is free space; session files have piled up.',
    workaround: 'Delete the stale session files.',
  },
  {
    key: 'db-failover',
    title: 'Database fails over again and again',
    symptom: 'The primary changes every few minutes, writes are lost or refused as read only.',
    workaround: 'Pin the primary and pause the automatic failover.',
  },
  {
    key: 'replication-lag',
    title: 'Read replicas lag behind',
    symptom: 'Users do not see what they have just saved; it appears minutes later.',
    workaround: 'Read from the primary until the replicas have caught up.',
  },
  {
    key: 'split-brain',
    title: 'Two primaries after a network partition',
    symptom: 'Two sites accept writes at the same time and records differ between them.',
    workaround: 'Fence one site, then merge the records by hand.',
  },
  {
    key: 'txid-wraparound',
    title: 'Database stops to prevent transaction id wraparound',
    symptom: 'The database refuses all commands that write and asks for a vacuum.',
    workaround: 'Vacuum the oldest table in single-user mode.',
  },
  {
    key: 'lock-queue',
    title: 'Schema change waits for a lock and blocks everybody',
    symptom: 'All queries on one table hang since a migration was started.',
    workaround: 'Cancel the migration; run it with a lock time-out.',
  },
  {
    key: 'connection-pool',
    title: 'Connection pool exhausted',
    symptom: 'The application waits for a database connection and answers time-outs; the database itself is idle.',
    workaround: 'Restart the instances that leak connections; raise the pool for now.',
  },
  {
    key: 'deleted-database',
    title: 'Production data removed by mistake',
    symptom: 'Tables are empty after somebody cleaned the wrong host; backups have to be restored.',
    workaround: 'Stop writing, restore the last snapshot, and replay the log.',
  },
  {
    key: 'memory-leak',
    title: 'Worker leaks memory',
    symptom: 'Containers are killed for want of memory every few hours, with slow answers before.',
    workaround: 'Restart the workers each night.',
  },
  {
    key: 'gc-pause',
    title: 'Long garbage collection pauses',
    symptom: 'The service freezes for ten to thirty seconds and the load balancer takes it out.',
    workaround: 'Give it a larger heap and drain the node.',
  },
  {
    key: 'thundering-herd',
    title: 'Cache emptied, back end overwhelmed',
    symptom: 'After a cache restart all requests hit the database, which cannot cope.',
    workaround: 'Let traffic in slowly while the cache fills.',
  },
  {
    key: 'retry-storm',
    title: 'Clients retry without pause',
    symptom: 'After a short failure traffic stays at many times the normal level and the service cannot recover.',
    workaround: 'Shed load at the gateway and turn client retries off.',
  },
  {
    key: 'rate-limit',
    title: 'Supplier limits our calls',
    symptom: 'Calls to the payment provider come back with 429 too many requests at peak hours.',
    workaround: 'Spread the batch over the night; ask for a higher quota.',
  },
  {
    key: 'queue-stuck',
    title: 'Message queue blocked by one poisoned message',
    symptom: 'Consumers crash on the same message again and again, the backlog grows.',
    workaround: 'Move the message to the dead-letter queue.',
  },
  {
    key: 'mail-blocklist',
    title: 'Outgoing mail server on a block list',
    symptom: 'Customers with certain providers get no mail; it is rejected as spam.',
    workaround: 'Send by the second relay, ask for removal from the list.',
  },
  {
    key: 'mail-loop',
    title: 'Automatic answers answer each other',
    symptom: 'Mailboxes fill with thousands of out-of-office notes.',
    workaround: 'Disable the rule of the mailbox and clear the queue.',
  },
  {
    key: 'load-balancer-health',
    title: 'Health check marks healthy servers as down',
    symptom: 'The load balancer has no servers left although they answer directly.',
    workaround: 'Point the health check to the light page.',
  },
  {
    key: 'autoscaling',
    title: 'Autoscaler removes capacity at a metrics gap',
    symptom: 'Instances disappear when monitoring stops, then the rest is overloaded.',
    workaround: 'Set the lower bound by hand.',
  },
  {
    key: 'feature-flag',
    title: 'Flag service away, defaults wrong',
    symptom: 'New screens show for everybody and others vanish, since flags cannot be read.',
    workaround: 'Set the defaults in the local file.',
  },
  {
    key: 'login-loop',
    title: 'Single sign-on sends people in a circle',
    symptom: 'After the password page people land on the password page again.',
    workaround: 'Delete the cookies of the site; or open a private window.',
  },
  {
    key: 'mfa-provider',
    title: 'One-time codes are not delivered',
    symptom: 'Text messages with the login code arrive late or never.',
    workaround: 'Use the authenticator app or a recovery code.',
  },
  {
    key: 'directory-lock',
    title: 'Accounts are locked after a password change',
    symptom: 'People are locked out again and again because a phone still sends the old password.',
    workaround: 'Remove the account from the phone, then unlock it.',
  },
  {
    key: 'vpn-licences',
    title: 'VPN has no free licences',
    symptom: 'From home nobody else can connect in the morning; those who are in stay in.',
    workaround: 'Cut idle sessions; use the second gateway.',
  },
  {
    key: 'vpn-mtu',
    title: 'Large packets are lost in the tunnel',
    symptom: 'Over the VPN pages load half and file copies hang, small things work.',
    workaround: 'Lower the MTU to 1350.',
  },
  {
    key: 'wifi-channel',
    title: 'Wireless network drops devices on the third floor',
    symptom: 'Laptops lose the wireless connection when walking between meeting rooms.',
    workaround: 'Turn the new access point off until its firmware is updated.',
  },
  {
    key: 'switch-loop',
    title: 'Broadcast storm from a loop in the cabling',
    symptom: 'The whole office network stands still and switch lights blink in unison.',
    workaround: 'Unplug the desk switch, then turn loop protection on.',
  },
  {
    key: 'cooling',
    title: 'Cooling of the server room fails',
    symptom: 'Servers throttle or switch themselves off because of heat.',
    workaround: 'Open the doors, shut down test machines, bring mobile coolers.',
  },
  {
    key: 'ups',
    title: 'Battery test drops the power of one row',
    symptom: 'Half of the racks lose power for a moment when the uninterruptible supply is tested.',
    workaround: 'Move dual-fed machines to the other feed before the test.',
  },
  {
    key: 'fibre-cut',
    title: 'Fibre cut by digging works',
    symptom: 'A site is offline or slow since an excavator hit the cable.',
    workaround: 'Switch the site to the radio link.',
  },
  {
    key: 'printer-spooler',
    title: 'Print spooler crashes on a driver',
    symptom: 'Nothing prints any more; the queue shows jobs that cannot be deleted.',
    workaround: 'Stop the spooler, clear its folder, use the generic driver.',
  },
  {
    key: 'agent-update',
    title: 'Security agent update crashes machines at boot',
    symptom: 'Computers show a blue screen and restart without end after an update of endpoint protection.',
    workaround: 'Start in safe mode and delete the faulty definition file.',
  },
  {
    key: 'browser-update',
    title: 'Intranet breaks with the new browser version',
    symptom: 'Forms of the intranet stay blank since the browser updated itself.',
    workaround: 'Use compatibility mode for the intranet.',
  },
  {
    key: 'daylight-saving',
    title: 'Jobs run twice or not at all on the night of the clock change',
    symptom: 'Nightly batches are missing or double after the switch to summer or winter time.',
    workaround: 'Start the missing run by hand; schedule in UTC.',
  },
  {
    key: 'year-change',
    title: 'Date check fails on the last day of a leap year',
    symptom: 'Devices freeze or contracts cannot be saved on 29 February or 31 December.',
    workaround: 'Wait for the next day, or set the date back.',
  },
  {
    key: 'message-length',
    title: 'Exported file breaks at special characters',
    symptom: 'The bank file is rejected because a name has an accent or an emoji.',
    workaround: 'Replace the characters and send the file again.',
  },
  {
    key: 'third-party-script',
    title: 'Page hangs on a third-party script',
    symptom: 'The shop stays white while an advertising or analytics host does not answer.',
    workaround: 'Take the tag out by the tag manager.',
  },
];

const of = (is: string, ...told: readonly (readonly [title: string, details: string])[]): readonly Reported[] =>
  told.map(([title, details]) => ({ title, details, is }));

export const REPORTED: readonly Reported[] = [
  ...of(
    'bgp-withdrawn',
    [
      'Everything is down from the internet',
      'None of our sites can be reached from outside, even the name servers do not answer. It began during work on the backbone routers.',
    ],
    ['Prefixes gone from the routing table', 'Looking glasses show no announcement of our prefixes since the maintenance.'],
  ),
  ...of(
    'bgp-leak',
    ['High latency for customers in the east', 'Traceroutes go a detour through a provider that we do not know, with loss.'],
    ['Traffic routed through a small network', 'Packet loss in two regions; somebody seems to leak our routes.'],
  ),
  ...of(
    'dns-expired-domain',
    ['Website shows a parking page', 'Our domain leads to advertisements of the registrar.'],
    ['Mail to our domain bounces', 'Senders get a bounce, and the registration of the domain seems to have run out.'],
  ),
  ...of(
    'dnssec',
    ['Some customers cannot resolve us', 'Those behind validating resolvers get SERVFAIL, my phone at home works.'],
    ['SERVFAIL for the zone', 'Signatures seem to be too old, other resolvers still answer.'],
  ),
  ...of(
    'resolver-overload',
    ['Unknown host errors in the cluster', 'Pods report unknown host now and then, a second try works.'],
    ['Lookups of names time out', 'Inside the cluster name lookups take five seconds at random since load went up.'],
  ),
  ...of(
    'cert-expired',
    ['Certificate warning on the customer portal', 'Browsers say the certificate is not valid since last night.'],
    ['Clients refuse to connect to the gateway', 'Error: TLS certificate has expired.'],
  ),
  ...of(
    'intermediate-cert',
    ['Old Android phones do not trust our site', 'Desktop browsers are fine, curl complains about the chain.'],
    [
      'Command-line clients cannot verify the site',
      'Unable to get local issuer certificate; an intermediate seems to be missing.',
    ],
  ),
  ...of(
    'root-expired',
    ['Card terminals cannot connect', 'Older payment terminals fail the secure connection since this morning, newer ones work.'],
    ['Legacy televisions cannot stream', 'Devices of older make do not trust the root any more.'],
  ),
  ...of(
    'leap-second',
    ['Processor at 100 % on all Java hosts since midnight', 'It began exactly at midnight UTC, restarting does not help.'],
    [
      'Servers spin after midnight UTC',
      'Database and Java processes hang and use all processor time; somebody mentioned the leap second.',
    ],
  ),
  ...of(
    'clock-skew',
    ['Tokens refused as not yet valid', 'Login to the API fails on one host; its time differs by four minutes.'],
    ['Replication complains about time', 'Clocks of two hosts differ, the time service seems to have stopped.'],
  ),
  ...of(
    'config-push',
    ['All front ends return errors', 'A minute after the configuration release every region shows errors.'],
    ['Errors everywhere after release of settings', 'The new configuration went to all front ends at once.'],
  ),
  ...of(
    'regex-cpu',
    ['Every page gives 502', 'The firewall hosts are at full processor load since the new rule.'],
    ['Web application firewall at 100 %', 'Processor time is eaten by pattern matching of a rule.'],
  ),
  ...of(
    'maintenance-typo',
    ['Object storage fails in one region', 'Reads and writes are rejected, its index is restarting.'],
    ['Storage index down after maintenance', 'A command took away more servers than was meant.'],
  ),
  ...of(
    'storage-full',
    ['No space left on device', 'The application cannot write its logs and stopped, nobody can log in.'],
    ['Disk full on the application server', 'The partition of the logs has no space.'],
  ),
  ...of(
    'inodes',
    ['Cannot create files although the disk is half empty', 'df shows free space; there are millions of session files.'],
    ['Session files fill the file system', 'Out of inodes, says the monitoring.'],
  ),
  ...of(
    'db-failover',
    ['Primary of the database changes all the time', 'Every few minutes another node is primary and writes are refused.'],
    ['Writes refused: read only', 'The database cluster fails over again and again.'],
  ),
  ...of(
    'replication-lag',
    ['Saved address does not show', 'Customers save and see the old address; after some minutes it is right.'],
    ['Changes appear minutes later', 'The replica seems to be far behind the primary.'],
  ),
  ...of(
    'split-brain',
    ['Orders differ between the two sites', 'Since the network partition both sites accepted writes.'],
    ['Two primaries at the same time', 'Records of the two data centres differ.'],
  ),
  ...of(
    'txid-wraparound',
    ['Database does not accept commands', 'It says it must avoid wraparound data loss and wants a vacuum.'],
    ['Writes stopped, vacuum demanded', 'The message speaks of transaction ids.'],
  ),
  ...of(
    'lock-queue',
    ['Queries on the orders table hang', 'Since the migration was started nobody can read orders.'],
    ['Migration blocks the site', 'A schema change waits for a lock and everything queues behind it.'],
  ),
  ...of(
    'connection-pool',
    ['Time-outs while the database is idle', 'The application waits for a free connection.'],
    ['Pool of connections used up', 'Instances seem to leak database connections.'],
  ),
  ...of(
    'deleted-database',
    ['Tables are empty', 'Somebody cleaned up on the wrong host, production data is gone.'],
    ['Data removed by mistake', 'We need the last backup restored.'],
  ),
  ...of(
    'memory-leak',
    ['Workers are killed every few hours', 'Memory of the containers grows until they are killed.'],
    ['Out of memory in the worker', 'Answers get slow, then the container restarts.'],
  ),
  ...of(
    'gc-pause',
    ['Service freezes for twenty seconds', 'Garbage collection takes long and the node is taken out of the load balancer.'],
    ['Long pauses of the Java service', 'The heap is nearly full, collections last up to thirty seconds.'],
  ),
  ...of(
    'thundering-herd',
    ['Database overwhelmed after cache restart', 'Since the cache was restarted all requests go to the database.'],
    ['Site slow with a cold cache', 'The cache is empty and the back end cannot cope.'],
  ),
  ...of(
    'retry-storm',
    ['Traffic ten times normal after a short failure', 'Clients retry at once and the service does not recover.'],
    ['Service cannot recover', 'Requests are mostly retries of clients without any pause.'],
  ),
  ...of(
    'rate-limit',
    ['Payment provider answers too many requests', 'At noon calls come back with 429.'],
    ['Calls to the supplier are limited', '429 from the payment interface at peak.'],
  ),
  ...of(
    'queue-stuck',
    ['Backlog of the queue grows', 'All consumers crash on the same message.'],
    ['Poisoned message', 'One message makes every consumer fail again and again.'],
  ),
  ...of(
    'mail-blocklist',
    ['Customers do not get our mail', 'Their provider rejects it as spam.'],
    ['Our mail server is listed', 'A block list names our outgoing server.'],
  ),
  ...of(
    'mail-loop',
    ['Thousands of out-of-office notes', 'Two mailboxes answer each other.'],
    ['Mailbox full of automatic answers', 'A rule answers every mail, also automatic ones.'],
  ),
  ...of(
    'load-balancer-health',
    ['Load balancer shows no healthy servers', 'Directly they answer well.'],
    ['Servers marked as down', 'The health check fails although the servers are fine.'],
  ),
  ...of(
    'autoscaling',
    ['Instances vanished during the monitoring gap', 'The autoscaler took capacity away, the rest is overloaded.'],
    ['Too few instances', 'When metrics stopped the autoscaler scaled in.'],
  ),
  ...of(
    'feature-flag',
    ['Unfinished screens show for everybody', 'The flag service cannot be reached.'],
    ['Menu items vanished', 'Flags cannot be read, the defaults seem wrong.'],
  ),
  ...of(
    'login-loop',
    ['Password page comes again and again', 'After signing in people land on the same page, a circle.'],
    ['Single sign-on sends me back', 'I sign in and am sent to the sign-in page again.'],
  ),
  ...of(
    'mfa-provider',
    ['No text message with the code', 'The login code arrives late or never.'],
    ['One-time codes missing', 'People wait for the text message and cannot log in.'],
  ),
  ...of(
    'directory-lock',
    ['Account locked again and again', 'I changed my password yesterday; my phone still has the old one.'],
    ['Locked out after password change', 'The account is unlocked and locked again within minutes.'],
  ),
  ...of(
    'vpn-licences',
    ['Cannot connect from home', 'The VPN says that there are no licences free.'],
    ['VPN full in the morning', 'Whoever is connected stays, nobody else gets in.'],
  ),
  ...of(
    'vpn-mtu',
    ['Copying files over the VPN hangs', 'Small pages load, large ones only half.'],
    ['Pages load half in the tunnel', 'Large packets seem to get lost over VPN.'],
  ),
  ...of(
    'wifi-channel',
    ['Wireless drops on the third floor', 'Laptops lose the network when we go to the meeting room.'],
    ['Wifi lost in meeting rooms', 'Since the new access point laptops lose the wireless connection.'],
  ),
  ...of(
    'switch-loop',
    ['Office network stands still', 'All lights of the switches blink at once, nothing works.'],
    ['Broadcast storm', 'Somebody plugged a cable of the desk switch into itself.'],
  ),
  ...of(
    'cooling',
    ['Server room is hot', 'Cooling failed, servers switch themselves off.'],
    ['Servers throttle because of heat', 'The air conditioning of the room stands still.'],
  ),
  ...of(
    'ups',
    ['Racks lost power during the battery test', 'Half of the row was off for a moment.'],
    ['Power dip in row two', 'When the uninterruptible supply was tested machines restarted.'],
  ),
  ...of(
    'fibre-cut',
    ['Branch offline since works in the street', 'An excavator seems to have hit the cable.'],
    ['Site has no line', 'Digging works cut the fibre to the branch.'],
  ),
  ...of(
    'printer-spooler',
    ['Nothing prints', 'Jobs stay in the queue and cannot be deleted.'],
    ['Print spooler crashes', 'It stops as soon as somebody prints with the new driver.'],
  ),
  ...of(
    'agent-update',
    ['Blue screen after update', 'Computers restart without end since endpoint protection was updated.'],
    ['Machines do not boot', 'The security agent got an update, since then a blue screen at boot.'],
  ),
  ...of(
    'browser-update',
    ['Forms on the intranet are blank', 'The browser updated itself yesterday.'],
    ['Intranet does not work with the new browser', 'Forms stay empty since the new version.'],
  ),
  ...of(
    'daylight-saving',
    ['Nightly batch ran twice', 'In the night of the clock change.'],
    ['Batch missing since summer time', 'After the switch to summer time last night the run is missing.'],
  ),
  ...of(
    'year-change',
    ['Contracts cannot be saved today', 'It is 29 February and the date is refused.'],
    ['Devices freeze on 31 December', 'Players hang since the last day of the leap year.'],
  ),
  ...of(
    'message-length',
    ['Bank rejects our file', 'A customer has an emoji in the name.'],
    ['Export broken by an accent', 'The file is rejected because of special characters in a name.'],
  ),
  ...of(
    'third-party-script',
    ['Shop stays white', 'The page waits for an analytics host that does not answer.'],
    ['Page hangs on advertising script', 'A third-party host is slow and the shop does not load.'],
  ),
];
