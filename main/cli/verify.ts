/** `isomer verify`: whether an image is whole, the one its makers published, and the same as a disc made from it. */
import { type DigestKind, digestKinds, digestTitles, type ExpectedDigest, readExpectedDigest } from '../../shared/digest.ts'
import type { LinkState, Verdict, VerifyRequest, VerifyResult } from '../../shared/verify.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'
import { keyStoreFolder } from '../verify/key-store.ts'
import { unmetValues } from '../verify/unmet-values.ts'
import { verifyImage } from '../verify/verify-image.ts'
import { operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, type OptionSpecs, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'
import { findingLine } from './report.ts'

const NO_EXIT = 1

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('verify', verify, line, 1, 1) as [string]
  const request = requestOf(line, imagePath)
  const result = await withControl(line, (control) => verifyImage(request, control))
  if (line.options.flag('json')) printResult(`${JSON.stringify(asJson(result))}\n`)
  else say(result, line.options.flag('quiet'))
  return isNo(result) ? NO_EXIT : 0
}

const isNo = ({ verdict, refusals }: VerifyResult): boolean => verdict === 'damaged' || verdict === 'forged' || refusals.length > 0

function requestOf({ options }: CommandLine, imagePath: string): VerifyRequest {
  const against = options.value('against')
  return {
    imagePath,
    digests: kindsOf(options.values('hash')),
    expected: [
      ...options.values('digest').map((text) => expectedOf(text, null)),
      ...digestKinds.flatMap((kind) => options.values(kind).map((text) => expectedOf(text, kind))),
    ],
    lists: options.values('sums'),
    signatures: options.values('signature'),
    offered: [],
    trustedKeys: options.values('key'),
    keyFolder: keyStoreFolder(),
    looksBeside: !options.flag('alone'),
    requiresImplanted: options.flag('implanted'),
    checksContents: options.flag('contents'),
    against: against === null ? null : parseDriveAddress(against).path,
  }
}

function expectedOf(text: string, kind: DigestKind | null): ExpectedDigest {
  const expected = readExpectedDigest(text, kind)
  if (expected === null) throw usageProblem('bad-digest', 'An empty text is no checksum.')
  return expected
}

function kindsOf(values: readonly string[]): DigestKind[] {
  return values
    .flatMap((value) => value.split(','))
    .map((name) => {
      const kind = digestKinds.find((known) => known === name.trim().toLowerCase())
      if (kind === undefined)
        throw usageProblem(
          'bad-option-value',
          `--hash can't be ${name}.`,
          `It can be ${digestKinds.join(', ')}, several with commas between.`,
        )
      return kind
    })
}

/** The result, with what it comes down to in members that are easy to ask for. */
function asJson({ kind: _, ...result }: VerifyResult): object {
  const matches = { genuine: true, intact: true, unknown: null, damaged: false, forged: false }[result.verdict]
  const damaged = result.findings.some(({ severity }) => severity === 'damaged' || severity === 'fatal')
  return { ...result, sha256: result.digests.sha256 ?? null, matches, damaged }
}

const verdictTitles: Readonly<Record<Verdict, string>> = {
  genuine: 'Genuine',
  intact: 'Intact',
  unknown: 'Unknown',
  damaged: 'Damaged or not the right image',
  forged: 'Forged or damaged',
}
const stateSigns: Readonly<Record<LinkState, string>> = { good: '✓', caution: '!', bad: '✗', none: '–', waiting: '…' }

function say(result: VerifyResult, isQuiet: boolean): void {
  const { verdict, reason, advice, chain, evidence, refusals, path, digests } = result
  const lines = [`${verdictTitles[verdict]}: ${path}`, reason]
  if (chain.length > 0) lines.push('', ...chainLines(chain))
  const rest = evidence.slice(1).filter(({ summary }) => summary !== reason)
  if (rest.length > 0) lines.push('', 'Besides:', ...rest.map(({ summary }) => `  ${summary}`))
  if (refusals.length > 0) lines.push('', ...refusals.map((refusal) => `Not confirmed: ${refusal}`))
  lines.push(
    '',
    ...digestKinds.flatMap((kind) => (digests[kind] === undefined ? [] : [`${digestTitles[kind].padEnd(8)} ${digests[kind]}`])),
  )
  for (const { expected } of unmetValues(result.expected)) lines.push(`expected ${expected}`)
  printResult(`${lines.map(printable).join('\n')}\n`)
  if (isQuiet) return
  if (advice !== null) printNotice(`\n${printable(advice)}\n`)
  for (const finding of [...result.safety, ...result.findings]) printNotice(`isomer: ${findingLine(finding)}\n`)
  for (const { path: list, remarks } of result.lists)
    for (const { line, text } of remarks) printNotice(`isomer: ${printable(`${list}${line === 0 ? '' : `, line ${line}`}: ${text}`)}\n`)
}

function chainLines(chain: VerifyResult['chain']): string[] {
  const width = Math.max(...chain.map(({ title }) => title.length))
  return chain.map(({ state, title, detail }) => `  ${stateSigns[state]} ${title.padEnd(width)}  ${detail}`)
}

const valueOptions: OptionSpecs = Object.fromEntries(
  digestKinds.map((kind) => [kind, { type: 'string', multiple: true, value: 'HEX', help: `the expected ${digestTitles[kind]}` } as const]),
)

export const verify: Command = {
  summary: 'check where an image comes from, and that it is whole',
  usage: 'verify IMAGE [--sums FILE]… [--signature FILE]… [--key FILE]… [--sha256 HEX]… [--against DRIVE]',
  details: `Compares an image with everything that speaks for or against it, reads it once for that, and gives one verdict with the chain that led to it:

  genuine   signed with a key that you trust
  intact    matches a checksum, a copy or a signature of unknown origin
  unknown   there is nothing to compare it with
  damaged   not what it should be
  forged    a signature does not fit what it signs

Checksum files, signatures and keys beside the image are found by themselves; keys found so are shown, but not trusted. Keys that you trust come from --key or from those that you trusted earlier (isomer keys). Ends with 1 when the image is damaged or forged, or when something that you asked for was not confirmed.`,
  options: {
    ...valueOptions,
    digest: { type: 'string', multiple: true, value: 'HEX', help: 'an expected value of any kind, told by its length' },
    sums: { type: 'string', multiple: true, value: 'FILE', help: 'a checksum file that must list the image' },
    signature: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'an OpenPGP signature of the image or its checksum file; must be good',
    },
    key: { type: 'string', multiple: true, value: 'FILE', help: 'public keys that you trust' },
    implanted: { type: 'boolean', help: 'require an implanted MD5 (it is checked wherever there is one)' },
    contents: { type: 'boolean', help: 'require that the files inside are as a checksum file inside says' },
    against: { type: 'string', value: 'DRIVE', help: 'a drive, stdio:FILE or another image that must hold the same' },
    hash: { type: 'string', multiple: true, value: 'KINDS', help: `compute these: ${digestKinds.join(', ')}` },
    alone: { type: 'boolean', help: 'do not look for files beside the image' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
