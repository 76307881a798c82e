/** What a build is given. */
export interface BuildOptions {
  /** Where the artefacts go; laid out as filters/prebuilt. */
  readonly outDir: string;
  /** Where compilers keep what they need again. */
  readonly targetDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** A compiler found on this machine, ready to make one artefact. */
export interface Compiler {
  /** What tells it apart: the same text gives the same bytes. */
  readonly id: string;
  /**
   * Writes the artefact to a path, whose folder is there.
   * @throws FailedError with what the compiler says.
   */
  compile(path: string): Promise<void>;
}

/** One compiled thing in filters/prebuilt, and how it is made. */
export interface Artefact {
  /** Under filters/prebuilt, with `/`. */
  readonly path: string;
  /** Files and folders of filters/ that go into it. */
  readonly sources: readonly string[];
  /** Which files of these folders do, each as it is called under filters/; none that only tests it. */
  readonly sourceNames: RegExp;
  /** ABI generation of a dynamic module, as in its folder's name. */
  readonly abi: string | null;
  /** @throws MissingError where a compiler is missing, naming what to install. */
  prepare(options: BuildOptions): Promise<Compiler>;
}
