import type postgres from 'postgres';

/** Postgres's own types that have arrays: the type's number and its array's. */
const ARRAYS = [
  [16, 1000], // bool
  [17, 1001], // bytea
  [18, 1002], // char
  [19, 1003], // name
  [20, 1016], // int8
  [21, 1005], // int2
  [23, 1007], // int4
  [25, 1009], // text
  [26, 1028], // oid
  [114, 199], // json
  [700, 1021], // float4
  [701, 1022], // float8
  [869, 1041], // inet
  [1042, 1014], // bpchar
  [1043, 1015], // varchar
  [1082, 1182], // date
  [1083, 1183], // time
  [1114, 1115], // timestamp
  [1184, 1185], // timestamptz
  [1186, 1187], // interval
  [1700, 1231], // numeric
  [2950, 2951], // uuid
  [3802, 3807], // jsonb
] as const;

type Codecs = {
  parsers: Record<number, ((text: string) => unknown) | undefined>;
  serializers: Record<number, ((value: unknown) => unknown) | undefined>;
  shared: { typeArrayMap: Record<number, number> };
};

/**
 * Teaches a `Sql` the arrays of Postgres's own types. postgres.js can ask the server for them (`fetch_types`), but if the
 * connection is lost during that question, nobody hears the rejection and it kills the process.
 */
export function teachArrays(sql: postgres.Sql): void {
  // What of the parsed options the published type leaves out; a test fails when they mean something else.
  const { parsers, serializers, shared } = sql.options as unknown as Codecs;
  // What `sql.json(...)` and `sql.typed(...)` make; also allowed as elements.
  const Parameter = sql.json(null).constructor;
  for (const [type, array] of ARRAYS) {
    const serialize = (element: unknown): unknown => {
      const value = element instanceof Parameter ? (element as postgres.Parameter).value : element;
      return serializers[type]?.(value) ?? value;
    };
    shared.typeArrayMap[type] = array;
    parsers[array] = (text) => parseArray(text, (element) => parsers[type]?.(element) ?? element);
    serializers[array] = (value) => (Array.isArray(value) ? writeArray(value, serialize) : value);
  }
}

/** Reads Postgres's text form of an array of any depth; `null` elements stay null. */
export function parseArray(text: string, parse: (element: string) => unknown): unknown[] {
  // Bounds other than the usual 1 are written before the elements: [0:1]={1,2}
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const readQuoted = (): string => {
    let element = '';
    for (at += 1; text[at] !== '"'; at += 1) {
      if (text[at] === '\\') at += 1;
      element += text[at];
    }
    at += 1;
    return element;
  };
  const readBare = (): string => {
    const from = at;
    while (text[at] !== ',' && text[at] !== '}') at += 1;
    return text.slice(from, at);
  };
  const readElements = (): unknown[] => {
    const elements: unknown[] = [];
    for (at += 1; text[at] !== '}'; ) {
      if (text[at] === ',') at += 1;
      if (text[at] === '{') elements.push(readElements());
      else if (text[at] === '"') elements.push(parse(readQuoted()));
      else {
        const bare = readBare();
        elements.push(bare === 'NULL' ? null : parse(bare));
      }
    }
    at += 1;
    return elements;
  };
  return readElements();
}

function writeArray(values: readonly unknown[], serialize: (value: unknown) => unknown): string {
  const elements = values.map((value) => {
    if (value === undefined) throw new Error('UNDEFINED_VALUE: Undefined values are not allowed');
    if (value === null) return 'NULL';
    if (Array.isArray(value)) return writeArray(value, serialize);
    return `"${String(serialize(value)).replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${elements.join(',')}}`;
}
