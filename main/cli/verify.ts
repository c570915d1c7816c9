/** `isomer verify`: whether an image is whole and the one it should be. */
import type { Finding } from '../../shared/image-model.ts'
import { Problem, problemReport } from '../../shared/problem.ts'
import { FileByteSource } from '../bytes/byte-source.ts'
import { checkImage } from '../image/check-image.ts'
import { OpenImage } from '../image/open-image.ts'
import { fileSha256, parseSha256 } from '../verify/digest.ts'
import { operandsOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { type CommandControl, withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'
import { findingLine } from './report.ts'

const MISMATCH_EXIT = 1

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('verify', verify, line, 1, 1) as [string]
  const expected = line.options.values('sha256').map(parseSha256)
  const source = FileByteSource.open(imagePath)
  try {
    const { findings, sha256 } = await withControl(line, async (control) => ({
      findings: await findingsOf(source, control),
      sha256: await fileSha256(source, control),
    }))
    const matches = expected.length === 0 ? null : expected.includes(sha256)
    const isDamaged = findings.some(({ severity }) => severity === 'damaged' || severity === 'fatal')
    if (line.options.flag('json')) {
      const report = { path: imagePath, sizeBytes: source.sizeBytes, sha256, expected, matches, damaged: isDamaged, findings }
      printResult(`${JSON.stringify(report)}\n`)
    } else {
      say(imagePath, { sha256, expected, matches, isDamaged }, findings, line.options.flag('quiet'))
    }
    // A digest that matches proves the image to be as its maker left it, whatever is odd about it.
    return matches === true || (matches === null && !isDamaged) ? 0 : MISMATCH_EXIT
  } finally {
    source.close()
  }
}

/** A file that is no image still has a digest; that it is none is a finding. */
async function findingsOf(source: FileByteSource, control: CommandControl): Promise<Finding[]> {
  try {
    return await checkImage(new OpenImage(source), control)
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
    const { code, message } = problemReport(error)
    return [{ code, severity: 'fatal', message }]
  }
}

interface Verdict {
  readonly sha256: string
  readonly expected: readonly string[]
  readonly matches: boolean | null
  readonly isDamaged: boolean
}

function say(path: string, verdict: Verdict, findings: readonly Finding[], quiet: boolean): void {
  if (!quiet) for (const finding of findings) printNotice(`isomer: ${findingLine(finding)}\n`)
  const name = printable(path)
  if (verdict.matches === true) printResult(`${name} matches: its SHA-256 is the expected one.\n`)
  else if (verdict.matches === false) {
    const wanted = verdict.expected.map((hex) => `expected  ${hex}\n`).join('')
    printResult(`${name} does not match: its SHA-256 is not the expected one.\n${wanted}found     ${verdict.sha256}\n`)
  } else {
    printResult(`${verdict.sha256}  ${name}\n`)
    if (verdict.isDamaged) printNotice(`isomer: ${name} is damaged or incomplete.\n`)
  }
}

export const verify: Command = {
  summary: 'check an image against its SHA-256, and for damage',
  usage: 'verify IMAGE [--sha256 HEX]… [--json]',
  details:
    'Computes the SHA-256 of the image and compares it with those given; blanks and capitals do not matter, one match is enough. Without any, prints it. Also looks through the folders of the image for damage, such as a download that broke off. Ends with 1 when the image does not match, or when there was nothing to match and it is damaged.',
  options: {
    sha256: { type: 'string', multiple: true, value: 'HEX', help: 'the expected SHA-256; may be given several times' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
