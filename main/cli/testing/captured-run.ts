/** Runs a command line in this process and keeps what it prints; for test files that tap the host's writes. */
import { taps } from '../../bytes/testing/tapped-fs.ts'
import { runCommandLine } from '../run-command-line.ts'

export interface CapturedRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export async function capturedRun(...args: string[]): Promise<CapturedRun> {
  const printed: [Buffer[], Buffer[]] = [[], []]
  const otherwise = taps.write
  taps.write = (fd, go, bytes, position) => {
    if (fd !== 1 && fd !== 2) return otherwise === null ? go() : otherwise(fd, go, bytes, position)
    printed[fd - 1]?.push(Buffer.from(bytes))
    return bytes.length
  }
  try {
    const exitCode = await runCommandLine(args)
    const [stdout, stderr] = printed.map((pieces) => Buffer.concat(pieces).toString()) as [string, string]
    return { exitCode, stdout, stderr }
  } finally {
    taps.write = otherwise
  }
}
