/** What a resolver said a command would change. */

/** One package that would change. */
export interface IPlanRow {
  /** Normalised name (PEP 503). */
  readonly name: string;
  /** Installed version; null when the package is new. */
  readonly from: string | null;
  /**
   * Version afterwards; null when it is removed; empty when a resolver did not answer and it will be some version.
   */
  readonly to: string | null;
  /** Requires-Dist of the new version, when the resolver told. */
  readonly requires: readonly string[] | null;
  /** How it would be installed; `sdist` runs build code. null when the resolver did not tell. */
  readonly build: 'wheel' | 'sdist' | null;
  /** Bytes to download; null when not known. */
  readonly size: number | null;
}

/** An answer of a resolver. */
export interface IPlan {
  /** Empty: nothing would change. */
  readonly rows: readonly IPlanRow[];
  /** Who resolved it: `uv 0.13.8`, `pip 26.3`, `conda 26.7`, `computed`. */
  readonly planner: string;
  /** Milliseconds it took. */
  readonly duration: number;
}

/** Verdict on a cell: run silently, ask for attention once, wait for a decision. */
export type Verdict = 'ok' | 'warn' | 'block';
