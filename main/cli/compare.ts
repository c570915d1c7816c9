/** `isomer compare`: what two images, or an image and a folder, have in common and what not. */
import { type AttributeKind, areSame, attributeKinds } from '../../shared/comparison.ts'
import { comparePaths } from '../image/compare/compare.ts'
import { operandsOf, viewOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption, viewOption } from './command.ts'
import { withControl } from './command-control.ts'
import { ComparisonText, differenceJson, summaryJson } from './comparison-lines.ts'
import { printResult, ResultLines } from './output.ts'
import { reportFindings } from './report.ts'

const DIFFERENT_EXIT = 1

async function run(line: CommandLine): Promise<number> {
  const [pathOfA, pathOfB] = operandsOf('compare', compare, line, 2, 2) as [string, string]
  const quiet = line.options.flag('quiet')
  const isJson = line.options.flag('json')
  const request = { pathOfA, pathOfB, view: viewOf(line), ignore: ignoredIn(line), exclude: line.options.values('exclude') }
  const lines = new ResultLines()
  const text = new ComparisonText()
  const { comparison, findings } = await withControl(line, (control) =>
    comparePaths(
      request,
      (difference) => {
        if (isJson) lines.add(differenceJson(difference))
        else text.add(difference)
      },
      control,
    ),
  )
  if (isJson) lines.add(summaryJson(comparison))
  lines.flush()
  if (!isJson && !quiet) printResult(text.finish(comparison))
  if (!quiet) for (const found of [findings.a, findings.b]) reportFindings(found, line.options.flag('verbose'))
  return areSame(comparison) ? 0 : DIFFERENT_EXIT
}

function ignoredIn({ options }: CommandLine): AttributeKind[] {
  return attributeKinds.filter((kind) => options.flag('content-only') || options.flag(`ignore-${kind}`))
}

export const compare: Command = {
  summary: 'find what two images, or an image and a folder, do not have in common',
  usage: 'compare A B [--view VIEW] [--content-only] [--ignore-times]… [--exclude GLOB]… [--json]',
  details:
    'A and B are an image or a folder each. Tells what B has changed, moved, removed and added, seen from A. Files of other sizes count as changed without being read; of the others every byte is compared, and what is on one side alone is looked for on the other by its content. Dates count to the second and only of files, owners only between images, and nothing counts that one side can not hold, such as modes and links beside a Joliet tree, or the names that plain ISO 9660 had to shorten. With --json, one JSON object for each difference: difference (changed, attributes, unreadable, moved, removed or added), path, from, type, aspects, firstDifferenceBytes, a, b; the last line is a summary. Ends with 0 when they are the same, 1 when they differ.',
  options: {
    ...viewOption,
    'content-only': { type: 'boolean', help: 'compare names and contents, nothing else' },
    'ignore-times': { type: 'boolean', help: "don't compare dates" },
    'ignore-modes': { type: 'boolean', help: "don't compare permissions" },
    'ignore-owners': { type: 'boolean', help: "don't compare owners and groups" },
    'ignore-links': { type: 'boolean', help: "don't compare which names are one file" },
    'ignore-label': { type: 'boolean', help: "don't compare volume labels" },
    exclude: {
      type: 'string',
      multiple: true,
      value: 'GLOB',
      help: 'leave out what matches, by name or, with a slash, by path; may be given several times',
    },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
