import type { World } from './world.ts';

/** A file that was announced and perhaps uploaded; it is ready once its upload was completed and Slack has looked at it. */
export type FakeFile = {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly altText: string;
  readonly title: string;
  readonly content: Buffer | undefined;
  readonly complete: boolean;
  /** How often it may still be asked for before Slack has looked at it; until then no message can show it. */
  readonly looks: number;
  /** Where it was shared; an unshared file is in no channel. */
  readonly channels: readonly string[];
};

/** The files of the workspace. */
export class Files {
  private readonly world: World;
  private readonly byId = new Map<string, FakeFile>();
  /** How often a new file has to be asked for before it is ready. */
  looks = 1;

  constructor(world: World) {
    this.world = world;
  }

  /** All files, in the order in which they were announced. */
  all(): FakeFile[] {
    return [...this.byId.values()];
  }

  /** The file with this id. */
  get(id: string): FakeFile | undefined {
    return this.byId.get(id);
  }

  /** The file with this id or private address, when messages can show it. */
  ready(idOrUrl: string): FakeFile | undefined {
    const found = this.byId.get(idOrUrl) ?? this.all().find((file) => this.privateUrl(file) === idOrUrl);
    return found?.complete === true && found.looks === 0 ? found : undefined;
  }

  /** The address under which members of the workspace see the file. */
  privateUrl(file: FakeFile): string {
    return `https://files.slack.com/files-pri/${this.world.team.id}-${file.id}/${file.name}`;
  }

  /** Notes that a file will come. */
  announce(name: string, length: number, altText: string): FakeFile {
    const file = {
      id: this.world.id('F'),
      name,
      length,
      altText,
      title: name,
      content: undefined,
      complete: false,
      looks: 0,
      channels: [],
    };
    return this.put(file);
  }

  /** Puts a changed file in the place of the old one. */
  put(file: FakeFile): FakeFile {
    this.byId.set(file.id, file);
    this.world.changed();
    return file;
  }

  /** Forgets a file. */
  remove(id: string): void {
    this.byId.delete(id);
    this.world.changed();
  }
}
