/** A line longer than this is no message of any program here. */
const MAX_LINE_CHARACTERS = 64 * 1024

/** Cuts output into lines as a terminal would show them: programs go back in a line to show how far they are. */
export class LineSplitter {
  readonly #take: (line: string) => void
  #rest = ''

  constructor(take: (line: string) => void) {
    this.#take = take
  }

  feed(text: string): void {
    const lines = (this.#rest + text).split(/[\n\r\b]+/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#pass(line)
    if (this.#rest.length > MAX_LINE_CHARACTERS) this.end()
  }

  /** Gives out what is left. */
  end(): void {
    this.#pass(this.#rest)
    this.#rest = ''
  }

  #pass(line: string): void {
    if (line.trim() !== '') this.#take(line.trimEnd())
  }
}
